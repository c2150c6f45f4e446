/** What desks asked of a case, and when: from its log. */
import type { Db } from '../store/store.ts';

/** Whether the ask of that time was not the last one. One that nobody here knows of is taken for the last. */
export async function isAskedAnew(tx: Db, caseId: Uint8Array, askedMs: number): Promise<boolean> {
  const asks = await tx
    .selectFrom('caseActions')
    .select('atMs')
    .where('caseId', '=', caseId)
    .where('action', '=', 'ask-supplement')
    .orderBy('no')
    .execute();
  return asks.slice(0, -1).some(({ atMs }) => atMs === askedMs) && asks.at(-1)?.atMs !== askedMs;
}

/** Whether anything was asked of a case at that very time. */
export async function wasAsked(tx: Db, caseId: Uint8Array, askedMs: number): Promise<boolean> {
  const ask = await tx
    .selectFrom('caseActions')
    .select('no')
    .where('caseId', '=', caseId)
    .where('action', '=', 'ask-supplement')
    .where('atMs', '=', askedMs)
    .executeTakeFirst();
  return ask !== undefined;
}
