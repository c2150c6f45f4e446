import { equalBytes } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Sql } from '../../base/sql.ts';
import { entryHash, parseHeader } from '../../sync/formats/entry.ts';
import type { FileTrouble } from '../../sync/ports.ts';
import { isTableWhole, tableNames } from '../store/integrity.ts';
import type { AttachmentFiles } from './attachment-files.ts';

/** What the full check found amiss; names no content. */
export interface Damage {
  readonly at: 'table' | 'header' | 'body';
  readonly detail: string;
}

const ENTRIES_PER_STEP = 100;

interface EntryRow {
  readonly number: number;
  readonly entry_hash: Uint8Array;
  readonly header: Uint8Array;
  readonly body: Uint8Array | null;
}

/**
 * Checks all of the database in small steps, so that intake stays open between them: SQLite's own check of each
 * table, then every header against its hash and every body against its header (a changed byte inside a value is
 * no flaw to SQLite). Yields after each step and returns what it found.
 */
export function* fullCheck(sql: Sql, crypto: Crypto): Generator<undefined, Damage | null> {
  for (const table of tableNames(sql)) {
    if (!isTableWhole(sql, table)) return { at: 'table', detail: table };
    yield;
  }
  const query = sql.prepare<EntryRow>(
    `SELECT e.number, e.entry_hash, e.header, o.body
     FROM entries AS e LEFT JOIN owed AS o ON o.entry = e.number
     WHERE e.number > ? ORDER BY e.number LIMIT ${ENTRIES_PER_STEP}`,
  );
  for (let after = 0; ; ) {
    const rows = query.all(after);
    for (const row of rows) {
      const damage = findDamage(crypto, row);
      if (damage) return damage;
    }
    const last = rows.at(-1);
    if (!last) return null;
    after = last.number;
    yield;
  }
}

function findDamage(crypto: Crypto, row: EntryRow): Damage | undefined {
  const detail = `entry ${row.number}`;
  const header = parseHeader(row.header);
  if (!header.ok || !equalBytes(entryHash(crypto, row.header), row.entry_hash)) {
    return { at: 'header', detail };
  }
  const isOwnBody = !row.body || equalBytes(crypto.sha256(row.body), header.value.bodyHash);
  return isOwnBody ? undefined : { at: 'body', detail };
}

/** The same in one go: whether a database, or a backup of one, can be trusted. */
export function isSound(sql: Sql, crypto: Crypto): boolean {
  const steps = fullCheck(sql, crypto);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value === null;
  }
}

/** Reads every file that an owed entry names, one a step; yields the trouble of those that are not as written. */
export function* checkFiles(sql: Sql, files: AttachmentFiles): Generator<FileTrouble | undefined, undefined> {
  const query = sql.prepare<{ hash: Uint8Array }>(
    'SELECT hash FROM attachments WHERE hash > ? ORDER BY hash LIMIT 1',
  );
  for (let after = new Uint8Array(0); ; ) {
    const row = query.find(after);
    if (!row) return undefined;
    const read = files.read(row.hash);
    yield read.ok ? undefined : read.error;
    after = Uint8Array.from(row.hash);
  }
}
