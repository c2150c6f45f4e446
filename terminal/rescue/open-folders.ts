/**
 * The copies of a journal in folders that no program has open: those of a terminal that is stopped, or of a dead
 * machine's disk. Nothing in them is changed; the database is read from a copy of it.
 */
import { join } from 'node:path';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Disk } from '../../base/disk.ts';
import { readOnlyDisk } from '../../base/node/disk.ts';
import { systemRandom } from '../../base/node/random.ts';
import { sqliteFile } from '../../base/node/sqlite.ts';
import { copySqlite } from '../../base/node/sqlite-copy.ts';
import { type Sql, SqlFailure, type SqlStore } from '../../base/sql.ts';
import { AttachmentFiles } from '../journal/attachment-files.ts';
import { isSound } from '../journal/full-check.ts';
import { Mirror } from '../journal/mirror.ts';
import { DATABASE } from '../program/open-stores.ts';
import { findNewestBackup } from '../store/backup.ts';
import { canWorkOn, migrate } from '../store/migrations.ts';
import type { RescueSource } from './source.ts';

/** Where a terminal's journal lies; either may be missing. */
export interface JournalFolders {
  /** With `terminal.db`, backups and attachments. */
  readonly dataDir: string | undefined;
  /** With the mirror's segments. */
  readonly mirrorDir: string | undefined;
}

/** What was found in them. */
export interface OpenedFolders {
  readonly source: RescueSource;
  /** Which database is read: the terminal's own, its newest sound backup, or none. */
  readonly database: 'own' | 'backup' | 'none';
  /** Lets go of the copy. */
  close(): void;
}

/** Opens what can be read, with copies in `scratchFolder`; `undefined` when there is nothing of a journal. */
export function openFolders(
  crypto: Crypto,
  { dataDir, mirrorDir }: JournalFolders,
  scratchFolder: string,
): OpenedFolders | undefined {
  const disk = dataDir === undefined ? undefined : readOnlyDisk(dataDir);
  const database = dataDir === undefined ? undefined : openDatabase(crypto, dataDir, scratchFolder);
  const mirror = mirrorDir === undefined ? undefined : new Mirror(readOnlyDisk(mirrorDir), crypto);
  if (!database && !mirror?.segments().length) return undefined;
  return {
    source: { sql: database?.sql, mirror, readFile: fileReader(crypto, disk) },
    database: database?.of ?? 'none',
    close: () => database?.close(),
  };
}

function fileReader(crypto: Crypto, disk: Disk | undefined): RescueSource['readFile'] {
  if (!disk) return () => ({ ok: false, error: 'missing' });
  const files = new AttachmentFiles(disk, crypto, systemRandom);
  return (hash) => files.read(hash);
}

interface OpenedDatabase {
  readonly sql: Sql;
  readonly of: 'own' | 'backup';
  close(): void;
}

function openDatabase(crypto: Crypto, dataDir: string, scratchFolder: string): OpenedDatabase | undefined {
  const copy = copySqlite(join(dataDir, DATABASE), scratchFolder);
  if (!copy.ok) return findBackup(crypto, dataDir);
  const { store, remove } = copy.value;
  const sql = findMigrated(store);
  if (!sql) {
    remove();
    return findBackup(crypto, dataDir);
  }
  const close = () => {
    sql.close();
    remove();
  };
  return { sql, of: 'own', close };
}

/** The database of this copy; a damaged one, or one from the future, answers nothing. */
function findMigrated(store: SqlStore): Sql | undefined {
  const version = store.findVersion();
  if (!version.ok || (version.value && !canWorkOn(version.value))) return undefined;
  const opened = store.open();
  if (!opened.ok) return undefined;
  if (isMigrated(opened.value)) return opened.value;
  opened.value.close();
  return undefined;
}

function findBackup(crypto: Crypto, dataDir: string): OpenedDatabase | undefined {
  const store = sqliteFile({ path: join(dataDir, DATABASE) });
  const isWhole = (sql: Sql) => isSound(sql, crypto);
  const image = findNewestBackup({ store, disk: readOnlyDisk(dataDir), isSound: isWhole });
  const opened = image && store.openImage(image);
  if (!opened?.ok || !isMigrated(opened.value)) return undefined;
  return { sql: opened.value, of: 'backup', close: () => opened.value.close() };
}

function isMigrated(sql: Sql): boolean {
  try {
    return migrate(sql).ok;
  } catch (error) {
    if (error instanceof SqlFailure) return false;
    throw error;
  }
}
