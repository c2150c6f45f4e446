import Database from 'better-sqlite3';
import { err, invariant, ok, type Result } from '../result.ts';
import { type Sql, type SqlStore, type SqlTrouble, versionOfHeader } from '../sql.ts';
import { openSqliteImage } from './sqlite.ts';
import { connect, tried } from './sqlite-connection.ts';

/** A database in memory, for simulations. */
export interface MemorySqlStore extends SqlStore {
  /** The last commit, as one file; `undefined` before the first opening. */
  findImage(): Uint8Array | undefined;
  /** Ends the program here: what was not committed is gone, and the old connection answers no more. */
  crash(): void;
  /** What lies on the "disk" now: for putting an older copy back, or a damaged one. Ends the program too. */
  putImage(image: Uint8Array | undefined): void;
  /** Called around each commit; may throw to end the program there. */
  onCommit: (when: 'before' | 'after') => void;
  /** What was set aside, by tag. */
  readonly aside: ReadonlyMap<string, Uint8Array>;
}

/** A real SQLite in memory that can be crashed, copied and put back. */
export function memorySqlStore(): MemorySqlStore {
  let image: Uint8Array | undefined;
  let connection: { readonly db: Database.Database; readonly sql: Sql } | undefined;
  const aside = new Map<string, Uint8Array>();

  /** The connection's last commit; nothing of a transaction under way. */
  function leave(): void {
    if (!connection) return;
    const { db, sql } = connection;
    connection = undefined;
    if (!db.open) return;
    if (db.inTransaction) db.exec('ROLLBACK');
    image = sql.image();
    db.close();
  }

  function open(onCorrupt?: () => void): Result<Sql, SqlTrouble> {
    if (connection?.db.open) return err({ code: 'busy', detail: 'open already' });
    const opened = tried(() => {
      const db = image ? new Database(Buffer.from(image)) : new Database(':memory:');
      db.pragma('foreign_keys = ON');
      db.pragma('schema_version');
      return { db, sql: connect(db, onCorrupt) };
    });
    if (!opened.ok) return opened;
    connection = opened.value;
    const { sql } = opened.value;
    return ok({ ...sql, close: leave, transaction: (work) => transaction(sql, work) });
  }

  function transaction<T>(sql: Sql, work: () => T): Result<T, SqlTrouble> {
    const done = sql.transaction(() => {
      const value = work();
      store.onCommit('before');
      return value;
    });
    if (done.ok) store.onCommit('after');
    return done;
  }

  const store: MemorySqlStore = {
    aside,
    onCommit: () => {},
    open,
    openImage: openSqliteImage,
    findImage: () => (connection?.db.open ? connection.sql.image() : image),
    crash: leave,
    putImage(other) {
      leave();
      image = other;
    },
    findVersion() {
      if (!image) return ok(undefined);
      const opened = openSqliteImage(image);
      if (!opened.ok) return opened;
      const version = tried(() => {
        const { version, id } = opened.value.prepare<{ version: number; id: number }>(VERSION).find()!;
        return versionOfHeader(version, id);
      });
      opened.value.close();
      return version;
    },
    setAside(tag) {
      invariant(!connection, 'a database is closed before it is set aside');
      if (image) aside.set(tag, image);
      image = undefined;
      return ok(undefined);
    },
    restore(other) {
      invariant(!image, 'a database is restored only where there is none');
      image = other;
      return ok(undefined);
    },
  };
  return store;
}

const VERSION =
  'SELECT user_version AS version, application_id AS id FROM pragma_user_version, pragma_application_id';
