/**
 * Somebody asked to be called (a matter that says `callBack`): the village's agent has it on their list as a call with a
 * day, the town has the case, and the person is told who calls and by when. Who asks again while it is open is told the
 * same, and stands on the list once.
 */
import { concat, label, toHex } from '../../base/bytes.ts';
import { findPhone } from '../../catalog/phone.ts';
import type { Matter } from '../../catalog/schema.ts';
import { type Act, actOnCase } from '../cases/act.ts';
import type { FilingScope, HeldEntry } from '../cases/file.ts';
import type { CaseFacts } from '../cases/reading.ts';
import { dayInWords } from '../cases/words.ts';
import { workingDaysAfter } from '../cases/working-days.ts';
import type { Outbox } from '../feed/outbox.ts';
import { misuseDigest } from '../misuse/marks.ts';
import type { Db } from '../store/store.ts';
import { CALLING_OFFICE } from './call-backs.ts';
import { noteAgentCase } from './wanted.ts';

const CALL_LABEL = label('yizhan/call-wish/1');

/** Notes the wish of a case that was just filed; said again it is the same. */
export async function takeCallWish(
  { tx, context, rows, outbox }: FilingScope,
  { place }: Pick<HeldEntry, 'place'>,
  matter: Matter,
  facts: CaseFacts,
): Promise<void> {
  await rows.flush();
  const { caseId } = facts;
  const nowMs = context.clock.wallMs();
  const key = context.keys.misuseKey();
  const { phone, person } = askerOf(matter, facts);
  // What is no telephone can be called by nobody: the case stands at its desk.
  if (phone === undefined) return;
  const phoneMark = misuseDigest(context.crypto, key, ['call-wish/phone', phone]);
  const personMark = person === null ? null : misuseDigest(context.crypto, key, ['call-wish/person', person]);
  const open = await findOpenWish(tx, phoneMark, personMark);
  const callBackId = open?.callBackId ?? context.crypto.sha256(concat(CALL_LABEL, caseId)).slice(0, 16);
  const day = open?.day ?? workingDaysAfter(context.calendar, nowMs, matter.time?.workingDays ?? 0);
  if (day === null) return;
  const agent = open ? await findAgentOf(tx, open.agentId) : await findCaller(tx, place.village.code, nowMs);
  if (open === undefined)
    await tx
      .insertInto('callBacks')
      .values({
        ...{ callBackId, caseId, agentId: agent?.agentId ?? null, staffId: null, day },
        ...{ madeMs: nowMs, doneMs: null },
      })
      .onConflict((on) => on.column('callBackId').doNothing())
      .execute();
  await tx
    .insertInto('callWishes')
    .values({ caseId, callBackId, phoneMark, personMark })
    .onConflict((on) => on.column('caseId').doNothing())
    .execute();
  if (open === undefined && agent) await noteAgentCase(tx, agent.agentId, caseId);
  const who = agent ? `代办员${agent.name}` : CALLING_OFFICE;
  const words = `${open ? '上次已经记下了，' : ''}${who}最迟${dayInWords(day)}给您打电话`;
  await actOnCase(tx, context, { ...ownAct(caseId), action: 'accept', words }, outbox);
}

/** The call was made: whoever waits for it is told. `by` is whoever said so. */
export async function endCallWish(
  tx: Db,
  context: Parameters<typeof actOnCase>[1],
  callBackId: Uint8Array,
  by: Pick<Act, 'staffId' | 'entryId'>,
  outbox: Outbox,
): Promise<void> {
  const waiting = await tx
    .selectFrom('callWishes')
    .select('caseId')
    .where('callBackId', '=', callBackId)
    .execute();
  for (const { caseId } of waiting) {
    const actionKey = `call-made/${toHex(caseId)}`;
    // One that was taken back or decided meanwhile stays as it is.
    await actOnCase(tx, context, { ...ownAct(caseId), ...by, actionKey, ...MADE }, outbox);
  }
}

const MADE = { action: 'finish', words: '电话打过了' } as const;

function ownAct(caseId: Uint8Array) {
  return {
    caseId,
    actionKey: `call-wish/${toHex(caseId)}`,
    provinceNumber: null,
    staffId: null,
    entryId: null,
    seenActionCount: null,
  };
}

/** The telephone that was left, and the number of the card where one was laid. */
function askerOf(
  matter: Matter,
  { answers, submitter }: CaseFacts,
): { readonly phone: string | undefined; readonly person: string | null } {
  const question = matter.questions.find(({ type }) => type === 'phone');
  const typed = question === undefined ? undefined : answers[question.id];
  const phone = typeof typed === 'string' ? findPhone(typed) : undefined;
  return { phone, person: submitter?.number?.toUpperCase() ?? null };
}

/** The call that this telephone or person waits for already. */
function findOpenWish(tx: Db, phoneMark: Uint8Array, personMark: Uint8Array | null) {
  return tx
    .selectFrom('callWishes')
    .innerJoin('callBacks', 'callBacks.callBackId', 'callWishes.callBackId')
    .select(['callBacks.callBackId', 'callBacks.day', 'callBacks.agentId'])
    .where('callBacks.doneMs', 'is', null)
    .where((where) =>
      where.or([
        where('callWishes.phoneMark', '=', phoneMark),
        ...(personMark === null ? [] : [where('callWishes.personMark', '=', personMark)]),
      ]),
    )
    .executeTakeFirst();
}

/** The agent of a village who has the fewest calls before them, and a machine to read their list at. */
async function findCaller(tx: Db, villageCode: string, nowMs: number) {
  const agents = await tx
    .selectFrom('agents')
    .select(['agentId', 'name', 'enrolledMs'])
    .where('villageCode', '=', villageCode)
    .where('revokedMs', 'is', null)
    .where('untilMs', '>', nowMs)
    .where('agentId', 'in', (from) =>
      from.selectFrom('agentKeys').select('agentKeys.agentId').where('refused', 'is', null),
    )
    .orderBy('enrolledMs')
    .execute();
  const waiting = await Promise.all(agents.map(({ agentId }) => countOpen(tx, agentId)));
  const least = Math.min(...waiting);
  return agents[waiting.indexOf(least)];
}

async function countOpen(tx: Db, agentId: Uint8Array): Promise<number> {
  const { count } = await tx
    .selectFrom('callBacks')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('agentId', '=', agentId)
    .where('doneMs', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(count);
}

async function findAgentOf(tx: Db, agentId: Uint8Array | null) {
  if (agentId === null) return undefined;
  return tx
    .selectFrom('agents')
    .select(['agentId', 'name', 'enrolledMs'])
    .where('agentId', '=', agentId)
    .executeTakeFirst();
}
