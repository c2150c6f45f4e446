import { equalBytes } from '../../base/bytes.ts';
import { invariant } from '../../base/result.ts';
import type { Sql } from '../../base/sql.ts';
import { isRefusal, type ReleaseRange } from '../../sync/formats/answers.ts';
import { parseHeader } from '../../sync/formats/entry.ts';
import type { Order } from '../../sync/formats/feed.ts';
import { findJournal, type Journal } from './entries.ts';

/** Why an entry is closed. */
export type ClosingCause = 'released' | 'abandoned' | 'superseded';

/** Keeps the platform's signed word and returns its number. */
export function insertProof(sql: Sql, bytes: Uint8Array): number {
  sql.prepare('INSERT INTO proofs (bytes) VALUES (?)').run(bytes);
  return sql.prepare<{ number: number }>('SELECT max(number) AS number FROM proofs').find()!.number;
}

/**
 * Closes an owed entry: the one place where a body is erased. What it superseded is closed with it. Inside a
 * transaction; closing what is closed does nothing.
 */
export function closeEntry(sql: Sql, entry: number, cause: ClosingCause, proof: number): void {
  if (sql.prepare('DELETE FROM owed WHERE entry = ?').run(entry) === 0) return;
  sql.prepare('INSERT INTO closings (entry, cause, proof) VALUES (?, ?, ?)').run(entry, cause, proof);
  const earlier = sql
    .prepare<{ number: number }>(
      `SELECT e.number FROM entries AS e
       JOIN receipts AS r ON r.entry = e.number
       JOIN entries AS later ON later.supersedes = e.entry_id
       WHERE later.number = ? AND r.outcome <> 0`,
    )
    .find(entry);
  if (earlier) closeEntry(sql, earlier.number, 'superseded', proof);
}

/**
 * Whether an entry signed by this key was released: then a backup of the platform has the entry, and the key's
 * certificate with it.
 */
export function isAnyReleased(sql: Sql, signKeyId: Uint8Array): boolean {
  return (
    sql
      .prepare(
        `SELECT 1 FROM closings AS c JOIN entries AS e ON e.number = c.entry
         JOIN journals AS j ON j.ordinal = e.journal
         WHERE c.cause = 'released' AND j.sign_key_id = ? LIMIT 1`,
      )
      .find(signKeyId) !== undefined
  );
}

/** The entries of a released range, or `undefined` when the range is not this journal's own. */
export function findReleasedEntries(
  sql: Sql,
  journalId: Uint8Array,
  range: ReleaseRange,
): readonly number[] | undefined {
  const journal = findJournal(sql, journalId);
  return journal && range.from <= range.to ? walkBack(sql, journal, range) : undefined;
}

/** The entry an order names, when it is the journal's own and holds a refusal. */
export function findAbandonedEntry(sql: Sql, order: Order): number | undefined {
  const journal = findJournal(sql, order.journalId);
  const row =
    journal &&
    sql
      .prepare<{ number: number; outcome: number }>(
        `SELECT e.number, r.outcome FROM entries AS e JOIN receipts AS r ON r.entry = e.number
         WHERE e.journal = ? AND e.seq = ? AND e.entry_hash = ?`,
      )
      .find(journal.ordinal, order.seq, order.entryHash);
  return row && isRefusal(row.outcome) ? row.number : undefined;
}

interface RangeRow {
  readonly number: number;
  readonly seq: number;
  readonly entry_hash: Uint8Array;
  readonly header: Uint8Array;
}

/**
 * From `to` down to `from` along `prev`, so that of two branches only the released one is taken. A rebuilt
 * journal may lack headers, of which nothing is owed any more.
 */
function walkBack(sql: Sql, journal: Journal, range: ReleaseRange): readonly number[] | undefined {
  const rows = sql
    .prepare<RangeRow>(
      `SELECT number, seq, entry_hash, header FROM entries
       WHERE journal = ? AND seq BETWEEN ? AND ? ORDER BY seq DESC`,
    )
    .all(journal.ordinal, range.from, range.to);
  const entries: number[] = [];
  let seq = range.to;
  let wanted: Uint8Array | undefined = range.hashAtTo;
  for (const row of rows) {
    if (row.seq > seq) continue;
    if (row.seq < seq) {
      if (!journal.rebuilt || seq === range.to) return undefined;
      wanted = undefined;
    }
    if (wanted && !equalBytes(row.entry_hash, wanted)) continue;
    const header = parseHeader(row.header);
    invariant(header.ok, 'an own header can be read');
    entries.push(row.number);
    wanted = header.value.prev;
    seq = row.seq - 1;
  }
  return seq < range.from || (journal.rebuilt && entries.length > 0) ? entries : undefined;
}
