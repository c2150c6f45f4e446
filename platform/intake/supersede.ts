/** `supersedes`: a held entry that takes the place of one the platform refused (journal.md part 1). */
import { equalBytes, toHex } from '../../base/bytes.ts';
import { isRefusal, OUTCOME } from '../../sync/formats/answers.ts';
import type { Entry } from '../../sync/formats/entry.ts';
import { type Batch, ring } from './batch.ts';

interface Placed {
  readonly entryHash: Uint8Array;
  readonly journalId: Uint8Array;
  readonly seq: number;
}

/** Held entries of this terminal that rightly name `entry` as superseded. */
export async function supersedersOf(
  { tx, offerer, rows: newRows }: Batch,
  entry: Entry,
): Promise<readonly Placed[]> {
  await newRows.flush();
  const rows = await tx
    .selectFrom('headers')
    .select(['entryHash', 'journalId', 'seq'])
    .where('supersedes', '=', entry.header.entryId)
    .where('terminalId', '=', offerer.terminalId)
    .where('outcome', '=', OUTCOME.held)
    .execute();
  return rows.filter((row) => isEarlier(entry.header, row));
}

/** After `entry` is held: what it supersedes is closed when it was refused; any other use is an alarm. */
export async function supersede(batch: Batch, entry: Entry): Promise<void> {
  const { tx, offerer, headers } = batch;
  const named = entry.header.supersedes;
  if (named === null) return;
  await batch.rows.flush();
  const rows = await tx
    .selectFrom('headers')
    .select(['entryHash', 'journalId', 'seq', 'outcome', 'terminalId'])
    .where('entryId', '=', named)
    .execute();
  const isRight = rows.every(
    (row) =>
      equalBytes(row.terminalId, offerer.terminalId) &&
      row.outcome !== OUTCOME.held &&
      isEarlier(row, entry.header),
  );
  if (!isRight) {
    await ring(batch, 'bad-supersede', toHex(entry.entryHash));
    return;
  }
  const refused = rows.filter((row) => isRefusal(row.outcome));
  if (refused.length === 0) return;
  await tx
    .updateTable('headers')
    .set({ outcome: OUTCOME.superseded })
    .where(
      'entryHash',
      'in',
      refused.map((row) => row.entryHash),
    )
    .execute();
  for (const { entryHash, terminalId } of refused) {
    headers.set(toHex(entryHash), { outcome: OUTCOME.superseded, terminalId });
  }
}

/** In one journal by seq. Between journals nothing here tells the order; neither can lead to a cycle, as the
 * one that supersedes is held and the other is not. */
function isEarlier(
  earlier: { readonly journalId: Uint8Array; readonly seq: number },
  later: { readonly journalId: Uint8Array; readonly seq: number },
): boolean {
  return toHex(earlier.journalId) !== toHex(later.journalId) || earlier.seq < later.seq;
}
