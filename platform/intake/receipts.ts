/** Verdicts as signed receipts, one for each journal they speak of. */
import { toHex } from '../../base/bytes.ts';
import { type AnswerHead, type ReceiptItem, receiptFormat } from '../../sync/formats/answers.ts';
import type { PlatformContext } from '../context.ts';
import type { Verdict } from './hold.ts';

/** Receipts under `head`; only what is durably committed may stand in them. */
export function signReceipts(
  { keys }: Pick<PlatformContext, 'keys'>,
  head: AnswerHead,
  verdicts: readonly Verdict[],
): readonly Uint8Array[] {
  const { key } = keys.answerKey();
  return byJournal(verdicts).map(({ journalId, items }) =>
    receiptFormat.make(key, { ...head, journalId, items }),
  );
}

function byJournal(verdicts: readonly Verdict[]): readonly { journalId: Uint8Array; items: ReceiptItem[] }[] {
  const journals = new Map<string, { journalId: Uint8Array; items: ReceiptItem[] }>();
  for (const { journalId, item } of verdicts) {
    const key = toHex(journalId);
    const journal = journals.get(key) ?? { journalId, items: [] };
    journals.set(key, journal);
    journal.items.push(item);
  }
  return [...journals.values()];
}
