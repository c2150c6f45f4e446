/** Which lists of agents are to be made anew: noted in the transaction of what changed, made soon after (`lists.ts`). */
import type { Db } from '../store/store.ts';

/** Notes that the lists of whoever acted in this case are to be made anew. */
export async function wantListsOf(tx: Db, caseId: Uint8Array): Promise<void> {
  await tx
    .updateTable('agentLists')
    .set((row) => ({ wanted: row('wanted', '+', 1) }))
    .where('agentId', 'in', (from) =>
      from.selectFrom('agentCases').select('agentId').where('caseId', '=', caseId),
    )
    .execute();
}

/** The same for one agent. */
export async function wantList(tx: Db, agentId: Uint8Array): Promise<void> {
  await tx
    .updateTable('agentLists')
    .set((row) => ({ wanted: row('wanted', '+', 1) }))
    .where('agentId', '=', agentId)
    .execute();
}

/** Gives a key that was taken a list of its own, to be made soon. */
export async function beginList(tx: Db, keyId: Uint8Array, agentId: Uint8Array): Promise<void> {
  await tx
    .insertInto('agentLists')
    .values({ keyId, agentId, version: 0, day: '', wanted: 1 })
    .onConflict((on) => on.column('keyId').doNothing())
    .execute();
}

/** Notes whom an agent acted for. */
export async function noteAgentCase(tx: Db, agentId: Uint8Array, caseId: Uint8Array): Promise<void> {
  await tx
    .insertInto('agentCases')
    .values({ agentId, caseId })
    .onConflict((on) => on.columns(['agentId', 'caseId']).doNothing())
    .execute();
  await wantList(tx, agentId);
}
