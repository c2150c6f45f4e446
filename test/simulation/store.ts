import { type MemorySqlStore, memorySqlStore } from '../../base/node/sqlite-memory.ts';
import { err, ok } from '../../base/result.ts';
import { type Sql, SqlFailure, type SqlStore, type Statement } from '../../base/sql.ts';
import type { Life } from './death.ts';

/** The terminal's database as it lies on its disk: a real SQLite in memory, with its last commits beside it. */
export interface StoreOnDisk {
  readonly inner: MemorySqlStore;
  /** What the disk held after each of the last commits, the newest last. */
  readonly commits: Uint8Array[];
}

/** How many commits a write-ahead log cut in half can lose. */
export const COMMITS_REMEMBERED = 8;

/** An empty disk. */
export function createStoreOnDisk(): StoreOnDisk {
  return { inner: memorySqlStore(), commits: [] };
}

/**
 * The store as one run of the program sees it: each commit is a point where it may die, and a dead program's
 * statements throw. `hear.onCommitted` is handed the database after each commit; while `hear.isFull` none can be made.
 */
export function createStore(
  { inner, commits }: StoreOnDisk,
  life: Life,
  hear: { readonly onCommitted: (sql: Sql) => void; readonly isFull: () => boolean },
): SqlStore {
  /** Nothing is written on a full disk. */
  function checkRoom(): void {
    if (hear.isFull()) throw new SqlFailure({ code: 'full', detail: 'simulated' });
  }

  function committed(sql: Sql): void {
    commits.push(sql.image());
    if (commits.length > COMMITS_REMEMBERED) commits.shift();
    hear.onCommitted(sql);
    life.after('commit');
  }

  function mortal(sql: Sql): Sql {
    let isInside = false;
    const writes = <T>(write: () => T): T => {
      life.check();
      if (isInside) return write();
      checkRoom();
      life.before('commit');
      const result = write();
      committed(sql);
      return result;
    };
    const reads = <T>(read: () => T): T => {
      life.check();
      return read();
    };
    return {
      prepare<Row extends object>(text: string): Statement<Row> {
        const statement = reads(() => sql.prepare<Row>(text));
        return {
          run: (...parameters) => writes(() => statement.run(...parameters)),
          find: (...parameters) => reads(() => statement.find(...parameters)),
          all: (...parameters) => reads(() => statement.all(...parameters)),
        };
      },
      runScript: (text) => writes(() => sql.runScript(text)),
      transaction(work) {
        life.check();
        const done = sql.transaction(() => {
          isInside = true;
          try {
            const value = work();
            checkRoom();
            life.before('commit');
            return value;
          } finally {
            isInside = false;
          }
        });
        if (done.ok) committed(sql);
        return done;
      },
      truncateLog() {
        life.check();
        checkRoom();
        sql.truncateLog();
        // What is in the database itself is no longer lost with the end of a log.
        commits.splice(0, commits.length - 1);
      },
      image: () => reads(() => sql.image()),
      // A dead program closes nothing: the next one finds the last commit.
      close: () => (life.alive() ? sql.close() : undefined),
    };
  }

  return {
    findVersion() {
      life.check();
      return inner.findVersion();
    },
    open(onCorrupt) {
      life.check();
      const opened = inner.open(onCorrupt);
      return opened.ok ? ok(mortal(opened.value)) : opened;
    },
    openImage: (image) => inner.openImage(image),
    setAside: (tag) => life.point('set aside', () => inner.setAside(tag)),
    restore: (image) =>
      hear.isFull()
        ? err({ code: 'full', detail: 'simulated' })
        : life.point('restore', () => inner.restore(image)),
  };
}
