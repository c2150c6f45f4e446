import Database from 'better-sqlite3';
import { err, invariant, ok, type Result } from '../result.ts';
import { type Sql, SqlFailure, type SqlRow, type SqlTrouble, type SqlValue, type Statement } from '../sql.ts';

/**
 * Wraps an open better-sqlite3 database as {@link Sql}; its pragmas are the caller's matter. `onCorrupt` is called
 * whenever a statement meets damage.
 */
export function connect(db: Database.Database, onCorrupt: () => void = () => {}): Sql {
  const watched = <T>(work: () => T): T => {
    try {
      return translated(work);
    } catch (error) {
      if (error instanceof SqlFailure && error.trouble.code === 'corrupt') onCorrupt();
      throw error;
    }
  };
  const statements = new Map<string, Statement<object>>();
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');

  function prepare<Row extends object>(text: string): Statement<Row> {
    const known = statements.get(text) ?? wrapStatement(db.prepare<SqlValue[], SqlRow>(text), watched);
    statements.set(text, known);
    return known as Statement<Row>;
  }

  function transaction<T>(work: () => T): Result<T, SqlTrouble> {
    invariant(!db.inTransaction, 'a transaction is not begun inside another');
    try {
      watched(() => begin.run());
      const value = work();
      watched(() => commit.run());
      return ok(value);
    } catch (error) {
      // SQLite itself rolls back after some failures (a full disk): asking again would throw.
      if (db.inTransaction) rollback.run();
      if (error instanceof SqlFailure) return err(error.trouble);
      throw error;
    }
  }

  return {
    prepare: (text) => watched(() => prepare(text)),
    runScript: (text) => watched(() => void db.exec(text)),
    transaction,
    truncateLog: () => watched(() => void db.pragma('wal_checkpoint(TRUNCATE)')),
    image: () => watched(() => withoutLogMark(db.serialize())),
    close: () => watched(() => void db.close()),
  };
}

/** Runs `work`, and throws SQLite's expected trouble as {@link SqlFailure}. */
function translated<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const trouble = findTrouble(error);
    throw trouble ? new SqlFailure(trouble) : error;
  }
}

/** Runs `work`, with the trouble as a value. */
export function tried<T>(work: () => T): Result<T, SqlTrouble> {
  try {
    return ok(translated(work));
  } catch (error) {
    if (error instanceof SqlFailure) return err(error.trouble);
    throw error;
  }
}

/** SQLite's primary result codes that the outside world can cause; any other is a bug of ours. */
const TROUBLE_OF_CODE: readonly (readonly [string, SqlTrouble['code']])[] = [
  ['SQLITE_FULL', 'full'],
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_NOTADB', 'corrupt'],
  ['SQLITE_IOERR', 'io'],
  ['SQLITE_CANTOPEN', 'io'],
  ['SQLITE_READONLY', 'io'],
];

function findTrouble(error: unknown): SqlTrouble | undefined {
  if (!(error instanceof Database.SqliteError)) return undefined;
  const found = TROUBLE_OF_CODE.find(([prefix]) => error.code.startsWith(prefix));
  return found && { code: found[1], detail: error.code };
}

function wrapStatement(
  statement: Database.Statement<SqlValue[], SqlRow>,
  watched: <T>(work: () => T) => T,
): Statement<SqlRow> {
  return {
    run: (...parameters) => watched(() => statement.run(...parameters).changes),
    find: (...parameters) => {
      const row = watched(() => statement.get(...parameters));
      return row && plainRow(row);
    },
    all: (...parameters) => watched(() => statement.all(...parameters)).map(plainRow),
  };
}

/** The row without Buffers, which compare, print and encode unlike the bytes they are. */
function plainRow(row: SqlRow): SqlRow {
  const plain: Record<string, SqlValue> = {};
  for (const [column, value] of Object.entries(row)) {
    plain[column] =
      value instanceof Uint8Array ? new Uint8Array(value.buffer, value.byteOffset, value.length) : value;
  }
  return plain;
}

/** Bytes 18 and 19 say "has a write-ahead log", which an image has not and memory cannot have. */
function withoutLogMark(image: Uint8Array): Uint8Array {
  const copy = new Uint8Array(image);
  if (copy.length > 19) copy.fill(1, 18, 20);
  return copy;
}
