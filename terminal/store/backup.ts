import { equalBytes } from '../../base/bytes.ts';
import type { Disk, DiskTrouble } from '../../base/disk.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { Sql, SqlStore } from '../../base/sql.ts';
import { isWhole } from './integrity.ts';

/** Why there is no new backup; the ones before are untouched. */
export type BackupTrouble = { readonly code: 'unverified' | DiskTrouble['code']; readonly detail: string };

const FOLDER = 'backups';
const NAME = /^terminal-(\d{6,})\.db$/;
/** Made at least once a day, so that the older of two is no older than 48 h. */
const KEPT = 2;

/** What backups are made with, and read with. */
export interface BackupParts {
  readonly store: SqlStore;
  readonly disk: Disk;
  /** Whether a database can be trusted, to its last value: takes a time that grows with the years. */
  readonly isSound: (sql: Sql) => boolean;
}

/**
 * Writes the database as one file and reads it back: it counts when SQLite finds it whole and it ends where the
 * database ends. Then the older ones go. Each value in it is checked only when it is needed.
 */
export function makeBackup(parts: BackupParts, sql: Sql): Result<string, BackupTrouble> {
  const { disk } = parts;
  const numbers = backupNumbers(disk);
  const path = pathOf((numbers.at(-1) ?? 0) + 1);
  const written = disk.writeDurably(path, sql.image());
  if (!written.ok) return written;
  const read = disk.read(path);
  const head = read.ok ? findHead(parts.store, read.value, isWhole) : undefined;
  const own = newestHash(sql);
  if (!head || !equalBytes(head, own)) {
    disk.remove(path);
    return err({ code: 'unverified', detail: 'a backup reads otherwise than it was written' });
  }
  for (const number of numbers.slice(0, Math.max(0, numbers.length + 1 - KEPT))) disk.remove(pathOf(number));
  return ok(path);
}

/** The newest backup that is sound, or `undefined`. */
export function findNewestBackup(parts: BackupParts): Uint8Array | undefined {
  const { store, disk, isSound } = parts;
  for (const number of backupNumbers(disk).toReversed()) {
    const read = disk.read(pathOf(number));
    if (read.ok && findHead(store, read.value, isSound)) return read.value;
  }
  return undefined;
}

function backupNumbers(disk: Disk): readonly number[] {
  return disk
    .list(FOLDER)
    .flatMap((name) => NAME.exec(name)?.[1] ?? [])
    .map(Number);
}

function pathOf(number: number): string {
  return `${FOLDER}/terminal-${String(number).padStart(6, '0')}.db`;
}

/** Where the journal of an image ends; `undefined` when it does not pass `check`. */
function findHead(store: SqlStore, image: Uint8Array, check: (sql: Sql) => boolean): Uint8Array | undefined {
  const opened = store.openImage(image);
  if (!opened.ok) return undefined;
  try {
    return check(opened.value) ? newestHash(opened.value) : undefined;
  } finally {
    opened.value.close();
  }
}

const NO_ENTRY = new Uint8Array(32);

function newestHash(sql: Sql): Uint8Array {
  return (
    sql
      .prepare<{ entry_hash: Uint8Array }>('SELECT entry_hash FROM entries ORDER BY number DESC LIMIT 1')
      .find()?.entry_hash ?? NO_ENTRY
  );
}
