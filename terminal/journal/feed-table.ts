import { equalBytes } from '../../base/bytes.ts';
import type { Sql } from '../../base/sql.ts';
import { FEED_KIND } from '../../sync/formats/feed.ts';
import type { DeliveredItem, VerifiedPage } from '../../sync/ports.ts';

/** An item that came down and is kept for whoever reads its kind. */
export interface KeptItem {
  readonly itemId: Uint8Array;
  /** Null: does not expire. */
  readonly expiresMs: number | null;
  readonly content: Uint8Array;
}

const KNOWN_KINDS: ReadonlySet<number> = new Set(Object.values(FEED_KIND));
/** Words to do something once: what is kept of them is that they came. */
const COMMANDS: ReadonlySet<number> = new Set([FEED_KIND.syncNow, FEED_KIND.newJournal, FEED_KIND.abandon]);

/** The own place in the feed. */
export function feedCursor(sql: Sql): Uint8Array {
  return (
    sql.prepare<{ feed_cursor: Uint8Array }>('SELECT feed_cursor FROM trust').find()?.feed_cursor ??
    new Uint8Array(0)
  );
}

/**
 * Takes a page inside a transaction: each item once, and the cursor. Answers with the items that are new, or
 * `undefined` when the page does not follow the own cursor and nothing was changed.
 */
export function takePage(sql: Sql, page: VerifiedPage): readonly DeliveredItem[] | undefined {
  if (!equalBytes(feedCursor(sql), page.after)) return undefined;
  const insert = sql.prepare(
    `INSERT OR IGNORE INTO feed_items (item_id, kind, case_id, expires_ms, content) VALUES (?, ?, ?, ?, ?)`,
  );
  const fresh = page.items.filter((item) => {
    const keepsContent = KNOWN_KINDS.has(item.kind) && !COMMANDS.has(item.kind);
    const content = keepsContent ? item.content : null;
    return insert.run(item.itemId, item.kind, item.caseId, item.expires, content) === 1;
  });
  sql.prepare('UPDATE trust SET feed_cursor = ?').run(page.next);
  return fresh;
}

/** Lets go of what has certainly expired; that it came is remembered. A full disk keeps it a little longer. */
export function forgetExpired(sql: Sql, sureMs: number): void {
  sql.transaction(() =>
    sql
      .prepare('UPDATE feed_items SET content = NULL WHERE expires_ms <= ? AND content IS NOT NULL')
      .run(sureMs),
  );
}

/** What is kept of one kind, in the order it came. */
export function itemsOfKind(sql: Sql, kind: number): readonly KeptItem[] {
  return sql
    .prepare<{ item_id: Uint8Array; expires_ms: number | null; content: Uint8Array }>(
      `SELECT item_id, expires_ms, content FROM feed_items
       WHERE kind = ? AND content IS NOT NULL ORDER BY position`,
    )
    .all(kind)
    .map((row) => ({ itemId: row.item_id, expiresMs: row.expires_ms, content: row.content }));
}
