import { equalBytes, toHex } from '../../base/bytes.ts';
import type { DiskTrouble } from '../../base/disk.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { type Sql, SqlFailure } from '../../base/sql.ts';
import { type Entry, isEntrySignedBy } from '../../sync/formats/entry.ts';
import { keyId } from '../../sync/formats/keys.ts';
import {
  type Doubt,
  findCurrentJournal,
  findEntryNumber,
  findJournal,
  getHead,
  hasEntry,
  insertEntry,
  insertJournal,
  type Journal,
  noteDoubt,
  noteSegment,
  type OwedEntry,
  owedEntries,
  owedNames,
} from './entries.ts';
import type { JournalParts } from './journal-parts.ts';
import type { MirrorFrame } from './mirror.ts';
import { markHead } from './segments.ts';
import { insertSlipJob } from './slip-jobs.ts';

/** Where the database came from at this start. */
export type StoreOrigin = 'as-it-was' | 'backup' | 'empty';

/** What was found and done when the two copies were held against each other. */
export interface Reconciled {
  /** Entries the database lacked and the mirror had. */
  readonly fromMirror: number;
  /** Owed entries the mirror lacked and the database had. */
  readonly toMirror: number;
  /** Of these: in segments with bytes of no good frame before good ones, which no append that was cut off leaves. */
  readonly healed: number;
  /** Segments with bytes of no good frame. */
  readonly damagedSegments: number;
  /** Why the head is in doubt, so that the journal must be closed; null when it is not. */
  readonly doubt: Doubt | null;
}

/** What a start brings to the comparison. */
export interface Start {
  readonly origin: StoreOrigin;
  /** The bucket that rows found in the mirror go into. */
  readonly bucket: number;
}

const NOTHING: Reconciled = { fromMirror: 0, toMirror: 0, healed: 0, damagedSegments: 0, doubt: null };

/** Compares the heads of database and mirror, and fills whichever is behind from the other. */
export function reconcile(parts: JournalParts, start: Start): Result<Reconciled, DiskTrouble> {
  const journal = findCurrentJournal(parts.sql);
  const head = journal && getHead(parts.sql, journal);
  const { segment } = parts.mirror.newest();
  const newest = parts.mirror.readSegment(segment);
  if (!newest.ok) return newest;
  const last = newest.value.frames.at(-1);
  const whole = !newest.value.torn && !newest.value.damaged;
  const sameHead = head && last ? equalBytes(head.entryHash, last.entry.entryHash) : !head && !last;
  if (start.origin === 'as-it-was' && whole && sameHead) return ok(NOTHING);
  return reconcileAll(parts, start);
}

interface MirrorContent {
  readonly frames: readonly MirrorFrame[];
  readonly damagedSegments: number;
  /** Segments that lost something between their good frames. */
  readonly turned: ReadonlySet<number>;
  /** The newest segment ends, or is broken, in a way that a cut-off append leaves. */
  readonly newestHurt: boolean;
}

function readAll({ mirror }: JournalParts): Result<MirrorContent, DiskTrouble> {
  const frames: MirrorFrame[] = [];
  const turned = new Set<number>();
  let damagedSegments = 0;
  let newestHurt = false;
  for (const segment of mirror.segments()) {
    const content = mirror.readSegment(segment);
    if (!content.ok) return content;
    frames.push(...content.value.frames);
    newestHurt = content.value.damaged || content.value.torn;
    if (newestHurt) damagedSegments += 1;
    if (content.value.damaged) turned.add(segment);
  }
  return ok({ frames, damagedSegments, turned, newestHurt });
}

function reconcileAll(parts: JournalParts, start: Start): Result<Reconciled, DiskTrouble> {
  const read = readAll(parts);
  if (!read.ok) return read;
  const { frames, damagedSegments, turned, newestHurt } = read.value;
  // In one transaction: whoever dies after it and before the next journal is opened still finds the doubt.
  const healed = parts.sql.transaction(() => {
    const before = findCurrentJournal(parts.sql);
    const filled = fillDatabase(parts, start, frames);
    const missing = findMissing(parts, frames);
    const doubts: readonly (readonly [boolean, Doubt])[] = [
      [start.origin === 'backup' || (!before && frames.length > 0), 'restored'],
      [before !== undefined && frames.length === 0, 'mirror-missing'],
      [filled.forked, 'fork'],
      [filled.gap, 'gap'],
      // A torn tail is the append that was cut off: the database must have what it was for.
      [newestHurt && missing.length === 0, 'mirror-torn'],
    ];
    // A doubt that a death left unanswered goes over to a newer journal which only the mirror had.
    const doubt = doubts.find(([isSo]) => isSo)?.[1] ?? before?.doubt ?? null;
    if (doubt) noteDoubt(parts.sql, doubt);
    return { fromMirror: filled.imported, missing, doubt };
  });
  if (!healed.ok) throw new SqlFailure(healed.error);
  const { fromMirror, missing, doubt } = healed.value;
  if (newestHurt) parts.mirror.startSegment();
  const mirrored = fillMirror(parts, missing);
  if (!mirrored.ok) return mirrored;
  const healedCount = missing.filter(({ segment }) => turned.has(segment)).length;
  return ok({ fromMirror, toMirror: missing.length, healed: healedCount, damagedSegments, doubt });
}

interface Filled {
  imported: number;
  forked: boolean;
  gap: boolean;
}

function fillDatabase(parts: JournalParts, start: Start, frames: readonly MirrorFrame[]): Filled {
  const { sql } = parts;
  const filled: Filled = { imported: 0, forked: false, gap: false };
  const ownKeyId = keyId(parts.crypto, parts.signKey.publicKey);
  const whole = new Map(
    frames.filter(({ entry }) => entry.body).map((frame) => [toHex(frame.entry.entryHash), frame]),
  );
  for (const found of frames) {
    // A mark of the head may stand before the whole entry, where that was written again: the body is what counts.
    const frame = whole.get(toHex(found.entry.entryHash)) ?? found;
    const { entry } = frame;
    if (entry.body) noteSegment(sql, entry, frame.segment);
    if (hasEntry(sql, entry.entryHash) || findEntryNumber(sql, entry.header.entryId) !== undefined) continue;
    const isOwn = equalBytes(entry.header.signKeyId, ownKeyId);
    if (isOwn && !isEntrySignedBy(parts.crypto, entry, parts.signKey.publicKey)) continue;
    importFrame(sql, start, frame, filled);
  }
  return filled;
}

function importFrame(sql: Sql, start: Start, { entry, local, segment }: MirrorFrame, filled: Filled): void {
  const journal = findJournal(sql, entry.header.journalId) ?? insertFoundJournal(sql, start, entry);
  const head = getHead(sql, journal);
  if (head.seq > 0 && entry.header.seq > head.seq + 1) {
    filled.gap = true;
    sql.prepare('UPDATE journals SET rebuilt = 1 WHERE ordinal = ?').run(journal.ordinal);
  }
  filled.forked ||= breaksChain(sql, journal, entry);
  filled.imported += 1;

  const row = local?.token && local.row ? { token: local.token, sealed: local.row } : undefined;
  if (row) {
    sql
      .prepare('INSERT OR IGNORE INTO person_rows (token, bucket, sealed) VALUES (?, ?, ?)')
      .run(row.token, start.bucket, row.sealed);
  }
  const number = insertEntry(sql, entry, {
    journal,
    segment,
    submissionId: local?.submissionId ?? null,
    rowToken: row?.token ?? null,
  });
  // Whether its slip came out is not in the mirror: it is offered again as a copy.
  if (row) insertSlipJob(sql, number, 'unknown');
}

function insertFoundJournal(sql: Sql, start: Start, { header }: Entry): Journal {
  return insertJournal(sql, {
    journalId: header.journalId,
    signKeyId: header.signKeyId,
    rebuilt: start.origin !== 'as-it-was' || header.seq !== 1,
  });
}

/** Whether the journal holds another entry in this place, or another one before it. */
function breaksChain(sql: Sql, journal: Journal, { header }: Entry): boolean {
  const near = sql
    .prepare<{ seq: number; entry_hash: Uint8Array }>(
      'SELECT seq, entry_hash FROM entries WHERE journal = ? AND seq BETWEEN ? AND ?',
    )
    .all(journal.ordinal, header.seq - 1, header.seq);
  return near.some(({ seq, entry_hash: hash }) => seq === header.seq || !equalBytes(hash, header.prev));
}

/** What is owed and not in the mirror. */
function findMissing({ sql, crypto }: JournalParts, frames: readonly MirrorFrame[]): readonly OwedEntry[] {
  const mirrored = new Set(
    frames.filter(({ entry }) => entry.body).map(({ entry }) => toHex(entry.header.bodyHash)),
  );
  return owedEntries(sql).filter((entry) => !mirrored.has(toHex(crypto.sha256(entry.body))));
}

/**
 * The full check of the mirror while the terminal works, a segment a step: a start looks at its end alone. What is
 * owed and no longer whole in it is appended anew; trouble of disk or store leaves that to the next start's check.
 * Returns how many entries it gave back that a hurt segment had lost.
 */
export function* healMirror(parts: JournalParts): Generator<undefined, number> {
  const { sql, mirror } = parts;
  const whole = new Set<string>();
  const hurt = new Set<number>();
  const read = (segment: number) => {
    const content = mirror.readSegment(segment);
    if (!content.ok || content.value.damaged || content.value.torn) hurt.add(segment);
    for (const { entry } of content.ok ? content.value.frames : [])
      if (entry.body) whole.add(toHex(entry.entryHash));
  };
  let lastRead = 0;
  for (const segment of mirror.segments()) {
    if (segment === mirror.newest().segment) break;
    read(segment);
    lastRead = segment;
    yield;
  }
  // Without a pause from here: what is kept meanwhile goes where this has not looked yet.
  for (const segment of mirror.segments()) if (segment > lastRead) read(segment);
  const missing = new Set(
    owedNames(sql).flatMap((name) => (whole.has(toHex(name.entryHash)) ? [] : name.number)),
  );
  if (missing.size === 0) return 0;
  const lost = owedEntries(sql).filter(({ number }) => missing.has(number));
  try {
    // What waits for room in the mirror is missing too, from a segment that is well.
    return fillMirror(parts, lost).ok ? lost.filter(({ segment }) => hurt.has(segment)).length : 0;
  } catch (error) {
    if (!(error instanceof SqlFailure) || error.trouble.code === 'corrupt') throw error;
    return 0;
  }
}

/** Gives the mirror what it lacks, and sees to it that its last frame is the journal's head. */
function fillMirror(parts: JournalParts, missing: readonly OwedEntry[]): Result<void, DiskTrouble> {
  const { sql, mirror } = parts;
  for (const entry of missing) {
    // Before the append: after a death in between the heads differ, and this is done again.
    sql.prepare('UPDATE owed SET segment = ? WHERE entry = ?').run(mirror.nextSegment(), entry.number);
    const appended = mirror.append(entry, entry.local);
    if (!appended.ok) return err(appended.error);
  }
  return isHeadLast(parts) ? ok(undefined) : markHead(sql, mirror);
}

function isHeadLast({ sql, mirror }: JournalParts): boolean {
  const journal = findCurrentJournal(sql);
  const { segment } = mirror.newest();
  const content = mirror.readSegment(segment);
  const last = content.ok ? content.value.frames.at(-1) : undefined;
  if (!journal) return true;
  return last !== undefined && equalBytes(last.entry.entryHash, getHead(sql, journal).entryHash);
}
