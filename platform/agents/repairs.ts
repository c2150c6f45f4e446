/** Orders for repairs: filed at a machine, seen and closed on the county's page of that machine. */
import type { RepairRow } from '../store/agent-work-tables.ts';
import type { Db } from '../store/store.ts';

/** An order as an entry brings it. */
export type RepairOrder = Pick<
  RepairRow,
  'repairId' | 'terminalId' | 'part' | 'fault' | 'agentId' | 'madeMs'
>;

/** Takes an order. Said again it is the same; an agent nobody knows is left out of it. */
export async function takeRepair(tx: Db, order: RepairOrder): Promise<void> {
  const { agentId, ...rest } = order;
  const agent =
    agentId === null
      ? undefined
      : await tx.selectFrom('agents').select('agentId').where('agentId', '=', agentId).executeTakeFirst();
  await tx
    .insertInto('repairs')
    .values({ ...rest, agentId: agent?.agentId ?? null, closedMs: null, closedByStaffId: null, words: null })
    .onConflict((on) => on.column('repairId').doNothing())
    .execute();
}

/** An order with the name of who asked for it, where that is known. */
export interface RepairLine extends RepairRow {
  readonly agentName: string | null;
}

/** Orders of one machine: open ones first, the newest first. */
export async function repairsOf(db: Db, terminalId: Uint8Array): Promise<readonly RepairLine[]> {
  const rows = await db
    .selectFrom('repairs')
    .leftJoin('agents', 'agents.agentId', 'repairs.agentId')
    .selectAll('repairs')
    .select('agents.name as agentName')
    .where('terminalId', '=', terminalId)
    .orderBy('madeMs', 'desc')
    .limit(50)
    .execute();
  return rows.sort((a, b) => Number(a.closedMs !== null) - Number(b.closedMs !== null));
}

/** How many open orders each machine has, by its id in hex. */
export async function openRepairs(db: Db): Promise<readonly { terminalId: Uint8Array; count: number }[]> {
  const rows = await db
    .selectFrom('repairs')
    .select((row) => ['terminalId' as const, row.fn.countAll<number>().as('count')])
    .where('closedMs', 'is', null)
    .groupBy('terminalId')
    .execute();
  return rows.map(({ terminalId, count }) => ({ terminalId, count: Number(count) }));
}

/** Closes an order of this machine, with what was done; false where there is no open one. */
export async function closeRepair(
  db: Db,
  order: Pick<RepairRow, 'repairId' | 'terminalId'>,
  by: { readonly staffId: number; readonly atMs: number; readonly words: string },
): Promise<boolean> {
  const closed = await db
    .updateTable('repairs')
    .set({ closedMs: by.atMs, closedByStaffId: by.staffId, words: by.words })
    .where('repairId', '=', order.repairId)
    .where('terminalId', '=', order.terminalId)
    .where('closedMs', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(closed.numUpdatedRows) === 1;
}
