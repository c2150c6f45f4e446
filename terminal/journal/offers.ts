import type { Sql, SqlValue } from '../../base/sql.ts';
import { entryBytes } from '../../sync/formats/entry.ts';
import type {
  BatchLimits,
  EntryFiles,
  OfferBasis,
  OfferedEntry,
  OwedCount,
  OwedHead,
} from '../../sync/ports.ts';
import { filesOf } from './attachments-table.ts';

/** Rows read at a time while a batch is put together. */
const PAGE_ROWS = 200;

/** Whether no later entry that supersedes `e` is held. */
export const NO_SUCCESSOR_HELD = `NOT EXISTS (
  SELECT 1 FROM entries AS later JOIN receipts AS said ON said.entry = later.number
  WHERE later.supersedes = e.entry_id AND said.outcome = 0)`;

/** Binds epoch, key set number. See `JournalPort.nextBatch` for the rule. */
export const TO_OFFER = `${NO_SUCCESSOR_HELD} AND (
  r.entry IS NULL OR r.epoch <> ?
  OR (r.outcome NOT IN (0, 7) AND (r.key_set_number < ? OR r.asked_again = 1)))`;

/** Owed entries `o`, their headers `e` and newest receipts `r`. */
export const OWED_WITH_RECEIPT = `FROM owed AS o
  JOIN entries AS e ON e.number = o.entry
  LEFT JOIN receipts AS r ON r.entry = o.entry`;

interface CandidateRow {
  readonly number: number;
  readonly entry_id: Uint8Array;
}

interface OfferedRow {
  readonly journal_id: Uint8Array;
  readonly seq: number;
  readonly entry_id: Uint8Array;
  readonly entry_hash: Uint8Array;
  readonly header: Uint8Array;
  readonly signature: Uint8Array;
  readonly body: Uint8Array;
}

/** The next entries to offer; see `JournalPort.nextBatch`. */
export function nextBatch(
  sql: Sql,
  basis: OfferBasis,
  limits: BatchLimits,
  isSetAside: (entryId: Uint8Array) => boolean,
): readonly OfferedEntry[] {
  const batch: OfferedEntry[] = [];
  let bytes = 0;
  for (const row of candidates(sql, basis)) {
    if (isSetAside(row.entry_id)) continue;
    const entry = getOffered(sql, row.number);
    if (batch.length > 0 && bytes + entry.entryBytes.length > limits.bytes) break;
    bytes += entry.entryBytes.length;
    batch.push(entry);
    if (batch.length >= limits.entries || bytes >= limits.bytes) break;
  }
  return batch;
}

function* candidates(sql: Sql, basis: OfferBasis): Generator<CandidateRow> {
  const query = sql.prepare<CandidateRow>(
    `SELECT o.entry AS number, e.entry_id ${OWED_WITH_RECEIPT}
     WHERE ${TO_OFFER} ORDER BY o.class, o.journal, o.seq LIMIT ${PAGE_ROWS} OFFSET ?`,
  );
  for (let offset = 0; ; offset += PAGE_ROWS) {
    const rows = query.all(basis.epoch, basis.keySetNumber, offset);
    yield* rows;
    if (rows.length < PAGE_ROWS) return;
  }
}

function getOffered(sql: Sql, number: number): OfferedEntry {
  const row = sql
    .prepare<OfferedRow>(
      `SELECT j.journal_id, e.seq, e.entry_id, e.entry_hash, e.header, e.signature, o.body
       FROM owed AS o JOIN entries AS e ON e.number = o.entry JOIN journals AS j ON j.ordinal = e.journal
       WHERE o.entry = ?`,
    )
    .find(number)!;
  return {
    journalId: row.journal_id,
    seq: row.seq,
    entryId: row.entry_id,
    entryHash: row.entry_hash,
    entryBytes: entryBytes({ headerBytes: row.header, signature: row.signature, body: row.body }),
  };
}

/** Which of the entries to be offered have attachments; see `JournalPort.entriesWithFiles`. */
export function entriesWithFiles(sql: Sql, basis: OfferBasis): readonly EntryFiles[] {
  return sql
    .prepare<CandidateRow>(
      `SELECT o.entry AS number, e.entry_id ${OWED_WITH_RECEIPT}
       WHERE o.entry IN (SELECT entry FROM attachments) AND ${TO_OFFER}
       ORDER BY o.class, o.journal, o.seq`,
    )
    .all(basis.epoch, basis.keySetNumber)
    .map(({ number, entry_id: entryId }) => ({ entryId, files: filesOf(sql, number) }));
}

/** The head of every journal that still owes. */
export function owedHeads(sql: Sql): readonly OwedHead[] {
  return sql
    .prepare<{ journal_id: Uint8Array; seq: number; entry_hash: Uint8Array }>(
      `SELECT j.journal_id, e.seq, e.entry_hash
       FROM journals AS j JOIN entries AS e ON e.number = (
         SELECT number FROM entries WHERE journal = j.ordinal ORDER BY seq DESC, number DESC LIMIT 1)
       WHERE EXISTS (SELECT 1 FROM owed WHERE owed.journal = j.ordinal)
       ORDER BY j.ordinal`,
    )
    .all()
    .map((row) => ({ journalId: row.journal_id, seq: row.seq, entryHash: row.entry_hash }));
}

/** How the journal stands; see `OwedCount`. */
export function countOwed(sql: Sql, basis: OfferBasis | null): OwedCount {
  const all = count(sql, 'SELECT count(*) AS n FROM owed');
  if (!basis) return { waiting: all, held: 0, refused: 0 };
  const { epoch, keySetNumber } = basis;
  const select = `SELECT count(*) AS n ${OWED_WITH_RECEIPT} WHERE`;
  const waiting = count(sql, `${select} ${TO_OFFER}`, epoch, keySetNumber);
  const settled = `${select} r.outcome NOT IN (0, 7) AND NOT (${TO_OFFER})`;
  const refused = count(sql, settled, epoch, keySetNumber);
  return { waiting, held: all - waiting - refused, refused };
}

function count(sql: Sql, query: string, ...parameters: readonly SqlValue[]): number {
  return sql.prepare<{ n: number }>(query).find(...parameters)!.n;
}
