/**
 * SQLite under the platform's store: the one place here that knows better-sqlite3. One connection, one writer;
 * Kysely's driver lines transactions up behind one another.
 */
import Database from 'better-sqlite3';
import { type Dialect, type SqliteDatabase, SqliteDialect } from 'kysely';
import { invariant } from '../../../base/result.ts';

/** A Kysely dialect over the database file at `path` (made when absent). */
export function sqliteDialect(path: string): Dialect {
  return new SqliteDialect({ database: async () => keepingStatements(openDurable(path)) });
}

/** Copies the database at `from`, as of one moment, to a new file at `to`; whoever writes is not held up. */
export function copySqliteFile(from: string, to: string): void {
  const database = new Database(from, { readonly: true });
  try {
    database.prepare('VACUUM INTO ?').run(to);
  } finally {
    database.close();
  }
}

/** What a finished copy was found to hold. */
export interface SqliteCopy {
  /** Highest `held_order` in the copy; 0 when it holds none. */
  readonly heldOrder: number;
}

/**
 * Reads a copy as a restore would: full integrity check, foreign keys, and how far it reaches. Then takes out
 * the epoch, so that whoever starts on it must make a new one before the first answer (journal.md "Epoch").
 * Throws when the copy is not whole.
 */
export function checkSqliteCopy(path: string): SqliteCopy {
  const copy = new Database(path);
  try {
    copy.pragma('journal_mode = DELETE');
    copy.pragma('synchronous = FULL');
    copy.prepare("DELETE FROM settings WHERE name = 'epoch'").run();
    const problems = copy.pragma('integrity_check', { simple: true });
    invariant(problems === 'ok', 'a backup copy fails its integrity check');
    const orphans = copy.pragma('foreign_key_check');
    invariant(Array.isArray(orphans) && orphans.length === 0, 'a backup copy has broken references');
    const row = copy
      .prepare<[], { held: number | null }>('SELECT max(held_order) AS held FROM headers')
      .get();
    return { heldOrder: row?.held ?? 0 };
  } finally {
    copy.close();
  }
}

const CACHE_KIB = 65_536;
/** Of 4 KiB: some 40 MB. */
const LOG_PAGES = 10_000;

/** Opens with every commit durable, and reads back that it is so: in WAL the default is not. */
function openDurable(path: string): Database.Database {
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.pragma('busy_timeout = 5000');
  // Ids are random, so a batch touches pages all over: kept in memory, and moved out of the log only when each
  // was written many times. What is durable is in the log either way.
  database.pragma(`cache_size = -${CACHE_KIB}`);
  database.pragma(`wal_autocheckpoint = ${LOG_PAGES}`);
  invariant(database.pragma('synchronous', { simple: true }) === 2, 'synchronous=FULL was not taken');
  invariant(database.pragma('foreign_keys', { simple: true }) === 1, 'foreign_keys=ON was not taken');
  return database;
}

/** More different statements than the platform has; a list of values may make any number of them. */
const KEPT_STATEMENTS = 500;
const CHANGES_SCHEMA = /^\s*(create|alter|drop)\b/i;

/**
 * The database with its statements kept compiled: most of ours take longer to compile than to run, and Kysely
 * asks for each anew. Those made under another schema are let go.
 */
function keepingStatements(database: Database.Database): SqliteDatabase {
  const kept = new Map<string, Database.Statement>();
  return {
    close: () => void database.close(),
    prepare(sql) {
      const found = kept.get(sql);
      if (found) return found;
      if (CHANGES_SCHEMA.test(sql) || kept.size === KEPT_STATEMENTS) kept.clear();
      const made = database.prepare(sql);
      kept.set(sql, made);
      return made;
    },
  };
}
