/** Orders to machines: to one, or to all of an area. Each is on record with who gave it. */
import { encodeContent } from '../../sync/content-coding.ts';
import { matterOrderContentSchema } from '../../sync/feed-contents.ts';
import { FEED_KIND } from '../../sync/formats/feed.ts';
import { type MachineOrderContent, machineOrderContentSchema } from '../../sync/machine-orders.ts';
import type { PlatformContext } from '../context.ts';
import type { MachineOrderRow } from '../store/order-tables.ts';
import type { Db } from '../store/store.ts';
import { revokeTerminal } from '../terminals/terminals.ts';
import { terminalsIn } from './areas.ts';
import { type FeedItem, flushOutbox, type Outbox, ringFor } from './outbox.ts';

/** To whom: one machine, or those of an area by its statistics code. */
export type OrderScope =
  | { readonly terminalId: Uint8Array; readonly areaCode?: undefined }
  | { readonly areaCode: string; readonly terminalId?: undefined };

/** What is ordered. */
export type MachineOrder =
  | { readonly order: 'sync-now' | 'new-journal' | 'revoke' }
  | { readonly order: 'matter-out'; readonly matterId: string; readonly reason: { zh: string; en: string } }
  | { readonly order: 'matter-in'; readonly matterId: string }
  /** What a machine answers; it is not done any more `forMs` after it was given. */
  | { readonly order: 'answered'; readonly content: MachineOrderContent; readonly forMs: number }
  /** Take the newest release of the catalog from this channel, and look there from now on. */
  | { readonly order: 'catalog'; readonly channel: 'stable' | 'pilot' }
  /** `signed` is a verified order of journal.md "Feed", kind 9; `words` its reason. */
  | { readonly order: 'abandon'; readonly signed: Uint8Array; readonly words: string };

type Context = Pick<PlatformContext, 'store' | 'clock' | 'crypto' | 'bell'>;

/** An order as it is recorded and sent. */
interface Written {
  readonly kind: number;
  readonly matterId: string | null;
  readonly content: Uint8Array;
  readonly words: string;
  /** From then on it is not done; left out where that never comes. */
  readonly expiresMs?: number;
}

const NOTHING = encodeContent({ schema: 1 });
/** A statement takes so many values and no more. */
const ITEMS_AT_ONCE = 1_000;

type Answered = MachineOrderContent['kind'];
/** What an order that is answered is called on record. */
const ANSWERED_WORDS: {
  readonly [kind in Answered]: (content: Extract<MachineOrderContent, { kind: kind }>) => string;
} = {
  'machine.restart': ({ when }) => (when === 'now' ? '重新启动，马上' : '重新启动，没人用的时候'),
  'machine.restart-all': ({ when }) =>
    when === 'now' ? '整机程序重新启动，马上' : '整机程序重新启动，没人用的时候',
  'machine.self-test': ({ paper }) => (paper ? '自检，打印测试页' : '自检'),
  'machine.diagnostics': () => '收取诊断包',
  'machine.lock': ({ reason }) => `锁定：${reason.zh}`,
  'machine.unlock': () => '解除锁定',
};

/** How many machines it goes to; undefined when nothing was ordered: no machine there in service, or ill-formed. */
export async function orderMachines(
  context: Context,
  scope: OrderScope,
  order: MachineOrder,
  staffId: number,
): Promise<number | undefined> {
  const nowMs = context.clock.wallMs();
  const written = write(order, nowMs);
  if (!written) return undefined;
  const outbox: Outbox = [];
  const isDone = await context.store.transaction(async (tx) => {
    outbox.length = 0;
    const terminalIds = await reached(tx, scope);
    // An area without machines is told all the same: those that come will hear of it.
    if (terminalIds.length === 0 && scope.terminalId !== undefined) return false;
    const orderNo = await record(tx, scope, written, { staffId, atMs: nowMs });
    outbox.push(...terminalIds.map((terminalId) => orderItem(context, terminalId, written)));
    await flushOutbox(tx, outbox, nowMs);
    if (written.expiresMs !== undefined) await noteItems(tx, orderNo, outbox, written.expiresMs);
    if (order.order === 'revoke') {
      for (const terminalId of terminalIds) await revokeTerminal(tx, terminalId, nowMs);
    }
    return true;
  });
  if (!isDone) return undefined;
  ringFor(context.bell, outbox);
  return outbox.length;
}

/** The feed item that brings an order to one machine. */
export function orderItem(
  context: Pick<Context, 'crypto'>,
  terminalId: Uint8Array,
  {
    kind,
    content,
    expiresMs = null,
  }: Pick<Written, 'kind' | 'content'> & { readonly expiresMs?: number | null },
): FeedItem {
  const itemId = context.crypto.randomBytes(16);
  return { itemId, terminalId, kind, expiresMs, caseId: null, content };
}

/** What was ordered of one machine, the newest first: of it alone, and of every area it stands in. */
export async function ordersOf(
  db: Db,
  terminalId: Uint8Array,
  areaCodes: readonly string[],
  limit: number,
): Promise<readonly (MachineOrderRow & { readonly staffName: string })[]> {
  return db
    .selectFrom('machineOrders')
    .innerJoin('staff', 'staff.staffId', 'machineOrders.staffId')
    .selectAll('machineOrders')
    .select('staff.name as staffName')
    .where((where) => where.or([where('terminalId', '=', terminalId), where('areaCode', 'in', areaCodes)]))
    .orderBy('orderNo', 'desc')
    .limit(limit)
    .execute();
}

async function reached(tx: Db, scope: OrderScope): Promise<readonly Uint8Array[]> {
  if (scope.areaCode !== undefined)
    return (await terminalsIn(tx, scope.areaCode)).map(({ terminalId }) => terminalId);
  const row = await tx
    .selectFrom('terminals')
    .select('terminalId')
    .where('terminalId', '=', scope.terminalId)
    .where('revokedMs', 'is', null)
    .executeTakeFirst();
  return row ? [row.terminalId] : [];
}

async function record(
  tx: Db,
  scope: OrderScope,
  written: Written,
  by: { readonly staffId: number; readonly atMs: number },
): Promise<number> {
  const { areaCode = null, terminalId = null } = scope;
  const { kind, matterId, content, words } = written;
  const { orderNo } = await tx
    .insertInto('machineOrders')
    .values({ kind, matterId, content, words, areaCode, terminalId, ...by })
    .returning('orderNo')
    .executeTakeFirstOrThrow();
  return orderNo;
}

/** Which item brought the order to whom, so that an answer finds it. */
async function noteItems(tx: Db, orderNo: number, items: Outbox, expiresMs: number): Promise<void> {
  const rows = items.map(({ itemId, terminalId }) => ({ itemId, orderNo, terminalId, expiresMs }));
  for (let from = 0; from < rows.length; from += ITEMS_AT_ONCE) {
    await tx
      .insertInto('orderItems')
      .values(rows.slice(from, from + ITEMS_AT_ONCE))
      .execute();
  }
}

function writeAnswered(content: MachineOrderContent, expiresMs: number): Written | undefined {
  const fit = machineOrderContentSchema.safeParse(content);
  if (!fit.success) return undefined;
  const words = ANSWERED_WORDS[content.kind](content as never);
  return { kind: FEED_KIND.machine, matterId: null, content: encodeContent(fit.data), words, expiresMs };
}

function write(order: MachineOrder, nowMs: number): Written | undefined {
  switch (order.order) {
    case 'sync-now':
      return { kind: FEED_KIND.syncNow, matterId: null, content: NOTHING, words: '马上同步' };
    case 'new-journal':
      return { kind: FEED_KIND.newJournal, matterId: null, content: NOTHING, words: '另开一本台账' };
    case 'revoke':
      return { kind: FEED_KIND.revoked, matterId: null, content: NOTHING, words: '停用' };
    case 'matter-out': {
      const { matterId, reason } = order;
      return writeMatter({ kind: 'matter.out', matterId, reason }, `停办：${reason.zh}`);
    }
    case 'matter-in':
      return writeMatter({ kind: 'matter.in', matterId: order.matterId }, '恢复办理');
    case 'catalog': {
      const { channel } = order;
      const content = encodeContent({ schema: 1, kind: 'catalog.release', channel });
      const words = channel === 'pilot' ? '试用新的事项目录' : '取新的事项目录';
      return { kind: FEED_KIND.catalog, matterId: null, content, words };
    }
    case 'answered':
      return writeAnswered(order.content, nowMs + order.forMs);
    case 'abandon':
      return { kind: FEED_KIND.abandon, matterId: null, content: order.signed, words: order.words };
  }
}

function writeMatter(
  fields: { readonly kind: string; readonly matterId: string; readonly reason?: object },
  words: string,
): Written | undefined {
  const fit = matterOrderContentSchema.safeParse({ schema: 1, ...fields });
  if (!fit.success) return undefined;
  return { kind: FEED_KIND.matter, matterId: fields.matterId, content: encodeContent(fit.data), words };
}
