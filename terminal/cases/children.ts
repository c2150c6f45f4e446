/**
 * What somebody does alone with a card of their own while they are young. Below 16: guides, what hangs on the wall for
 * everybody, and reports; below 14 a report without a name alone. All else a parent does, as guardian, with the
 * parent's own card. A card without a birth date, and a day nobody vouched for, make nobody a child (law 9).
 */
import { ageInYears, findDateStartMs } from '../../base/calendar.ts';
import type { KnownDay } from '../../catalog/eligibility.ts';
import type { Basis, Matter, Text } from '../../catalog/schema.ts';

/** From this birthday on a person reports in their own name. */
const REPORTS_FROM_YEARS = 14;
/** From this birthday on a person is at the terminal like everybody. */
const ALONE_FROM_YEARS = 16;

/** How young a card's holder is; null where they are a child no more, or nobody can be sure. */
export type Young = 'under-14' | 'under-16' | null;

/** How young whoever was born on `birth` (ISO; null when not known) certainly is. */
export function youngOf(birth: string | null, { latest }: KnownDay): Young {
  if (birth === null || latest === null || findDateStartMs(birth) === undefined) return null;
  const years = ageInYears(birth, latest);
  // A card that says tomorrow for a birthday says nothing.
  if (years < 0 || years >= ALONE_FROM_YEARS) return null;
  return years < REPORTS_FROM_YEARS ? 'under-14' : 'under-16';
}

/** Whether somebody so young does this alone; a matter as a whole where no basis is chosen yet. */
export function mayDoAlone(young: Young, matter: Matter, basis?: Basis): boolean {
  if (young === null || matter.kind === 'guide') return true;
  const { source } = matter;
  if (source === 'guides' || (typeof source === 'object' && 'local' in source)) return true;
  if (matter.kind !== 'report') return false;
  if (young === 'under-16') return true;
  return basis === undefined ? matter.bases.some((one) => one.basis === 'open') : basis === 'open';
}

/** Said before a child starts what a parent does, and again should they ask for it all the same. */
export const GUARDIAN_WORDS: Readonly<Record<NonNullable<Young>, Text>> = {
  'under-14': {
    zh: '这件事要大人来办。请爸爸妈妈放自己的身份证',
    en: 'A grown-up does this. Ask a parent to lay their own ID card',
  },
  'under-16': {
    zh: '满 16 岁才能自己办。请家长放自己的身份证来办',
    en: 'You can do this yourself from 16. A parent lays their own ID card',
  },
};
