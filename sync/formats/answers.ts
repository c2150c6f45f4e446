import { hash, id, int, list, ms, one, structure, uint, type ValueOf } from './shape.ts';
import { signedFormat } from './signed.ts';

/** What every signed answer of the platform begins with (the group `head` of journal.md part 2). */
export const answerHead = {
  v: one,
  suite: one,
  platformId: id,
  epoch: id,
  signKeyId: id,
  terminalId: id,
  /** The platform's clock at signing: raises the floor, never sets the clock. */
  issuedAt: ms,
};

const head = structure(answerHead);
/** The head's values. */
export type AnswerHead = ValueOf<typeof head>;

/** What the platform says of an entry. Every one but `held` and `superseded` is a refusal, and never final. */
export const OUTCOME = {
  held: 0,
  badSignature: 1,
  unopenable: 2,
  tooLarge: 3,
  unsupported: 4,
  malformed: 5,
  otherBody: 6,
  superseded: 7,
} as const;
/** One of {@link OUTCOME}; a terminal keeps a number it does not know as a refusal. */
export type Outcome = (typeof OUTCOME)[keyof typeof OUTCOME];

const receiptItem = structure({ seq: int(1), entryId: id, entryHash: hash, outcome: uint });
/** One entry of a receipt. */
export type ReceiptItem = ValueOf<typeof receiptItem>;

const receipt = structure({ ...answerHead, journalId: id, items: list(receiptItem, 1) });
/** The platform's word on entries of one journal. */
export type Receipt = ValueOf<typeof receipt>;
/** Receipts as signed bytes. */
export const receiptFormat = signedFormat('yizhan/receipt/1', receipt);

const releaseRange = structure({ from: int(1), to: int(1), hashAtTo: hash });
/** Entries `from` to `to`, both included; `hashAtTo` is the entryHash at `to`. */
export type ReleaseRange = ValueOf<typeof releaseRange>;

const release = structure({ ...answerHead, journalId: id, ranges: list(releaseRange, 1) });
/** The platform's word that ranges of one journal are held and backed up: their bodies may go. */
export type Release = ValueOf<typeof release>;
/** Releases as signed bytes. */
export const releaseFormat = signedFormat('yizhan/release/1', release);

const hello = structure({ ...answerHead, nonce: id, keySet: uint });
/** The platform's word on its epoch, its time and its newest key set, over the terminal's nonce. */
export type Hello = ValueOf<typeof hello>;
/** Hellos as signed bytes. */
export const helloFormat = signedFormat('yizhan/hello/1', hello);

/** Whether an outcome is a refusal: accounted for, but offered again when something changed. */
export function isRefusal(outcome: number): boolean {
  return outcome !== OUTCOME.held && outcome !== OUTCOME.superseded;
}
