/** People made up for a matter: old or young enough for it, and odd in every way a card allows. */
import fc from 'fast-check';
import { addDays } from '../../base/calendar.ts';
import type { Matter } from '../../catalog/schema.ts';
import { NAMES } from '../../catalog/testing/arbitrary-parts.ts';
import type { IdentityRead } from '../../drivers/api.ts';
import { numberOf } from '../../terminal/visit/testing/people.ts';

/** What a card says of somebody, as far as tests vary it. */
export type Holder = Pick<
  IdentityRead,
  'name' | 'number' | 'sex' | 'birth' | 'address' | 'kind' | 'validTo'
> & {
  readonly birth: string;
};

/** From here on somebody reports in their own name, and their face may be compared. */
const REPORTS_FROM_YEARS = 14;
/** From here on somebody does everything alone (`terminal/cases/children.ts`, which has tests of its own). */
const ALONE_FROM_YEARS = 16;
/** Older than anybody here. */
const OLDEST_YEARS = 105;
const HERE = '浙江省新昌县沙溪镇样板村 1 号';
const ELSEWHERE = '新疆维吾尔自治区喀什市示例乡示例村 3 组 12 号';

/** The days on which somebody may be born, both ends included, whom every age rule of this matter lets through today. */
export function birthRange(
  matter: Matter,
  todayIso: string,
): { readonly first: string; readonly last: string } {
  const least =
    matter.kind === 'guide' ? 0 : matter.kind === 'report' ? REPORTS_FROM_YEARS : ALONE_FROM_YEARS;
  const youngest = Math.max(least, ...matter.eligibility.map(({ minAgeYears = 0 }) => minAgeYears));
  const oldest = Math.min(
    ...matter.eligibility.map(({ maxAgeYears = OLDEST_YEARS }) => maxAgeYears),
    OLDEST_YEARS,
  );
  return { first: addDays(yearsBefore(todayIso, oldest + 1), 1), last: yearsBefore(todayIso, youngest) };
}

/** Any day somebody may be born on: the first and the last, and leap days where there are any between. */
function arbitraryBirth(matter: Matter, todayIso: string): fc.Arbitrary<string> {
  const { first, last } = birthRange(matter, todayIso);
  const leapDays = Array.from({ length: 30 }, (_, at) => `${1904 + 4 * at}-02-29`);
  return fc.constantFrom(first, last, ...leapDays.filter((day) => day >= first && day <= last));
}

/** Anybody this matter is for. */
export function arbitraryHolder(matter: Matter, todayIso: string): fc.Arbitrary<Holder> {
  const kinds = matter.eligibility.flatMap(({ cards }) => cards ?? []);
  const homes = matter.eligibility.flatMap(({ residentOf }) => residentOf ?? []);
  return fc
    .record({
      name: fc.constantFrom(...NAMES),
      sex: fc.constantFrom<IdentityRead['sex']>('male', 'female', 'unknown'),
      birth: arbitraryBirth(matter, todayIso),
      order: fc.integer({ min: 100, max: 999 }),
      address: homes.length > 0 ? fc.constantFrom(...homes) : fc.constantFrom(HERE, ELSEWHERE, ''),
      kind: fc.constantFrom(...(kinds.length > 0 ? kinds : (['citizen'] as const))),
      validTo: fc.constantFrom('long-term', '2036-01-01'),
    })
    .map(({ order, ...known }) => ({
      ...known,
      number: numberOf(known.birth.replaceAll('-', ''), String(order)),
    }));
}

/** The same day so many years before; 28 February where that year has no 29th. */
function yearsBefore(iso: string, years: number): string {
  const year = Number(iso.slice(0, 4)) - years;
  const day = iso.slice(5) === '02-29' && year % 4 !== 0 ? '02-28' : iso.slice(5);
  return `${year}-${day}`;
}
