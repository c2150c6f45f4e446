/** How proving goes in a visit, as data: what was tried, what runs, what came of it. Nothing here names anybody. */
import { ageInYears } from '../../base/calendar.ts';
import type { NotProvedReason, ProofMethod, ProofPrompt } from '../../drivers/api.ts';
import { knownDay } from '../cases/sure-time.ts';
import type { Desk } from './desk.ts';
import { findCardHolder, type Person } from './person.ts';

/** A code that was sent, and how guessing goes. */
export interface SentCode {
  readonly maskedPhone: string;
  readonly digits: number;
  readonly guessesLeft: number;
  /** The last guess was wrong. */
  readonly wrong: boolean;
  /** A guess is being looked at. */
  readonly checking: boolean;
}

/** A proof under way. */
export interface ProofRun {
  readonly proofId: string;
  readonly method: ProofMethod;
  /** Null until the device says what the person is to do. */
  readonly prompt: ProofPrompt | null;
  /** Null until a code was sent. */
  readonly code: SentCode | null;
}

/** How proving goes. `proved` holds for this visit alone, and until another card is laid. */
export interface Proving {
  readonly proved: ProofMethod | null;
  /** How often each method was begun: each time is one code sent, or one look into the camera. */
  readonly begun: Readonly<Record<ProofMethod, number>>;
  readonly run: ProofRun | null;
  /** What came of the last one that ended without proof. */
  readonly failed: {
    readonly method: ProofMethod;
    readonly reason: NotProvedReason | 'unavailable';
  } | null;
}

/** Nothing tried yet. */
export const NOTHING_PROVED: Proving = {
  proved: null,
  begun: { face: 0, 'phone-code': 0 },
  run: null,
  failed: null,
};

/** How often one visit may begin each method. */
export const MOST_TRIES = 3;

/** Whose face is compared only with a guardian's consent, which this machine cannot take (domain.md D.7). */
const CHILD_BELOW_YEARS = 14;

/** The methods that can prove this person here and now. */
export function methodsFor(person: Person | null, desk: Desk): readonly ProofMethod[] {
  const valid = findCardHolder(person);
  if (valid === null) return [];
  const { birth } = valid.card;
  const isChild = birth !== null && ageInYears(birth, knownDay(desk.time).earliest) < CHILD_BELOW_YEARS;
  return desk.devices().proofMethods.filter((method) => !(isChild && method === 'face'));
}

/** How often a method may still be begun in this visit. */
export function triesLeft({ begun }: Proving, method: ProofMethod): number {
  return MOST_TRIES - begun[method];
}
