import { closeSync, existsSync, openSync, readSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { err, invariant, ok, type Result } from '../result.ts';
import { type DatabaseVersion, type Sql, type SqlStore, type SqlTrouble, versionOfHeader } from '../sql.ts';
import { connect, tried } from './sqlite-connection.ts';
import { syncFolder } from './sync-folder.ts';

/** How a database file is opened. */
export interface SqliteFileOptions {
  readonly path: string;
  /** The most bytes the database may take; a write beyond is `full`. */
  readonly maxBytes?: number;
  /** How long a connection of a process that is just ending is waited for. */
  readonly busyTimeoutMs?: number;
}

/**
 * A database file, written by one process: WAL, `synchronous=FULL`, foreign keys, erased bytes overwritten.
 * Each setting is read back, because SQLite answers a setting it cannot give with silence.
 */
export function sqliteFile(options: SqliteFileOptions): SqlStore {
  const { path, busyTimeoutMs = 5_000 } = options;

  function open(onCorrupt?: () => void): Result<Sql, SqlTrouble> {
    const made = triedOnDisk(() => closeSync(openSync(path, 'a', FILE_MODE)));
    if (!made.ok) return made;
    return closingOnTrouble(
      () => new Database(path, { timeout: busyTimeoutMs }),
      (db) => {
        applySettings(db, options.maxBytes);
        return connect(db, onCorrupt);
      },
    );
  }

  function findVersion(): Result<DatabaseVersion | undefined, SqlTrouble> {
    if (!existsSync(path)) return ok(undefined);
    // Without a log the file says it itself; opening it would leave files beside one that may not be ours.
    if (!existsSync(`${path}-wal`)) return readVersionInHeader(path);
    return closingOnTrouble(
      () => new Database(path, { readonly: true, timeout: busyTimeoutMs }),
      (db) => {
        const [version, id] = ['user_version', 'application_id'].map((name) =>
          Number(db.pragma(name, { simple: true })),
        );
        db.close();
        return versionOfHeader(version ?? 0, id ?? 0);
      },
    );
  }

  return {
    open,
    findVersion,
    openImage: openSqliteImage,
    setAside(tag) {
      return triedOnDisk(() => {
        for (const suffix of ['-wal', '-shm', '']) {
          if (existsSync(path + suffix)) renameSync(path + suffix, `${path}.${tag}${suffix}`);
        }
        syncFolder(dirname(path));
      });
    },
    restore(image) {
      invariant(!existsSync(path), 'a database is restored only where there is none');
      return triedOnDisk(() => {
        writeFileSync(`${path}.new`, image, { flush: true, mode: FILE_MODE });
        renameSync(`${path}.new`, path);
        syncFolder(dirname(path));
      });
    },
  };
}

/** Opens an image in memory; `corrupt` when it is no database. */
export function openSqliteImage(image: Uint8Array): Result<Sql, SqlTrouble> {
  return closingOnTrouble(
    () => new Database(Buffer.from(image)),
    (db) => {
      db.pragma('foreign_keys = ON');
      db.pragma('schema_version');
      return connect(db);
    },
  );
}

const PAGE_BYTES = 4_096;
/** SQLite makes the log with the mode of the file it belongs to. */
const FILE_MODE = 0o600;

/** The file's first bytes: 16 of magic, at 60 the user version, at 68 the application id (SQLite file format, 1.3). */
const HEADER = { bytes: 100, magic: 'SQLite format 3\0', versionAt: 60, idAt: 68 } as const;

function readVersionInHeader(path: string): Result<DatabaseVersion | undefined, SqlTrouble> {
  const header = Buffer.alloc(HEADER.bytes);
  const read = triedOnDisk(() => {
    const file = openSync(path, 'r');
    try {
      return readSync(file, header);
    } finally {
      closeSync(file);
    }
  });
  if (!read.ok) return read;
  if (read.value === 0) return ok(undefined);
  if (!header.toString('latin1').startsWith(HEADER.magic))
    return err({ code: 'corrupt', detail: 'no header' });
  return ok(versionOfHeader(header.readUInt32BE(HEADER.versionAt), header.readUInt32BE(HEADER.idAt)));
}

const SETTINGS: readonly (readonly [name: string, value: string, readBack: string | number])[] = [
  // First, for it is kept by the first read: another process that opens the file is `busy` from then on.
  ['locking_mode', 'EXCLUSIVE', 'exclusive'],
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
  ['foreign_keys', 'ON', 1],
  ['secure_delete', 'ON', 1],
  ['temp_store', 'MEMORY', 2],
];

function applySettings(db: Database.Database, maxBytes: number | undefined): void {
  for (const [name, value, expected] of SETTINGS) {
    db.pragma(`${name} = ${value}`);
    const actual = db.pragma(name, { simple: true });
    invariant(actual === expected, `SQLite took ${name} = ${value} as ${String(actual)}`);
  }
  if (maxBytes !== undefined) db.pragma(`max_page_count = ${Math.floor(maxBytes / PAGE_BYTES)}`);
}

function closingOnTrouble<T>(
  make: () => Database.Database,
  use: (db: Database.Database) => T,
): Result<T, SqlTrouble> {
  const made = tried(make);
  if (!made.ok) return made;
  let used: Result<T, SqlTrouble> | undefined;
  try {
    used = tried(() => use(made.value));
    return used;
  } finally {
    if (!used?.ok) made.value.close();
  }
}

function triedOnDisk<T>(work: () => T): Result<T, SqlTrouble> {
  try {
    return ok(work());
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return err({ code: code === 'ENOSPC' || code === 'EDQUOT' ? 'full' : 'io', detail: code });
  }
}
