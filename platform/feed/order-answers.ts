/** What machines said of the orders they were given. */
import type { MachineOrderAnswer } from '../../sync/machine-orders.ts';
import type { OrderAnswerRow } from '../store/order-tables.ts';
import type { Db } from '../store/store.ts';

/** An answer as an entry brings it. */
export type OrderAnswerFacts = Pick<MachineOrderAnswer, 'orderId' | 'outcome' | 'why'>;

/** Takes the answer of an entry just held; the machine's first word of an order stands. */
export async function takeOrderAnswer(
  tx: Db,
  entry: { readonly entryId: Uint8Array; readonly terminalId: Uint8Array },
  { orderId, outcome, why }: OrderAnswerFacts,
  atMs: number,
): Promise<void> {
  const { entryId, terminalId } = entry;
  await tx
    .insertInto('orderAnswers')
    .values({ itemId: orderId, terminalId, entryId, outcome, why, atMs })
    .onConflict((on) => on.columns(['itemId', 'terminalId']).doNothing())
    .execute();
}

/** How an order stands with one machine: answered; `waiting` until its end, `unheard` past it without a word. */
export type OrderStanding =
  | { readonly at: 'answered'; readonly answer: OrderAnswerRow }
  | { readonly at: 'waiting'; readonly expiresMs: number }
  | { readonly at: 'unheard'; readonly expiresMs: number };

/** How the answered ones among these orders stand with this machine, by order number. */
export async function orderStandings(
  db: Db,
  terminalId: Uint8Array,
  orderNos: readonly number[],
  nowMs: number,
): Promise<ReadonlyMap<number, OrderStanding>> {
  if (orderNos.length === 0) return new Map();
  const items = await db
    .selectFrom('orderItems')
    .select(['itemId', 'orderNo', 'expiresMs'])
    .where('terminalId', '=', terminalId)
    .where('orderNo', 'in', orderNos)
    .execute();
  const standings = new Map<number, OrderStanding>();
  for (const { itemId, orderNo, expiresMs } of items) {
    const answer = await db
      .selectFrom('orderAnswers')
      .selectAll()
      .where('itemId', '=', itemId)
      .where('terminalId', '=', terminalId)
      .executeTakeFirst();
    if (answer) standings.set(orderNo, { at: 'answered', answer });
    else if (nowMs < expiresMs) standings.set(orderNo, { at: 'waiting', expiresMs });
    else standings.set(orderNo, { at: 'unheard', expiresMs });
  }
  return standings;
}
