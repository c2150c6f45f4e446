/** Which pages nobody else may hear over the loudspeaker; each family is asked about once a visit. */
import type { Page, View } from '../../../terminal/api.ts';

/** Pages that hold the same kind of thing. */
export type PageFamily =
  | 'matter'
  | 'facts'
  | 'records'
  | 'numbers'
  | 'money'
  | 'cases'
  | 'slips'
  | 'proof'
  | 'own';

const FAMILIES: Readonly<Partial<Record<Page['kind'], PageFamily>>> = {
  check: 'facts',
  consent: 'records',
  fetched: 'records',
  print: 'records',
  kept: 'numbers',
  bill: 'money',
  cash: 'money',
  payment: 'money',
  'my-cases': 'cases',
  'rate-case': 'cases',
  case: 'cases',
  withdraw: 'cases',
  collect: 'cases',
  'slip-lookup': 'slips',
  'slip-answer': 'slips',
  'certificate-answer': 'slips',
  'prove-person': 'proof',
  'prove-again': 'cases',
  'last-use': 'own',
  'kept-of-me': 'own',
  'absent-list': 'cases',
  absent: 'cases',
};

/** The family of a page that others may not hear; null where everybody may. */
export function familyOf({ page }: Pick<View, 'page'>): PageFamily | null {
  const family = FAMILIES[page.kind];
  if (family !== undefined) return family;
  if (page.kind === 'records') return page.personal || page.head.private ? 'records' : null;
  return 'head' in page && page.head.private ? 'matter' : null;
}

/**
 * Whether a page stands in the middle, away from whoever stands beside its reader: one that others may not hear, save
 * those that hold counts and times alone.
 */
export function isNarrow(view: Pick<View, 'page'>): boolean {
  const family = familyOf(view);
  return family !== null && family !== 'own';
}

/** Pages that stand between two people: whatever one agreed to is not agreed to by the next. */
const BETWEEN: ReadonlySet<Page['kind']> = new Set(['attract', 'goodbye', 'out-of-service', 'second-card']);

/** Whether a page ends what its person agreed to. */
export function endsConsent({ page }: Pick<View, 'page'>): boolean {
  return BETWEEN.has(page.kind);
}

/** Whether a page is an emergency: it is said by itself, over the loudspeaker, at night too, and as loud as by day. */
export function isForAllToHear({ page }: Pick<View, 'page'>): boolean {
  return page.kind === 'urgent-notice' || (page.kind === 'attract' && page.alarm !== null);
}
