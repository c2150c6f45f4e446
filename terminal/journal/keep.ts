import { err, invariant, ok, type Result } from '../../base/result.ts';
import { SqlFailure, type SqlTrouble } from '../../base/sql.ts';
import { parseHeader } from '../../sync/formats/entry.ts';
import type { FrameLocal } from '../../sync/formats/frame.ts';
import { deleteDayRow, insertDayRow } from '../agents/day-book.ts';
import { type CashNote, unwriteCash, writeCash } from '../cash/ledger.ts';
import type { KeepTrouble, KeepWish, Kept } from '../keeper.ts';
import { ownMemory, toKeepTrouble } from '../memory/card-memory.ts';
import type { WrittenFile } from './attachment-files.ts';
import { deleteEntry } from './entries.ts';
import type { JournalParts } from './journal-parts.ts';
import { findNewestSlipJob, insertSlipJob } from './slip-jobs.ts';
import type { EntryWriter, InsertedEntry, SealedWish } from './writer.ts';

/** What one transaction wrote. */
interface Written {
  readonly inserted: InsertedEntry;
  readonly local: FrameLocal;
  readonly slipJobId: string | null;
  /** Of the agent's day book. */
  readonly dayRow: number | null;
}

/**
 * Keeps what was filed (design, "A visit, as data flows" 4): its files first, encrypted and durable; then it is
 * sealed; then entry, submission, person's row and slip job in one transaction; then the mirror; and only then is
 * it said. A submission kept before is answered with its first answer.
 */
export function keepEntry(
  parts: JournalParts,
  writer: EntryWriter,
  wish: KeepWish,
): Result<Kept, KeepTrouble> {
  const before = findKept(parts, wish.submissionId);
  if (before) return ok(before);
  if (!writer.isReady())
    return err({ code: 'not-enrolled', detail: 'no platform to seal to, or no journal yet' });
  const files = parts.files.write(wish.attachments);
  if (!files.ok) return files;
  const written = sealAndWrite(parts, writer, wish, files.value);
  if (!written.ok) {
    parts.files.takeBack(files.value);
    return written;
  }
  const { inserted, local, slipJobId } = written.value;
  const mirrored = writer.mirror(inserted.entry, local);
  if (!mirrored.ok) {
    takeBack(parts, { ...written.value, cash: wish.cash }, files.value);
    const code = mirrored.error.code === 'full' ? 'full' : 'io';
    return err({ code, detail: `mirror: ${mirrored.error.detail}` });
  }
  const { header, entryHash } = inserted.entry;
  return ok({ repeated: false, entryId: header.entryId, entryHash, keptAtMs: header.wallMs, slipJobId });
}

function sealAndWrite(
  parts: JournalParts,
  writer: EntryWriter,
  wish: KeepWish,
  files: readonly WrittenFile[],
): Result<Written, KeepTrouble> {
  const sealed = seal(writer, wish, files);
  if (!sealed.ok) return sealed;
  const written = write(parts, writer, wish, sealed.value);
  return written.ok ? written : err(toKeepTrouble(written.error));
}

/** Seals the content with the list of its files; their keys are then in the sealed body and nowhere else. */
function seal(
  writer: EntryWriter,
  { content, entryClass, agentKey }: KeepWish,
  files: readonly WrittenFile[],
): Result<SealedWish, KeepTrouble> {
  if (files.length === 0) return writer.seal(content, entryClass, [], agentKey);
  const attachments = files.map(({ hash, key, mediaType, bytes }) => [hash, key, mediaType, bytes]);
  const listed = files.map(({ hash, bytes }) => ({ hash, bytes }));
  const sealed = writer.seal({ ...content, attachments }, entryClass, listed, agentKey);
  for (const { key } of files) key.fill(0);
  return sealed;
}

function write(
  { sql }: JournalParts,
  writer: EntryWriter,
  wish: KeepWish,
  sealed: SealedWish,
): Result<Written, SqlTrouble> {
  const { submissionId, remember } = wish;
  return sql.transaction(() => {
    const row = remember && ownMemory(remember.person).sealNextRow(remember.row, sealed.body.entryId);
    if (row) {
      sql
        .prepare('INSERT INTO person_rows (token, bucket, sealed) VALUES (?, ?, ?)')
        .run(row.token, row.bucket, row.sealed);
    }
    const rowToken = row?.token ?? null;
    const inserted = writer.insert(sealed, { submissionId, rowToken });
    const slipJobId = wish.slip ? insertSlipJob(sql, inserted.number) : null;
    const dayRow = wish.dayRow ? insertDayRow(sql, wish.dayRow, sealed.body.entryId) : null;
    if (wish.cash) writeCash(sql, wish.cash);
    return {
      inserted,
      local: { submissionId, token: rowToken, row: row?.sealed ?? null },
      slipJobId,
      dayRow,
    };
  });
}

/**
 * Nobody was told, nothing was sent: the entry is still the head, and goes as if it had not been. When even
 * this fails the process ends, and the next start mirrors the entry instead. Its files go once no lost end of
 * the log can bring it back without them; where that cannot be now, the next start sweeps them.
 */
function takeBack(
  parts: JournalParts,
  { inserted, dayRow, cash }: Pick<Written, 'inserted' | 'dayRow'> & { readonly cash: CashNote | undefined },
  files: readonly WrittenFile[],
): void {
  const { sql } = parts;
  const taken = sql.transaction(() => {
    deleteEntry(sql, inserted.number);
    if (dayRow !== null) deleteDayRow(sql, dayRow);
    if (cash) unwriteCash(sql, cash);
  });
  invariant(taken.ok, 'an entry that is not in the mirror is taken back');
  try {
    sql.truncateLog();
  } catch (error) {
    if (error instanceof SqlFailure && error.trouble.code !== 'corrupt') return;
    throw error;
  }
  parts.files.takeBack(files);
}

function findKept({ sql }: JournalParts, submissionId: Uint8Array): Kept | undefined {
  const row = sql
    .prepare<{ number: number; entry_id: Uint8Array; entry_hash: Uint8Array; header: Uint8Array }>(
      `SELECT e.number, e.entry_id, e.entry_hash, e.header
       FROM submissions AS s JOIN entries AS e ON e.number = s.entry WHERE s.submission_id = ?`,
    )
    .find(submissionId);
  if (!row) return undefined;
  const header = parseHeader(row.header);
  invariant(header.ok, 'an own header can be read');
  return {
    repeated: true,
    entryId: row.entry_id,
    entryHash: row.entry_hash,
    keptAtMs: header.value.wallMs,
    slipJobId: findNewestSlipJob(sql, row.number)?.jobId ?? null,
  };
}
