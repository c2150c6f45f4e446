/** Calls that somebody promised about a case: by an agent at a machine, or by staff at a desk; each with a last day. */
import { equalBytes } from '../../base/bytes.ts';
import type { CallBackRow } from '../store/agent-work-tables.ts';
import type { Db } from '../store/store.ts';
import { wantList } from './wanted.ts';

/** Who calls where neither an agent nor anybody of a desk promised it. */
export const CALLING_OFFICE = '镇便民中心';

/** What an entry says of a call. */
export type CallBackWord =
  | {
      readonly said: 'promised';
      readonly agentId: Uint8Array;
      readonly caseId: Uint8Array;
      readonly day: string;
    }
  | { readonly said: 'done'; readonly agentId: Uint8Array; readonly callBackId: Uint8Array };

/** `no-case`: of a case that has not come; `not-theirs`: another's promise, or none. */
export type CallBackTaken = 'taken' | 'no-case' | 'not-theirs';

/** Takes what an entry of this id says. Said again it is the same. */
export async function takeCallBack(
  tx: Db,
  submissionId: Uint8Array,
  word: CallBackWord,
  nowMs: number,
): Promise<CallBackTaken> {
  const { agentId } = word;
  const agent = await tx
    .selectFrom('agents')
    .select('agentId')
    .where('agentId', '=', agentId)
    .executeTakeFirst();
  if (agent === undefined) return 'not-theirs';
  if (word.said === 'done') {
    const row = await tx
      .selectFrom('callBacks')
      .selectAll()
      .where('callBackId', '=', word.callBackId)
      .executeTakeFirst();
    if (row?.agentId == null || !equalBytes(row.agentId, agentId)) return 'not-theirs';
    await closeCallBack(tx, word.callBackId, nowMs);
    return 'taken';
  }
  const known = await tx
    .selectFrom('cases')
    .select('caseId')
    .where('caseId', '=', word.caseId)
    .executeTakeFirst();
  if (known === undefined) return 'no-case';
  await tx
    .insertInto('callBacks')
    .values({
      ...{ callBackId: submissionId, caseId: word.caseId, agentId, staffId: null, day: word.day },
      ...{ madeMs: nowMs, doneMs: null },
    })
    .onConflict((on) => on.column('callBackId').doNothing())
    .execute();
  await tx
    .insertInto('agentCases')
    .values({ agentId, caseId: word.caseId })
    .onConflict((on) => on.columns(['agentId', 'caseId']).doNothing())
    .execute();
  await wantList(tx, agentId);
  return 'taken';
}

/** Staff promise a call about a case of their desk. */
export async function promiseAtDesk(
  tx: Db,
  promise: Pick<CallBackRow, 'callBackId' | 'caseId' | 'day' | 'madeMs'> & { readonly staffId: number },
): Promise<void> {
  await tx
    .insertInto('callBacks')
    .values({ ...promise, agentId: null, doneMs: null })
    .onConflict((on) => on.column('callBackId').doNothing())
    .execute();
}

/** The call was made; whoever closes it, once. */
export async function closeCallBack(tx: Db, callBackId: Uint8Array, nowMs: number): Promise<void> {
  const row = await tx
    .selectFrom('callBacks')
    .select('agentId')
    .where('callBackId', '=', callBackId)
    .executeTakeFirst();
  await tx
    .updateTable('callBacks')
    .set({ doneMs: nowMs })
    .where('callBackId', '=', callBackId)
    .where('doneMs', 'is', null)
    .execute();
  if (row?.agentId) await wantList(tx, row.agentId);
}

/** A case in which somebody asked to be called was decided, or taken back: where nobody else waits for the call, it is off. */
export async function dropCallWish(tx: Db, caseId: Uint8Array, nowMs: number): Promise<void> {
  const wish = await tx
    .selectFrom('callWishes')
    .select('callBackId')
    .where('caseId', '=', caseId)
    .executeTakeFirst();
  if (wish === undefined) return;
  const waits = await tx
    .selectFrom('callWishes')
    .innerJoin('cases', 'cases.caseId', 'callWishes.caseId')
    .select('cases.caseId')
    .where('callWishes.callBackId', '=', wish.callBackId)
    .where('cases.status', 'in', ['received', 'accepted', 'supplement', 'supplemented'])
    .executeTakeFirst();
  if (waits === undefined) await closeCallBack(tx, wish.callBackId, nowMs);
}

/** A call as a desk reads it, with the name of who promised it. */
export interface CallBackLine extends CallBackRow {
  readonly owner: string;
}

/** Calls about one case: open ones first, by their day. */
export async function callBacksOf(db: Db, caseId: Uint8Array): Promise<readonly CallBackLine[]> {
  const rows = await db
    .selectFrom('callBacks')
    .leftJoin('agents', 'agents.agentId', 'callBacks.agentId')
    .leftJoin('staff', 'staff.staffId', 'callBacks.staffId')
    .selectAll('callBacks')
    .select(['agents.name as agentName', 'staff.name as staffName'])
    .where('callBacks.caseId', '=', caseId)
    .orderBy('callBacks.day')
    .execute();
  return rows
    .map(({ agentName, staffName, ...row }) => ({ ...row, owner: agentName ?? staffName ?? CALLING_OFFICE }))
    .sort((a, b) => Number(a.doneMs !== null) - Number(b.doneMs !== null));
}

/** A call that was promised about a case of a desk's, and is past its day. */
export interface LateCall extends Pick<CallBackLine, 'caseId' | 'day' | 'owner'> {
  readonly localNumber: string;
}

/** Those of this desk, the oldest first; `today` is an ISO date. */
export async function lateCalls(db: Db, deskCode: string, today: string): Promise<readonly LateCall[]> {
  const rows = await db
    .selectFrom('callBacks')
    .innerJoin('cases', 'cases.caseId', 'callBacks.caseId')
    .leftJoin('agents', 'agents.agentId', 'callBacks.agentId')
    .leftJoin('staff', 'staff.staffId', 'callBacks.staffId')
    .select(['callBacks.caseId', 'callBacks.day', 'cases.localNumber'])
    .select(['agents.name as agentName', 'staff.name as staffName'])
    .where('cases.deskCode', '=', deskCode)
    .where('callBacks.doneMs', 'is', null)
    .where('callBacks.day', '<', today)
    .orderBy('callBacks.day')
    .limit(20)
    .execute();
  return rows.map(({ agentName, staffName, ...row }) => ({
    ...row,
    owner: agentName ?? staffName ?? CALLING_OFFICE,
  }));
}
