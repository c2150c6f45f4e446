/**
 * What may happen to a case, as one table. The terminal owns a case until it is delivered; from `received` on
 * the platform does. Pure: no store, no clock.
 */
import { err, ok, type Result } from '../../base/result.ts';
import type { ProgressStatus } from '../../sync/contents.ts';

export type CaseStatus =
  | 'received'
  | 'accepted'
  | 'supplement'
  | 'supplemented'
  | 'finished'
  | 'refused'
  | 'withdrawn';

/** What staff can do. */
export type StaffAction =
  | 'accept'
  /** A day, an hour and a place were settled, or others than before. */
  | 'meet'
  | 'ask-supplement'
  | 'finish'
  | 'refuse'
  | 'register'
  | 'forward'
  | 'send-back'
  | 'unfreeze';

/** What a terminal's entry can do. */
export type EntryAction =
  | 'receive'
  | 'supplement'
  | 'withdraw'
  | 'freeze'
  | 'collect'
  /** What came after the decision: it changes nothing, and whoever sent it is told so. */
  | 'late-supplement'
  /** What nobody asked for, or not any more: it is attached, and the case stays where it is. */
  | 'extra-supplement'
  | 'late-withdraw';

/** What a province's case centre can do: its number comes down, whatever became of the case meanwhile. */
export type CentreAction = 'take-number';

/** What becomes of an appointment that was asked for. */
export type BookingAction = 'book' | 'arrange';

/** What becomes of a payment: facts, whatever staff did meanwhile. */
export type PaymentAction = 'take-payment' | 'post-payment' | 'close-payment' | 'refund-payment';

export type CaseAction = StaffAction | EntryAction | CentreAction | BookingAction | PaymentAction;

/** Why an action was refused; nothing was written. */
export type CaseTrouble =
  | { readonly code: 'not-now'; readonly status: CaseStatus }
  | { readonly code: 'frozen' }
  | { readonly code: 'words-missing' }
  | { readonly code: 'number-missing' }
  /** A case centre gives this case its number. */
  | { readonly code: 'centre-registers' }
  | { readonly code: 'no-higher-desk' }
  | { readonly code: 'no-lower-desk' }
  /** Staff refuse only with what can still be done. */
  | { readonly code: 'remedy-missing' }
  /** The submitter's card is in doubt, and nobody has seen its holder yet. */
  | { readonly code: 'card-in-doubt' };

interface Move {
  readonly from: readonly CaseStatus[];
  /** `null`: the status stays. */
  readonly to: CaseStatus | null;
  /** Whether the villager must be told why. */
  readonly wordsNeeded: boolean;
  /** What the terminal's owner of the case is told: `standing`, the status that stands; `null` when nothing. */
  readonly tells: ProgressStatus | 'standing' | null;
  /** Whether it may be done while "not me" stands. */
  readonly whileFrozen: boolean;
}

const OPEN: readonly CaseStatus[] = ['received', 'accepted', 'supplement', 'supplemented'];
const CLOSED: readonly CaseStatus[] = ['finished', 'refused', 'withdrawn'];
const ANY: readonly CaseStatus[] = [...OPEN, ...CLOSED];

/** Every move there is. */
export const MOVES: Readonly<Record<CaseAction, Move>> = {
  receive: { from: [], to: 'received', wordsNeeded: false, tells: null, whileFrozen: false },
  accept: {
    from: ['received', 'supplemented'],
    to: 'accepted',
    wordsNeeded: false,
    tells: 'accepted',
    whileFrozen: false,
  },
  meet: {
    from: ['received', 'accepted', 'supplemented'],
    to: 'accepted',
    wordsNeeded: true,
    tells: 'booked',
    whileFrozen: false,
  },
  'ask-supplement': {
    from: ['received', 'accepted', 'supplemented'],
    to: 'supplement',
    wordsNeeded: true,
    tells: 'supplement',
    whileFrozen: false,
  },
  finish: { from: ['accepted'], to: 'finished', wordsNeeded: false, tells: 'finished', whileFrozen: false },
  refuse: { from: OPEN, to: 'refused', wordsNeeded: true, tells: 'refused', whileFrozen: true },
  register: { from: OPEN, to: null, wordsNeeded: false, tells: 'registered', whileFrozen: false },
  'take-number': { from: ANY, to: null, wordsNeeded: false, tells: 'registered', whileFrozen: true },
  forward: {
    from: ['received', 'accepted', 'supplemented'],
    to: null,
    wordsNeeded: true,
    tells: null,
    whileFrozen: false,
  },
  'send-back': {
    from: ['received', 'accepted', 'supplemented'],
    to: null,
    wordsNeeded: true,
    tells: null,
    whileFrozen: false,
  },
  unfreeze: { from: ANY, to: null, wordsNeeded: true, tells: 'resumed', whileFrozen: true },
  supplement: {
    from: ['supplement'],
    to: 'supplemented',
    wordsNeeded: false,
    tells: 'supplemented',
    whileFrozen: true,
  },
  withdraw: { from: OPEN, to: 'withdrawn', wordsNeeded: false, tells: 'withdrawn', whileFrozen: true },
  collect: { from: ['finished'], to: null, wordsNeeded: false, tells: null, whileFrozen: true },
  'extra-supplement': { from: OPEN, to: null, wordsNeeded: false, tells: 'standing', whileFrozen: true },
  'late-supplement': { from: CLOSED, to: null, wordsNeeded: false, tells: 'standing', whileFrozen: true },
  'late-withdraw': { from: CLOSED, to: null, wordsNeeded: false, tells: 'standing', whileFrozen: true },
  book: { from: ['received'], to: 'accepted', wordsNeeded: true, tells: 'booked', whileFrozen: true },
  arrange: { from: OPEN, to: null, wordsNeeded: true, tells: 'arranging', whileFrozen: true },
  'take-payment': { from: ANY, to: 'accepted', wordsNeeded: true, tells: 'paid', whileFrozen: true },
  'post-payment': { from: ANY, to: 'finished', wordsNeeded: true, tells: 'finished', whileFrozen: true },
  'close-payment': { from: ANY, to: 'withdrawn', wordsNeeded: true, tells: 'unpaid', whileFrozen: true },
  'refund-payment': { from: ANY, to: 'refused', wordsNeeded: true, tells: 'refunded', whileFrozen: true },
  freeze: { from: ANY, to: null, wordsNeeded: false, tells: 'frozen', whileFrozen: true },
};

/** Staff's actions, in the order a desk shows them. */
export const STAFF_ACTIONS: readonly StaffAction[] = [
  'accept',
  'meet',
  'ask-supplement',
  'finish',
  'register',
  'forward',
  'send-back',
  'refuse',
  'unfreeze',
];

/** What becomes of a person's act that the case, as it stands, does not wait for: it is on record, and the status stays. */
export function insteadOf(
  action: EntryAction,
  status: CaseStatus,
): Extract<EntryAction, 'late-supplement' | 'extra-supplement' | 'late-withdraw'> | undefined {
  if (action === 'supplement') return isClosed(status) ? 'late-supplement' : 'extra-supplement';
  return action === 'withdraw' ? 'late-withdraw' : undefined;
}

/** Whether a case of this status is done with. */
export function isClosed(status: CaseStatus): boolean {
  return !OPEN.includes(status);
}

/** The status after `action`, or why it may not be done now. */
export function move(
  at: { readonly status: CaseStatus; readonly frozen: boolean },
  action: Exclude<CaseAction, 'receive'>,
  words: string,
): Result<CaseStatus, CaseTrouble> {
  const rule = MOVES[action];
  if (!rule.from.includes(at.status)) return err({ code: 'not-now', status: at.status });
  if (action === 'unfreeze' && !at.frozen) return err({ code: 'not-now', status: at.status });
  if (at.frozen && !rule.whileFrozen) return err({ code: 'frozen' });
  if (rule.wordsNeeded && words.trim() === '') return err({ code: 'words-missing' });
  return ok(rule.to ?? at.status);
}
