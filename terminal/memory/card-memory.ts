import { concat, equalBytes } from '../../base/bytes.ts';
import { invariant, ok, type Result } from '../../base/result.ts';
import { type Sql, SqlFailure, type SqlTrouble } from '../../base/sql.ts';
import { openCaseItem } from '../../sync/formats/feed.ts';
import type { KeepTrouble, PersonMemory, Progress, RememberedCase, RowFacts } from '../keeper.ts';
import { type Bucket, bucketsOnDisk, DRAFT_MS, draftStep } from './buckets.ts';
import type { PersonKeys } from './person-keys.ts';
import { findProgress } from './progress.ts';
import {
  encodeCaseRow,
  encodeTimed,
  findCaseRow,
  findTimed,
  type LineCipher,
  openLine,
  sealDraft,
  sealRow,
} from './sealed-line.ts';

/**
 * How many places in a row may be empty before a bucket ends. Where a database was lost, rows that only it held are
 * gone, and those after them, which the mirror brought back, are still this person's.
 */
const ROWS_LOST = 32;

const ID_BYTES = 16;
/** So many fit one line; the oldest are forgotten first, long after anybody asks about them. */
const OFFERED_KEPT = 48;

/** What the memory of one card works with. */
export interface MemoryParts extends LineCipher {
  readonly sql: Sql;
  readonly keys: PersonKeys;
  /** The bucket at this moment. */
  readonly bucket: () => Bucket;
  /** A time that certainly has been reached. */
  readonly sureMs: () => number;
}

/** A row sealed for its person, to be written in the transaction of its entry. */
export interface SealedRow {
  readonly token: Uint8Array;
  readonly bucket: number;
  readonly sealed: Uint8Array;
}

/** The memory of one card, on SQLite. */
export class CardMemory implements PersonMemory {
  readonly #parts: MemoryParts;
  /** Where this visit's last row was put. */
  #last: { readonly bucket: number; readonly i: number } | undefined;

  constructor(parts: MemoryParts) {
    this.#parts = parts;
  }

  cases(): readonly RememberedCase[] {
    return bucketsOnDisk(this.#parts.bucket()).flatMap((number) => this.#casesIn(number));
  }

  progressOf(remembered: RememberedCase): readonly Progress[] {
    const { sql, crypto } = this.#parts;
    const replyKey = crypto.openingKey(remembered.replyKeyPrivate);
    return sql
      .prepare<{ item_id: Uint8Array; content: Uint8Array }>(
        `SELECT item_id, content FROM feed_items
         WHERE case_id = ? AND content IS NOT NULL ORDER BY position`,
      )
      .all(remembered.caseId)
      .flatMap(({ item_id: itemId, content }) => {
        const opened = openCaseItem(replyKey, { itemId, caseId: remembered.caseId, content });
        const progress = opened.ok ? findProgress(opened.value, remembered.caseId) : undefined;
        return progress ? [progress] : [];
      });
  }

  findDraft(): Uint8Array | undefined {
    const line = this.#findLine('person_drafts', this.#parts.keys.draftToken());
    const draft = line?.plain && findTimed(line.plain);
    if (!draft || this.#parts.sureMs() - draft.atMs > DRAFT_MS) return undefined;
    return draft.content;
  }

  saveDraft(plain: Uint8Array): Result<void, KeepTrouble> {
    const { sql, keys, sureMs } = this.#parts;
    const token = keys.draftToken();
    const atMs = sureMs();
    const sealed = sealDraft(this.#parts, keys.rowKey(), token, encodeTimed({ atMs, content: plain }));
    if (!sealed.ok) return { ok: false, error: { code: 'too-large', detail: 'draft' } };
    const saved = sql.transaction(() =>
      sql
        .prepare('INSERT OR REPLACE INTO person_drafts (token, saved_step, sealed) VALUES (?, ?, ?)')
        .run(token, draftStep(atMs), sealed.value),
    );
    return saved.ok ? ok(undefined) : { ok: false, error: toKeepTrouble(saved.error) };
  }

  dropDraft(): void {
    const { sql, keys } = this.#parts;
    const token = keys.draftToken();
    unlessFull(sql.transaction(() => sql.prepare('DELETE FROM person_drafts WHERE token = ?').run(token)));
  }

  findLastUse(): { readonly atMs: number } | undefined {
    const line = this.#findLine('person_uses', this.#parts.keys.lastUseToken());
    const use = line?.plain && findTimed(line.plain);
    return use && { atMs: use.atMs };
  }

  noteUse(atMs: number): void {
    this.#writeUse(this.#parts.keys.lastUseToken(), atMs, new Uint8Array(0));
  }

  offeredRatings(): readonly Uint8Array[] {
    const line = this.#findLine('person_uses', this.#parts.keys.ratingsToken());
    const ids = (line?.plain && findTimed(line.plain)?.content) ?? new Uint8Array(0);
    const count = Math.floor(ids.length / ID_BYTES);
    return Array.from({ length: count }, (_, place) => ids.slice(place * ID_BYTES, (place + 1) * ID_BYTES));
  }

  noteOfferedRating(caseId: Uint8Array, atMs: number): void {
    const others = this.offeredRatings().filter((one) => !equalBytes(one, caseId));
    const kept = [...others, caseId].slice(-OFFERED_KEPT);
    this.#writeUse(this.#parts.keys.ratingsToken(), atMs, concat(...kept));
  }

  #writeUse(token: Uint8Array, atMs: number, content: Uint8Array): void {
    const { sql, keys, bucket } = this.#parts;
    const sealed = sealRow(this.#parts, keys.rowKey(), token, encodeTimed({ atMs, content }));
    unlessFull(
      sql.transaction(() =>
        sql
          .prepare('INSERT OR REPLACE INTO person_uses (token, bucket, sealed) VALUES (?, ?, ?)')
          .run(token, bucket().number, sealed),
      ),
    );
  }

  close(): void {
    this.#parts.keys.overwrite();
  }

  /** Seals the row of a case that is being kept. Called inside its transaction: the row takes the next place. */
  sealNextRow(row: RowFacts, entryId: Uint8Array): SealedRow {
    const { keys, bucket } = this.#parts;
    const { number } = bucket();
    let i = this.#knownRows(number);
    while (this.#hasRow(keys.rowToken(number, i))) i++;
    this.#last = { bucket: number, i };
    const token = keys.rowToken(number, i);
    const sealed = sealRow(this.#parts, keys.rowKey(), token, encodeCaseRow({ ...row, entryId }));
    return { token, bucket: number, sealed };
  }

  #casesIn(bucket: number): readonly RememberedCase[] {
    const { keys } = this.#parts;
    const found: RememberedCase[] = [];
    for (let i = 0, missing = 0; missing <= ROWS_LOST; i++) {
      const line = this.#findLine('person_rows', keys.rowToken(bucket, i));
      missing = line ? 0 : missing + 1;
      const remembered = line?.plain && findCaseRow(line.plain);
      if (remembered) found.push(remembered);
    }
    return found;
  }

  /** How many rows of the bucket this visit wrote or passed, if the last of them was not taken back. */
  #knownRows(bucket: number): number {
    const last = this.#last;
    if (last?.bucket !== bucket) return 0;
    return this.#hasRow(this.#parts.keys.rowToken(bucket, last.i)) ? last.i + 1 : 0;
  }

  #hasRow(token: Uint8Array): boolean {
    return this.#parts.sql.prepare('SELECT 1 FROM person_rows WHERE token = ?').find(token) !== undefined;
  }

  /** A line that is there; without `plain` when it cannot be opened (it still takes its place). */
  #findLine(
    table: 'person_rows' | 'person_uses' | 'person_drafts',
    token: Uint8Array,
  ): { readonly plain: Uint8Array | undefined } | undefined {
    const { sql, keys } = this.#parts;
    const line = sql
      .prepare<{ sealed: Uint8Array }>(`SELECT sealed FROM ${table} WHERE token = ?`)
      .find(token);
    if (!line) return undefined;
    const opened = openLine(this.#parts, keys.rowKey(), token, line.sealed);
    return { plain: opened.ok ? opened.value : undefined };
  }
}

/** The keeper's own memory behind the interface that visits hold. */
export function ownMemory(person: PersonMemory): CardMemory {
  invariant(person instanceof CardMemory, 'the memory of a visit comes from this keeper');
  return person;
}

/** Trouble of the store, as those who wanted something kept are told. */
export function toKeepTrouble(trouble: SqlTrouble): KeepTrouble {
  return { code: trouble.code === 'full' ? 'full' : 'io', detail: trouble.detail };
}

/** A note that a full disk cannot take is let go: it owes nobody anything. Other trouble ends the process. */
function unlessFull(result: Result<unknown, SqlTrouble>): void {
  if (!result.ok && result.error.code !== 'full') throw new SqlFailure(result.error);
}
