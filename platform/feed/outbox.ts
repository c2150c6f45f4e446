/**
 * Feed items made in a transaction, written together at its end: positions are taken as the very last lock, so
 * two transactions never wait for each other crosswise, and appear in commit order.
 */
import { type Db, takeNumbers } from '../store/store.ts';
import type { Bell } from './bell.ts';

/** An item before it has a position; kinds as in journal.md "Feed". */
export interface FeedItem {
  readonly itemId: Uint8Array;
  readonly terminalId: Uint8Array;
  readonly kind: number;
  readonly expiresMs: number | null;
  readonly caseId: Uint8Array | null;
  readonly content: Uint8Array;
}

/** Items of one transaction. */
export type Outbox = FeedItem[];

/** A statement takes so many values and no more; a notice goes to every machine of a county. */
const ROWS_AT_ONCE = 1_000;

/** Writes the items at the end of their transaction. */
export async function flushOutbox(tx: Db, items: Outbox, nowMs: number): Promise<void> {
  if (items.length === 0) return;
  const first = await takeNumbers(tx, 'feed', items.length);
  const rows = items.map((item, index) => ({ ...item, position: first + index, madeMs: nowMs }));
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    await tx
      .insertInto('feedItems')
      .values(rows.slice(from, from + ROWS_AT_ONCE))
      .execute();
  }
}

/** After the commit: wakes whoever waits for these items. */
export function ringFor(bell: Bell, items: Outbox): void {
  for (const item of items) bell.ring(item.terminalId);
}
