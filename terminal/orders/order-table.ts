/** Orders of the platform that this machine answers, as they lie in the database, and the lock that one of them sets. */
import type { Crypto } from '../../base/crypto/api.ts';
import type { Sql } from '../../base/sql.ts';
import type { Text } from '../../catalog/schema.ts';
import { FEED_KIND } from '../../sync/formats/feed.ts';
import { submissionOf } from './submission.ts';

/** An order that has no answer yet. */
export interface PendingOrder {
  readonly itemId: Uint8Array;
  /** Null: it does not end. */
  readonly expiresMs: number | null;
  /** Null where what was ordered is gone: it ended, or came to a version that did not know it. */
  readonly content: Uint8Array | null;
  /** It was begun, in this run or before. */
  readonly isBegun: boolean;
}

/** Why the machine is out of service, and since when. */
export interface MachineLock {
  readonly reason: Text;
  readonly sinceMs: number;
}

/** The orders in this database. */
export interface OrderTable {
  /** In the order in which they came. */
  pending(): readonly PendingOrder[];
  /** Notes that it is done from here on; false where the disk cannot take it: then it must not be. */
  begin(itemId: Uint8Array): boolean;
  /** Its answer is in the journal. A full disk notes it later: the journal says the same. */
  noteAnswered(itemId: Uint8Array): void;
  findLock(): MachineLock | undefined;
  /** Null unlocks. False where the disk cannot take it. */
  saveLock(lock: MachineLock | null): boolean;
}

interface PendingRow {
  readonly item_id: Uint8Array;
  readonly expires_ms: number | null;
  readonly content: Uint8Array | null;
  readonly state: string | null;
}

/** The orders and the lock in `sql`. */
export function createOrderTable(sql: Sql, crypto: Pick<Crypto, 'sha256'>): OrderTable {
  const note = (itemId: Uint8Array, state: 'begun' | 'answered') =>
    sql.transaction(() =>
      sql.prepare('INSERT OR REPLACE INTO machine_orders (item_id, state) VALUES (?, ?)').run(itemId, state),
    ).ok;
  // A database filled from the mirror has the answer, and not the note of it.
  const isInJournal = (itemId: Uint8Array) =>
    sql.prepare('SELECT 1 FROM submissions WHERE submission_id = ?').find(submissionOf(crypto, itemId)) !==
    undefined;
  return {
    pending() {
      const rows = sql
        .prepare<PendingRow>(
          `SELECT item_id, expires_ms, content, state FROM feed_items LEFT JOIN machine_orders USING (item_id)
           WHERE kind = ? AND state IS NOT 'answered' ORDER BY position`,
        )
        .all(FEED_KIND.machine);
      return rows.flatMap(({ item_id: itemId, expires_ms: expiresMs, content, state }) => {
        if (!isInJournal(itemId)) return [{ itemId, expiresMs, content, isBegun: state === 'begun' }];
        note(itemId, 'answered');
        return [];
      });
    },
    begin: (itemId) => note(itemId, 'begun'),
    noteAnswered: (itemId) => void note(itemId, 'answered'),
    findLock() {
      const row = sql
        .prepare<{ zh: string; en: string; sinceMs: number }>(
          'SELECT reason_zh AS zh, reason_en AS en, since_ms AS sinceMs FROM machine_lock',
        )
        .find();
      return row && { reason: { zh: row.zh, en: row.en }, sinceMs: row.sinceMs };
    },
    saveLock: (lock) =>
      sql.transaction(() => {
        sql.prepare('DELETE FROM machine_lock').run();
        if (lock === null) return;
        sql
          .prepare('INSERT INTO machine_lock (id, reason_zh, reason_en, since_ms) VALUES (1, ?, ?, ?)')
          .run(lock.reason.zh, lock.reason.en, lock.sinceMs);
      }).ok,
  };
}
