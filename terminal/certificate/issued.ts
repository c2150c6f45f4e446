/**
 * The platform's words on certificates, as the paper and the journal have them. A number is held from when it is given
 * until its paper is out or void, so that a death between leaves none behind that counts.
 */
import type { Random } from '../../base/random.ts';
import { invariant } from '../../base/result.ts';
import { certificateFormat } from '../../sync/formats/certificate.ts';
import { ENTRY_CLASS } from '../../sync/formats/entry.ts';
import type { Keeper, KeepWish } from '../keeper.ts';
import type { Issued } from './certificate.ts';

/** Number and code of a paper, from signed words that were verified before. */
export function issuedOf(words: Uint8Array, keeper: Pick<Keeper, 'certificateQr'>): Issued {
  return { number: numberOf(words), qrText: keeper.certificateQr(words) };
}

/** Holds the numbers of words that came; false where a full disk cannot: nothing may be printed under them. */
export function holdIssued(keeper: Pick<Keeper, 'holdNumbers'>, words: readonly Uint8Array[]): boolean {
  return words.length === 0 || keeper.holdNumbers(words.map(numberOf)).ok;
}

/** The paper of these words is out. */
export function freeIssued(keeper: Pick<Keeper, 'freeNumbers'>, words: Uint8Array): void {
  keeper.freeNumbers([numberOf(words)]);
}

/**
 * Keeps that the papers of these words did not come out as they should; `reason` is a code of ours. What a full disk
 * cannot take stays held until the next start.
 */
export function voidIssued(
  keeper: Pick<Keeper, 'keep' | 'freeNumbers'>,
  words: readonly Uint8Array[],
  reason: string,
  random: Random,
): void {
  if (words.length > 0) voidNumbers(keeper, words.map(numberOf), reason, random);
}

/**
 * Voids what the run before had on its way when it died: whether those papers came out nobody knows. Called at the start,
 * before anything is printed; where the disk is full, tried again when something of it was let go. Returns how to stop that.
 */
export function voidLeftOver(
  keeper: Pick<Keeper, 'keep' | 'freeNumbers' | 'heldNumbers' | 'onChange'>,
  random: Random,
): () => void {
  const numbers = keeper.heldNumbers();
  const settle = () => numbers.length === 0 || voidNumbers(keeper, numbers, 'unknown-after-restart', random);
  if (settle()) return () => undefined;
  const stop = keeper.onChange(() => {
    if (settle()) stop();
  });
  return stop;
}

function voidNumbers(
  keeper: Pick<Keeper, 'keep' | 'freeNumbers'>,
  numbers: readonly string[],
  reason: string,
  random: Random,
): boolean {
  const isKept = keeper.keep(voidedWish(numbers, reason, random)).ok;
  if (isKept) keeper.freeNumbers(numbers);
  return isKept;
}

function voidedWish(numbers: readonly string[], reason: string, random: Random): KeepWish {
  const submissionId = random.bytes(16);
  return {
    ...{ submissionId, entryClass: ENTRY_CLASS.urgent, attachments: [], remember: null, slip: false },
    content: { schema: 1, kind: 'certificate.voided', submissionId, numbers: [...numbers], reason },
  };
}

function numberOf(words: Uint8Array): string {
  const read = certificateFormat.parse(words);
  invariant(read.ok, 'words that were verified can be read');
  return read.value.value.number;
}
