/**
 * The desks of a county and the way of a case between them. A desk is named by the statistics code of its village
 * (12 digits) or town (9), by the county's (6), or by the county's and a department's name: `330624/民政`. A town and
 * the county always have one; a village or a department has one as soon as somebody works there, and until then the next
 * level of the route, or the county itself, has its work.
 */
import { isMet } from '../../catalog/conditions.ts';
import { isCountys } from '../../catalog/route.ts';
import { type Answers, answerValueSchema, basisSchema, type Matter } from '../../catalog/schema.ts';
import type { Place } from '../../sync/contents.ts';
import type { Db } from '../store/store.ts';

/** Lowest first. */
export const DESK_LEVELS = ['village', 'town', 'department', 'county'] as const;
export type DeskLevel = (typeof DESK_LEVELS)[number];

/** Codes of the desks somebody works at. */
export type StaffedDesks = ReadonlySet<string>;

/** Where a case came from, as far as its way goes. */
export type CasePlace = {
  readonly [Level in 'county' | 'town' | 'village']: Pick<Place[Level], 'code'>;
};

/** The desk of a department of the county. */
export function departmentDesk(countyCode: string, department: string): string {
  return `${countyCode}/${department}`;
}

/** Which level a desk is of. */
export function levelOf(deskCode: string): DeskLevel {
  if (deskCode.includes('/')) return 'department';
  if (deskCode.length === 12) return 'village';
  return deskCode.length === 9 ? 'town' : 'county';
}

/** What a level is called where a villager reads it. */
export function officeWords(deskCode: string): string {
  return { village: '村里', town: '镇里', department: '县里', county: '县里' }[levelOf(deskCode)];
}

/** The desks somebody works at now. */
export async function staffedDesks(db: Db): Promise<StaffedDesks> {
  const rows = await db.selectFrom('staff').select('deskCode').distinct().where('disabled', '=', 0).execute();
  return new Set(rows.map(({ deskCode }) => deskCode));
}

/** What a case says of itself, as far as its way goes. */
export interface CaseSaid {
  readonly basis: string;
  readonly answers: Readonly<Record<string, unknown>>;
}

/**
 * Whether a case is for the county alone: so its matter always is, or what was answered is such. What a villager says of a
 * village, its officials or its agent is.
 */
export function isForCountyAlone(matter: Matter, { basis, answers }: CaseSaid): boolean {
  if (isCountys(matter)) return true;
  if (matter.countyWhen === undefined) return false;
  const known = basisSchema.safeParse(basis);
  const readable: Answers = Object.fromEntries(
    Object.entries(answers).flatMap(([id, value]) => {
      const read = answerValueSchema.safeParse(value);
      return read.success ? [[id, read.data] as const] : [];
    }),
  );
  return isMet(matter.countyWhen, known.success ? known.data : 'open', readable);
}

/**
 * The desk a new case goes to: the first of its route. A matter this platform does not know goes to the county, who can
 * tell what it is; one whose only level has no desk goes to the town.
 */
export function firstDesk(
  matter: Matter | undefined,
  { place, countyOnly }: { readonly place: CasePlace; readonly countyOnly: boolean },
  staffed: StaffedDesks,
): string {
  if (!matter) return place.county.code;
  if (countyOnly) return countyDesk(matter, place, staffed);
  return wayOf(matter, place, staffed)[0] ?? place.town.code;
}

/** The next desk up the route; `undefined` where the route ends here. */
export function deskAbove(
  matter: Matter | undefined,
  place: CasePlace,
  deskCode: string,
  staffed: StaffedDesks,
): string | undefined {
  if (!matter) return undefined;
  return wayOf(matter, place, staffed).find((desk) => rank(desk) > rank(deskCode));
}

/** The next desk down the route; `undefined` where the route begins here, or the case stays with the county. */
export function deskBelow(
  matter: Matter | undefined,
  at: { readonly place: CasePlace; readonly deskCode: string; readonly countyOnly: boolean },
  staffed: StaffedDesks,
): string | undefined {
  if (!matter) return undefined;
  const below = wayOf(matter, at.place, staffed).findLast((desk) => rank(desk) < rank(at.deskCode));
  return below !== undefined && at.countyOnly && rank(below) < rank(departmentDesk('', ''))
    ? undefined
    : below;
}

/** The desks of a route, first to last. */
function wayOf(matter: Matter, place: CasePlace, staffed: StaffedDesks): readonly string[] {
  const deskOf = {
    village: staffed.has(place.village.code) ? place.village.code : undefined,
    town: place.town.code,
    county: countyDesk(matter, place, staffed),
  };
  return matter.route.map(({ level }) => deskOf[level]).filter((desk) => desk !== undefined);
}

function rank(deskCode: string): number {
  return DESK_LEVELS.indexOf(levelOf(deskCode));
}

/** Of the matter's department, or the county's own. */
function countyDesk(matter: Matter, place: CasePlace, staffed: StaffedDesks): string {
  const department = departmentDesk(place.county.code, matter.department);
  return staffed.has(department) ? department : place.county.code;
}
