/** What is owed, entry by entry, for whoever looks after the machine. Headers alone: nothing here is of a person. */
import { invariant } from '../../base/result.ts';
import { parseHeader } from '../../sync/formats/entry.ts';
import type { OfferBasis } from '../../sync/ports.ts';
import { filesOf } from './attachments-table.ts';
import type { JournalParts } from './journal-parts.ts';
import { NO_SUCCESSOR_HELD, OWED_WITH_RECEIPT, TO_OFFER } from './offers.ts';

/** One owed entry. */
export interface QueueEntry {
  readonly entryId: Uint8Array;
  readonly journalId: Uint8Array;
  readonly seq: number;
  readonly entryClass: number;
  /** By the machine's own clock, as its header says it. */
  readonly keptAtMs: number;
  /** To be offered; held, not released yet; or refused, and waiting for a person. */
  readonly state: 'waiting' | 'held' | 'refused';
  /** Why it was refused, as journal.md "Receipt" numbers it; null where it was not. */
  readonly outcome: number | null;
  /** Files of it that are not here as they were written: without them it is not held, unless the platform has them. */
  readonly lostFiles: number;
}

interface Row {
  readonly number: number;
  readonly entry_id: Uint8Array;
  readonly journal_id: Uint8Array;
  readonly seq: number;
  readonly class: number;
  readonly header: Uint8Array;
  readonly outcome: number | null;
  readonly to_offer: number;
}

/** The first `limit`: refused ones, then those to be offered in their order, then held ones. */
export function readQueue(
  { sql, files }: Pick<JournalParts, 'sql' | 'files'>,
  basis: OfferBasis | null,
  limit: number,
): readonly QueueEntry[] {
  // Before the first hello there is no epoch: then nothing is held or refused, and no epoch is like this one.
  const { epoch, keySetNumber } = basis ?? { epoch: new Uint8Array(0), keySetNumber: 0 };
  return sql
    .prepare<Row>(
      `SELECT e.number, e.entry_id, j.journal_id, e.seq, o.class, e.header, r.outcome, (${TO_OFFER}) AS to_offer
       ${OWED_WITH_RECEIPT} JOIN journals AS j ON j.ordinal = e.journal
       ORDER BY CASE WHEN r.outcome NOT IN (0, 7) AND ${NO_SUCCESSOR_HELD} THEN 0 WHEN to_offer THEN 1 ELSE 2 END,
         o.class, o.journal, o.seq LIMIT ?`,
    )
    .all(epoch, keySetNumber, limit)
    .map((row) => {
      const header = parseHeader(row.header);
      invariant(header.ok, 'an own header can be read');
      const isRefused = row.outcome !== null && row.outcome !== 0 && row.outcome !== 7;
      return {
        ...{ entryId: row.entry_id, journalId: row.journal_id, seq: row.seq, entryClass: row.class },
        keptAtMs: header.value.wallMs,
        state: row.to_offer === 1 ? 'waiting' : isRefused ? 'refused' : 'held',
        outcome: isRefused ? row.outcome : null,
        lostFiles: filesOf(sql, row.number).filter((file) => !files.isThere(file)).length,
      };
    });
}
