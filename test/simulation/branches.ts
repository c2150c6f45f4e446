/** Which entries a release is for: those of its own branch, and of no other that has the same numbers. */

import { equalBytes, toHex } from '../../base/bytes.ts';
import type { Sql } from '../../base/sql.ts';
import { parseHeader } from '../../sync/formats/entry.ts';

/** A range of a release that the platform signed and the terminal got. */
export interface ReleasedRange {
  readonly journalId: string;
  readonly from: number;
  readonly to: number;
  readonly hashAtTo: Uint8Array;
}

/** An entry as the terminal's tables name it. */
export interface NamedEntry {
  readonly journalId: Uint8Array;
  readonly seq: number;
  readonly entryHash: Uint8Array;
}

interface HeaderRow {
  readonly seq: number;
  readonly entry_hash: Uint8Array;
  readonly header: Uint8Array;
}

const HEADERS = `SELECT e.seq, e.entry_hash, e.header FROM entries AS e JOIN journals AS j ON j.ordinal = e.journal
  WHERE j.journal_id = ? AND e.seq BETWEEN ? AND ? ORDER BY e.seq DESC`;

/** Whether a range covers this number of this journal, on whatever branch. */
export function covers(range: ReleasedRange, journalId: Uint8Array, seq: number): boolean {
  return range.journalId === toHex(journalId) && range.from <= seq && seq <= range.to;
}

/** Whether any of the ranges that cover it ends on this entry's branch, as the terminal's own headers link it. */
export function isOnOwnBranch(sql: Sql, ranges: readonly ReleasedRange[], entry: NamedEntry): boolean {
  return ranges.some((range) => covers(range, entry.journalId, entry.seq) && leadsTo(sql, range, entry));
}

/** Down from the range's end along `prev`. Where a header is lost, what is left is taken by its number. */
function leadsTo(
  sql: Sql,
  { to, hashAtTo }: ReleasedRange,
  { journalId, seq, entryHash }: NamedEntry,
): boolean {
  let wanted: Uint8Array | undefined = hashAtTo;
  let at = to + 1;
  for (const row of sql.prepare<HeaderRow>(HEADERS).all(journalId, seq, to)) {
    if (row.seq === at) continue;
    if (row.seq < at - 1) {
      if (at === to + 1) return false;
      wanted = undefined;
    }
    if (wanted && !equalBytes(row.entry_hash, wanted)) continue;
    if (row.seq === seq) return equalBytes(row.entry_hash, entryHash);
    const header = parseHeader(row.header);
    wanted = header.ok ? header.value.prev : undefined;
    at = row.seq;
  }
  return false;
}
