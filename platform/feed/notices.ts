/** Notices: published to the machines of an area, and taken back. Who did so stays on record. */
import { encodeContent } from '../../sync/content-coding.ts';
import { type NoticeContent, noticeContentSchema, type PublishedNotice } from '../../sync/feed-contents.ts';
import { FEED_KIND } from '../../sync/formats/feed.ts';
import type { PlatformContext } from '../context.ts';
import type { NoticeRow } from '../store/tables.ts';
import { type PlacedTerminal, terminalsIn } from './areas.ts';
import { type FeedItem, flushOutbox, type Outbox, ringFor } from './outbox.ts';

/** A notice to be published, and who stands by it. */
export interface NoticeWish {
  readonly areaCode: string;
  readonly deskCode: string;
  readonly staffId: number;
  readonly content: Pick<
    PublishedNotice,
    'title' | 'body' | 'issuer' | 'phone' | 'fromMs' | 'untilMs' | 'danger'
  >;
}

type Context = Pick<PlatformContext, 'store' | 'clock' | 'crypto' | 'bell'>;

/** Publishes it; how many machines it goes to, or undefined when it does not fit what machines take. */
export async function publishNotice(context: Context, wish: NoticeWish): Promise<number | undefined> {
  const noticeId = context.crypto.randomBytes(16);
  const published = { ...wish.content, schema: 1, kind: 'notice.published', noticeId };
  const fit = noticeContentSchema.safeParse(published);
  if (!fit.success) return undefined;
  const content = encodeContent(fit.data);
  const { areaCode, deskCode, staffId } = wish;
  const { untilMs } = wish.content;
  return tell(context, areaCode, { content, untilMs }, async (tx, nowMs) => {
    await tx
      .insertInto('notices')
      .values({
        ...{ noticeId, areaCode, deskCode, content, untilMs },
        ...{ publishedByStaffId: staffId, publishedMs: nowMs, withdrawnByStaffId: null, withdrawnMs: null },
      })
      .execute();
    return true;
  });
}

/**
 * Takes one back. `deskCode` null: whichever desk published it. False when there is none that stands, or it is
 * another desk's.
 */
export async function withdrawNotice(
  context: Context,
  by: { readonly noticeId: Uint8Array; readonly staffId: number; readonly deskCode: string | null },
): Promise<boolean> {
  const { noticeId } = by;
  const row = await context.store.db
    .selectFrom('notices')
    .selectAll()
    .where('noticeId', '=', noticeId)
    .executeTakeFirst();
  if (!row || (by.deskCode !== null && row.deskCode !== by.deskCode)) return false;
  const withdrawn: NoticeContent = {
    schema: 1,
    kind: 'notice.withdrawn',
    noticeId: new Uint8Array(noticeId),
  };
  const told = await tell(
    context,
    row.areaCode,
    { content: encodeContent(withdrawn), untilMs: row.untilMs },
    async (tx, nowMs) => {
      const updated = await tx
        .updateTable('notices')
        .set({ withdrawnByStaffId: by.staffId, withdrawnMs: nowMs })
        .where('noticeId', '=', noticeId)
        .where('withdrawnMs', 'is', null)
        .executeTakeFirstOrThrow();
      return Number(updated.numUpdatedRows) === 1;
    },
  );
  return told !== undefined;
}

/** The feed item that brings a notice, or word that it is taken back, to one machine. */
export function noticeItem(
  context: Pick<Context, 'crypto'>,
  terminalId: Uint8Array,
  { content, untilMs }: Pick<NoticeRow, 'content' | 'untilMs'>,
): FeedItem {
  return {
    itemId: context.crypto.randomBytes(16),
    terminalId,
    kind: FEED_KIND.notice,
    expiresMs: untilMs,
    caseId: null,
    content,
  };
}

/** Records and sends in one transaction; nothing is sent where recording says no. */
async function tell(
  context: Context,
  areaCode: string,
  item: Pick<NoticeRow, 'content' | 'untilMs'>,
  record: (tx: Context['store']['db'], nowMs: number) => Promise<boolean>,
): Promise<number | undefined> {
  const nowMs = context.clock.wallMs();
  const outbox: Outbox = [];
  const isDone = await context.store.transaction(async (tx) => {
    outbox.length = 0;
    if (!(await record(tx, nowMs))) return false;
    const terminals: readonly PlacedTerminal[] = await terminalsIn(tx, areaCode);
    outbox.push(...terminals.map(({ terminalId }) => noticeItem(context, terminalId, item)));
    await flushOutbox(tx, outbox, nowMs);
    return true;
  });
  if (!isDone) return undefined;
  ringFor(context.bell, outbox);
  return outbox.length;
}
