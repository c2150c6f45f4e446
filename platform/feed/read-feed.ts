/** The feed of one terminal, page by page. */
import type { FeedItem } from '../../sync/formats/feed.ts';
import type { PlatformContext } from '../context.ts';

const PAGE_ITEMS = 50;
const CURSOR_BYTES = 8;

/** The position a cursor stands for: 0 for the first, nothing when it is none of ours. */
export function findCursor(cursor: Uint8Array): number | undefined {
  if (cursor.length === 0) return 0;
  if (cursor.length !== CURSOR_BYTES) return undefined;
  const position = Number(new DataView(cursor.buffer, cursor.byteOffset, CURSOR_BYTES).getBigUint64(0));
  return Number.isSafeInteger(position) ? position : undefined;
}

/** The cursor after `position`. Opaque to terminals. */
export function makeCursor(position: number): Uint8Array {
  const cursor = new Uint8Array(CURSOR_BYTES);
  new DataView(cursor.buffer).setBigUint64(0, BigInt(position));
  return cursor;
}

/** The items after `position`, those that expired left out, and the position after them. */
export async function readFeed(
  context: Pick<PlatformContext, 'store' | 'clock'>,
  terminalId: Uint8Array,
  position: number,
): Promise<{ readonly items: readonly FeedItem[]; readonly position: number }> {
  const rows = await context.store.db
    .selectFrom('feedItems')
    .selectAll()
    .where('terminalId', '=', terminalId)
    .where('position', '>', position)
    .orderBy('position')
    .limit(PAGE_ITEMS)
    .execute();
  const nowMs = context.clock.wallMs();
  const items = rows
    .filter((row) => row.expiresMs === null || row.expiresMs > nowMs)
    .map(({ itemId, kind, expiresMs, caseId, content }) => ({
      itemId,
      kind,
      expires: expiresMs,
      caseId,
      content,
    }));
  return { items, position: rows.at(-1)?.position ?? position };
}
