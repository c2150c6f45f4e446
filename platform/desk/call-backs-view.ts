/** Calls about a case, at its desk: who promised one and by which day, a form to promise one, a key when it was made. */
import { findHex, toHex } from '../../base/bytes.ts';
import { addDays, findDateStartMs, isoDate } from '../../base/calendar.ts';
import {
  type CallBackLine,
  callBacksOf,
  closeCallBack,
  lateCalls,
  promiseAtDesk,
} from '../agents/call-backs.ts';
import { endCallWish } from '../agents/call-wishes.ts';
import { flushOutbox, type Outbox, ringFor } from '../feed/outbox.ts';
import { type Html, html } from '../pages/html.ts';
import type { CaseRow } from '../store/tables.ts';
import { type DeskAnswer, type DeskCall, NOT_HERE, tokenField } from './call.ts';
import { findOwnCase } from './own-case.ts';

/** Nobody is promised a call in a month. */
const MOST_DAYS = 31;

/** The section on the page of a case. */
export async function callBacksView(call: DeskCall, row: CaseRow): Promise<Html> {
  const calls = await callBacksOf(call.context.store.db, row.caseId);
  const today = isoDate(call.context.clock.wallMs());
  return html`<section class="card" id="calls"><h2>回电</h2>${calls.map((one) => lineOf(call, one, today))}
<details><summary>答应给村民回电</summary><form method="post" action="/cases/${toHex(row.caseId)}/calls">${tokenField(call.session)}
<p>谁打：${call.session.staff.name}</p><label for="call-day">哪天以前打</label><input id="call-day" type="date" name="day" min="${today}" max="${addDays(today, MOST_DAYS)}" required><button class="main" name="call" value="promise">记下</button></form></details></section>`;
}

function lineOf(call: DeskCall, one: CallBackLine, today: string): Html {
  const { callBackId, caseId, owner, day, doneMs } = one;
  const late = doneMs === null && day < today;
  return html`<p>${owner}，${day} 以前 ${
    doneMs === null
      ? html`${late ? html`<span class="tag danger">过了日子</span> ` : null}<form method="post" action="/cases/${toHex(caseId)}/calls">${tokenField(call.session)}<input type="hidden" name="callBack" value="${toHex(callBackId)}"><button name="call" value="made">打过了</button></form>`
      : html`<span class="tag">打过了</span>`
  }</p>`;
}

/** Above the list of cases: calls of this desk that are past their day; nothing where there are none. */
export async function lateCallsView(call: DeskCall): Promise<Html | null> {
  const today = isoDate(call.context.clock.wallMs());
  const late = await lateCalls(call.context.store.db, call.session.staff.deskCode, today);
  if (late.length === 0) return null;
  const lines = late.map(
    ({ caseId, localNumber, owner, day }) =>
      html` <a href="/cases/${toHex(caseId)}#calls"><span class="number">${localNumber}</span> ${owner} ${day}</a>`,
  );
  return html`<p class="trouble" id="late-calls">答应的回电过了日子：${lines}</p>`;
}

/** `POST /cases/…/calls`. */
export async function actOnCalls(call: DeskCall): Promise<DeskAnswer> {
  const row = await findOwnCase(call);
  if (!row) return NOT_HERE;
  const { context, session, form } = call;
  const { db } = context.store;
  const nowMs = context.clock.wallMs();
  if (form.call === 'made') {
    const callBackId = findHex(form.callBack ?? '');
    const known = (await callBacksOf(db, row.caseId)).map((one) => toHex(one.callBackId));
    if (callBackId === undefined || !known.includes(toHex(callBackId))) return NOT_HERE;
    const outbox: Outbox = [];
    await context.store.transaction(async (tx) => {
      outbox.length = 0;
      await closeCallBack(tx, callBackId, nowMs);
      await endCallWish(tx, context, callBackId, { staffId: session.staff.staffId, entryId: null }, outbox);
      await flushOutbox(tx, outbox, nowMs);
    });
    ringFor(context.bell, outbox);
    return { goTo: `/cases/${toHex(row.caseId)}` };
  }
  const day = form.day ?? '';
  const today = isoDate(nowMs);
  if (findDateStartMs(day) === undefined || day < today || day > addDays(today, MOST_DAYS)) return NOT_HERE;
  const { staffId } = session.staff;
  await promiseAtDesk(db, {
    ...{ callBackId: context.crypto.randomBytes(16), caseId: row.caseId, day, madeMs: nowMs, staffId },
  });
  return { goTo: `/cases/${toHex(row.caseId)}` };
}
