import { equalBytes } from '../../base/bytes.ts';
import type { Sql } from '../../base/sql.ts';
import { OUTCOME, type ReceiptItem } from '../../sync/formats/answers.ts';
import type { OfferBasis } from '../../sync/ports.ts';
import { findJournal } from './entries.ts';

/** The newest receipt of an entry. */
export interface ReceiptFact {
  readonly outcome: number;
  readonly epoch: Uint8Array;
  readonly keySetNumber: number;
  readonly askedAgain: boolean;
}

/** The entry an item of a receipt is about: seq, entryId and entryHash are all the journal's own. */
export function findReceiptedEntry(sql: Sql, journalId: Uint8Array, item: ReceiptItem): number | undefined {
  const journal = findJournal(sql, journalId);
  return (
    journal &&
    sql
      .prepare<{ number: number }>(
        'SELECT number FROM entries WHERE entry_hash = ? AND entry_id = ? AND journal = ? AND seq = ?',
      )
      .find(item.entryHash, item.entryId, journal.ordinal, item.seq)?.number
  );
}

/** What the platform last said of an entry. */
export function findReceipt(sql: Sql, entry: number): ReceiptFact | undefined {
  const row = sql
    .prepare<{ outcome: number; epoch: Uint8Array; key_set_number: number; asked_again: number }>(
      'SELECT outcome, epoch, key_set_number, asked_again FROM receipts WHERE entry = ?',
    )
    .find(entry);
  return (
    row && {
      outcome: row.outcome,
      epoch: row.epoch,
      keySetNumber: row.key_set_number,
      askedAgain: row.asked_again === 1,
    }
  );
}

/** Whether `outcome`, said under `basis`, changes what is known. In one epoch *held* stays whatever is said later. */
export function isNews(present: ReceiptFact | undefined, outcome: number, basis: OfferBasis): boolean {
  if (!present || !equalBytes(present.epoch, basis.epoch)) return true;
  if (present.outcome === OUTCOME.held) return false;
  return present.outcome !== outcome || present.keySetNumber !== basis.keySetNumber || present.askedAgain;
}

/** Notes that someone wants a refused entry offered again; false when it holds no refusal. */
export function askAgain(sql: Sql, entryId: Uint8Array): boolean {
  return (
    sql
      .prepare(
        `UPDATE receipts SET asked_again = 1 WHERE outcome NOT IN (0, 7)
         AND entry = (SELECT number FROM entries WHERE entry_id = ?)`,
      )
      .run(entryId) === 1
  );
}

/** Writes a receipt over the one before. */
export function writeReceipt(
  sql: Sql,
  entry: number,
  outcome: number,
  basis: OfferBasis,
  proof: number,
): void {
  sql
    .prepare(
      `INSERT OR REPLACE INTO receipts (entry, outcome, epoch, key_set_number, asked_again, proof)
       VALUES (?, ?, ?, ?, 0, ?)`,
    )
    .run(entry, outcome, basis.epoch, basis.keySetNumber, proof);
}
