/** How many cases each desk decided in time. */
import { sql } from 'kysely';
import { addMonths, findDateStartMs, isoDate } from '../../base/calendar.ts';
import type { Db } from '../store/store.ts';

/** What one desk decided, of cases for which a day was promised. */
export interface DecidedInTime {
  readonly deskCode: string;
  readonly decided: number;
  readonly late: number;
}

const MONTHS = 12;

/** Of the last twelve months; of one desk alone where it is named. */
export async function decidedInTime(
  db: Db,
  deskCode: string | null,
  nowMs: number,
): Promise<readonly DecidedInTime[]> {
  const sinceMs = findDateStartMs(`${addMonths(isoDate(nowMs), -MONTHS)}-01`) ?? 0;
  const all = db
    .selectFrom('cases')
    .select((column) => [
      'deskCode',
      column.fn.countAll<number>().as('decided'),
      sql<number>`sum(decided_late)`.as('late'),
    ])
    .where('decidedMs', '>=', sinceMs)
    .where('decidedLate', 'is not', null)
    .groupBy('deskCode')
    .orderBy('deskCode');
  const rows = await (deskCode === null ? all : all.where('deskCode', '=', deskCode)).execute();
  return rows.map((row) => ({
    deskCode: row.deskCode,
    decided: Number(row.decided),
    late: Number(row.late),
  }));
}

/** Share in time in a hundred, to two places and rounded down: 99.999 is not all of them. */
export function inTimeShare({ decided, late }: Pick<DecidedInTime, 'decided' | 'late'>): string {
  const hundredths = Math.floor(((decided - late) * 10_000) / decided);
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}%`;
}
