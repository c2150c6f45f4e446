/**
 * Ratings (好差评, domain.md D.5): a bad one is looked into within fifteen working days, by the county; a village and its
 * town read monthly sums alone, of months that are over and had five or more, so that nobody can be told from them.
 */
import { addMonths, findDateStartMs, isoDate } from '../../base/calendar.ts';
import type { WorkingCalendar } from '../cases/working-calendar.ts';
import { workingDaysAfter } from '../cases/working-days.ts';
import type { Db } from '../store/store.ts';

/** 不满意 and 非常不满意. */
const WORST_GOOD = 3;
const LOOKED_INTO_WITHIN = 15;
/** Fewer than these in a month are nobody's to read. */
export const FEWEST = 5;

/** Whether a grade is a bad one. */
export function isBad(grade: number): boolean {
  return grade < WORST_GOOD;
}

/** By when somebody must have looked into a rating that came now; null where nobody need. */
export function lookIntoBy(calendar: WorkingCalendar, grade: number, nowMs: number): string | null {
  return isBad(grade) ? workingDaysAfter(calendar, nowMs, LOOKED_INTO_WITHIN) : null;
}

/** The ratings of one village in one month. */
export interface MonthSum {
  readonly villageCode: string;
  /** `YYYY-MM`. */
  readonly month: string;
  readonly ratings: number;
  readonly good: number;
}

/** One rating, as far as sums go. */
export interface Rated {
  readonly villageCode: string;
  readonly grade: number;
  readonly atMs: number;
}

/**
 * The sums that may be read: of months before that of `nowMs` with {@link FEWEST} or more, newest first. The month that
 * runs has none, since two looks at it would tell one rating from the others.
 */
export function monthSums(ratings: readonly Rated[], nowMs: number): readonly MonthSum[] {
  const running = isoDate(nowMs).slice(0, 7);
  const groups = Map.groupBy(
    ratings,
    ({ villageCode, atMs }) => `${isoDate(atMs).slice(0, 7)}/${villageCode}`,
  );
  return [...groups]
    .map(([key, rated]) => ({
      month: key.slice(0, 7),
      villageCode: key.slice(8),
      ratings: rated.length,
      good: rated.filter(({ grade }) => !isBad(grade)).length,
    }))
    .filter(({ month, ratings }) => month < running && ratings >= FEWEST)
    .sort((a, b) => b.month.localeCompare(a.month) || a.villageCode.localeCompare(b.villageCode));
}

/** Share of good ones in a hundred, rounded down: 99.9 is not all of them. */
export function goodShare({ ratings, good }: Pick<MonthSum, 'ratings' | 'good'>): number {
  return Math.floor((good * 100) / ratings);
}

/** Whether a case has its rating. */
export async function isRated(db: Db, caseId: Uint8Array): Promise<boolean> {
  const found = await db
    .selectFrom('ratings')
    .select('entryId')
    .where('caseId', '=', caseId)
    .executeTakeFirst();
  return found !== undefined;
}

const MONTHS_SHOWN = 12;

/** The ratings of the months shown, in villages whose codes begin so; an empty beginning is every village. */
export function ratingsOf(db: Db, codes: string, nowMs: number): Promise<Rated[]> {
  const first = addMonths(isoDate(nowMs), -MONTHS_SHOWN);
  return db
    .selectFrom('ratings')
    .select(['villageCode', 'grade', 'atMs'])
    .where('villageCode', 'like', `${codes}%`)
    .where('atMs', '>=', findDateStartMs(`${first}-01`) ?? 0)
    .execute();
}
