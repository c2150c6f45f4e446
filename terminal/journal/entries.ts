import type { Sql } from '../../base/sql.ts';
import { type Entry, NO_PREVIOUS } from '../../sync/formats/entry.ts';
import type { FrameLocal } from '../../sync/formats/frame.ts';
import { insertAttachments } from './attachments-table.ts';

/** Why a journal is closed though its key is the present one: nothing more may be written into it. */
export type Doubt = 'restored' | 'mirror-missing' | 'mirror-torn' | 'gap' | 'fork';

/** A journal of this terminal; the newest is the one that is written. */
export interface Journal {
  readonly ordinal: number;
  readonly journalId: Uint8Array;
  readonly signKeyId: Uint8Array;
  /** Filled from the mirror alone: headers may be missing, all of them closed before. */
  readonly rebuilt: boolean;
  readonly doubt: Doubt | null;
}

/** Where a journal ends. `seq` 0 and 32 zero bytes before its first entry. */
export interface Head {
  readonly seq: number;
  readonly entryHash: Uint8Array;
}

interface JournalRow {
  readonly ordinal: number;
  readonly journal_id: Uint8Array;
  readonly sign_key_id: Uint8Array;
  readonly rebuilt: number;
  readonly doubt: Doubt | null;
}

const JOURNAL = 'SELECT ordinal, journal_id, sign_key_id, rebuilt, doubt FROM journals';

/** The journal that is written now. */
export function findCurrentJournal(sql: Sql): Journal | undefined {
  const row = sql.prepare<JournalRow>(`${JOURNAL} ORDER BY ordinal DESC LIMIT 1`).find();
  return row && toJournal(row);
}

/** The journal with this id. */
export function findJournal(sql: Sql, journalId: Uint8Array): Journal | undefined {
  const row = sql.prepare<JournalRow>(`${JOURNAL} WHERE journal_id = ?`).find(journalId);
  return row && toJournal(row);
}

/** Adds a journal after all others. */
export function insertJournal(
  sql: Sql,
  journal: { readonly journalId: Uint8Array; readonly signKeyId: Uint8Array; readonly rebuilt: boolean },
): Journal {
  sql
    .prepare('INSERT INTO journals (journal_id, sign_key_id, rebuilt) VALUES (?, ?, ?)')
    .run(journal.journalId, journal.signKeyId, journal.rebuilt ? 1 : 0);
  const { ordinal } = sql
    .prepare<{ ordinal: number }>('SELECT max(ordinal) AS ordinal FROM journals')
    .find()!;
  return { ordinal, ...journal, doubt: null };
}

/** Closes the newest journal for a doubt; inside the transaction that heals what gave rise to it. */
export function noteDoubt(sql: Sql, doubt: Doubt): void {
  sql
    .prepare(
      `UPDATE journals SET doubt = coalesce(doubt, ?) WHERE ordinal = (SELECT max(ordinal) FROM journals)`,
    )
    .run(doubt);
}

/** Where this journal ends. */
export function getHead(sql: Sql, journal: Pick<Journal, 'ordinal'>): Head {
  const row = sql
    .prepare<{ seq: number; entry_hash: Uint8Array }>(
      'SELECT seq, entry_hash FROM entries WHERE journal = ? ORDER BY seq DESC, number DESC LIMIT 1',
    )
    .find(journal.ordinal);
  return row ? { seq: row.seq, entryHash: row.entry_hash } : { seq: 0, entryHash: NO_PREVIOUS };
}

/** What is written beside an entry. */
export interface EntryPlace {
  readonly journal: Pick<Journal, 'ordinal'>;
  /** The mirror's segment that holds it or will. */
  readonly segment: number;
  readonly submissionId: Uint8Array | null;
  readonly rowToken: Uint8Array | null;
}

/** Inserts an entry and returns its number. One without a body is closed: only what is closed loses it. */
export function insertEntry(sql: Sql, entry: Entry, place: EntryPlace): number {
  const { header, headerBytes, signature, body, entryHash } = entry;
  const { ordinal } = place.journal;
  sql
    .prepare(
      `INSERT INTO entries (journal, seq, entry_id, entry_hash, class, supersedes, header, signature)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      ordinal,
      header.seq,
      header.entryId,
      entryHash,
      header.class,
      header.supersedes,
      headerBytes,
      signature,
    );
  const number = findEntryNumber(sql, header.entryId)!;
  if (body) {
    sql
      .prepare(
        'INSERT INTO owed (entry, class, journal, seq, body, segment, row_token) VALUES (?, ?, ?, ?, ?, ?, ?)',
      )
      .run(number, header.class, ordinal, header.seq, body, place.segment, place.rowToken);
    insertAttachments(sql, number, header.attachments);
  } else {
    sql.prepare("INSERT INTO closings (entry, cause) VALUES (?, 'erased-before')").run(number);
  }
  if (place.submissionId) {
    sql
      .prepare('INSERT OR IGNORE INTO submissions (submission_id, entry) VALUES (?, ?)')
      .run(place.submissionId, number);
  }
  return number;
}

/** Takes back an entry that was committed a moment ago and that nobody was told of. */
export function deleteEntry(sql: Sql, number: number): void {
  const token = sql
    .prepare<{ row_token: Uint8Array | null }>('SELECT row_token FROM owed WHERE entry = ?')
    .find(number)?.row_token;
  if (token) sql.prepare('DELETE FROM person_rows WHERE token = ?').run(token);
  for (const table of ['slip_jobs', 'submissions', 'owed']) {
    sql.prepare(`DELETE FROM ${table} WHERE entry = ?`).run(number);
  }
  sql.prepare('DELETE FROM entries WHERE number = ?').run(number);
}

/** Takes back a journal whose only entry was taken back. */
export function deleteJournal(sql: Sql, journalId: Uint8Array): void {
  sql.prepare('DELETE FROM journals WHERE journal_id = ?').run(journalId);
}

/** The number of the entry with this id. */
export function findEntryNumber(sql: Sql, entryId: Uint8Array): number | undefined {
  return sql.prepare<{ number: number }>('SELECT number FROM entries WHERE entry_id = ?').find(entryId)
    ?.number;
}

/** Whether this very header is in the database. */
export function hasEntry(sql: Sql, entryHash: Uint8Array): boolean {
  return sql.prepare('SELECT 1 FROM entries WHERE entry_hash = ?').find(entryHash) !== undefined;
}

/** Notes in which of the mirror's segments an owed entry lies, or will; one that is not owed any more lies nowhere. */
export function noteSegment(sql: Sql, entry: Pick<Entry, 'header'>, segment: number): void {
  const number = findEntryNumber(sql, entry.header.entryId);
  if (number !== undefined) sql.prepare('UPDATE owed SET segment = ? WHERE entry = ?').run(segment, number);
}

/** An entry that is owed, with what its frame in the mirror carries. */
export interface OwedEntry {
  readonly number: number;
  readonly headerBytes: Uint8Array;
  readonly signature: Uint8Array;
  readonly body: Uint8Array;
  readonly segment: number;
  readonly local: FrameLocal | null;
}

/** Which entries are owed, without their bodies. */
export function owedNames(sql: Sql): readonly { readonly number: number; readonly entryHash: Uint8Array }[] {
  return sql
    .prepare<{ number: number; entry_hash: Uint8Array }>(
      'SELECT e.number, e.entry_hash FROM owed AS o JOIN entries AS e ON e.number = o.entry',
    )
    .all()
    .map(({ number, entry_hash: entryHash }) => ({ number, entryHash }));
}

/** Every owed entry in the order kept. */
export function owedEntries(sql: Sql): readonly OwedEntry[] {
  return sql
    .prepare<{
      number: number;
      header: Uint8Array;
      signature: Uint8Array;
      body: Uint8Array;
      segment: number;
      row_token: Uint8Array | null;
      submission_id: Uint8Array | null;
      sealed: Uint8Array | null;
    }>(
      `SELECT e.number, e.header, e.signature, o.body, o.segment, o.row_token, s.submission_id, p.sealed
       FROM owed AS o JOIN entries AS e ON e.number = o.entry
       LEFT JOIN submissions AS s ON s.entry = e.number
       LEFT JOIN person_rows AS p ON p.token = o.row_token
       ORDER BY e.journal, e.seq, e.number`,
    )
    .all()
    .map(({ header, submission_id: submissionId, row_token: token, sealed, ...rest }) => ({
      ...rest,
      headerBytes: header,
      local: submissionId && { submissionId, token, row: sealed },
    }));
}

function toJournal(row: JournalRow): Journal {
  return {
    ordinal: row.ordinal,
    journalId: row.journal_id,
    signKeyId: row.sign_key_id,
    rebuilt: row.rebuilt === 1,
    doubt: row.doubt,
  };
}
