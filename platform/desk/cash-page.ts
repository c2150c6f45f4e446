/** 现金: what agents took for bills, by agent and day; first what a day later is neither paid nor given back. */
import { findHex, toHex } from '../../base/bytes.ts';
import { yuanText } from '../../catalog/text.ts';
import { readContent } from '../../sync/content-coding.ts';
import { caseContentSchema } from '../../sync/contents.ts';
import {
  type CashLine,
  cashSince,
  endCash,
  findCash,
  SETTLE_WITHIN_MS,
  unsettledCash,
} from '../cash/cash.ts';
import type { PlatformContext } from '../context.ts';
import { getContent } from '../intake/read-body.ts';
import { type Html, html } from '../pages/html.ts';
import type { CaseRow } from '../store/tables.ts';
import { type DeskAnswer, type DeskCall, NOT_HERE, tokenField } from './call.ts';
import { row as line } from './content-view.ts';
import { momentWords, numberWords } from './list-page.ts';

const DAYS_SHOWN = 31;
const WORDS_LENGTH = 500;
const DAY_MS = 86_400_000;

const STATE_WORDS: Readonly<Record<CashLine['state'], string>> = {
  paid: '缴好了',
  returned: '没缴成，退给本人了',
  open: '还没了结',
  'found-out': '没缴没退，工位问过了',
};

/** Whether the cash a form is about was taken in this town. */
export async function isOwnCash({ context, session, form }: DeskCall): Promise<boolean> {
  const caseId = findHex(form.case ?? '');
  const cash = caseId && (await findCash(context.store.db, caseId));
  return cash?.townCode === session.staff.deskCode;
}

/** `GET /cash`: a town its own, the county all. */
export async function cashPage(call: DeskCall): Promise<DeskAnswer> {
  return show(call, null);
}

/** `POST /cash`: what they found out of cash that is not settled. */
export async function endCashOnPage(call: DeskCall): Promise<DeskAnswer> {
  const { context, session, form } = call;
  const caseId = findHex(form.case ?? '');
  const words = form.words?.trim().slice(0, WORDS_LENGTH) ?? '';
  if (caseId === undefined) return NOT_HERE;
  if (words === '') return show(call, '请写问了谁、钱怎么了结的');
  const { deskCode, staffId } = session.staff;
  const end = { caseId, deskCode, staffId, atMs: context.clock.wallMs(), words };
  if (!(await endCash(context.store, end))) return show(call, '刚才了结了，或者有人写过了');
  return { goTo: '/cash' };
}

async function show(call: DeskCall, trouble: string | null): Promise<DeskAnswer> {
  const { context, session, level } = call;
  const { db } = context.store;
  const nowMs = context.clock.wallMs();
  const { deskCode } = session.staff;
  const townCode = level === 'county' ? null : deskCode;
  const late = await unsettledCash(db, townCode, nowMs - SETTLE_WITHIN_MS);
  const sums = sumsOf(await cashSince(db, townCode, nowMs - DAYS_SHOWN * DAY_MS));
  const lateTable = html`<table><thead><tr><th>收的时候</th><th>村</th><th>代办员</th><th>办件</th><th>现金</th><th>问到什么</th></tr></thead><tbody>${late.map(
    (one) =>
      html`<tr><td class="number">${momentWords(one.takenMs)} <span class="late">过一天了</span></td><td>${one.villageName}</td><td>${nameOf(one)}</td><td class="number">${
        one.deskCode === deskCode
          ? html`<a href="/cases/${toHex(one.caseId)}">${numberWords(one.localNumber)}</a>`
          : html`${numberWords(one.localNumber)}`
      }</td><td class="number">${yuan(one.amountFen)}</td><td>${endForm(call, one)}</td></tr>`,
  )}</tbody></table>`;
  const sumTable = html`<table><thead><tr><th>日期</th><th>村</th><th>代办员</th><th>收了</th><th>缴好了</th><th>退了</th><th>没了结</th></tr></thead><tbody>${sums.map(
    (sum) =>
      html`<tr id="${sum.id}"><td class="number">${sum.day}</td><td>${sum.villageName}</td><td>${sum.agentName}</td><td class="number">${yuan(sum.takenFen)}，${sum.count} 笔${
        sum.isOver ? html` <span class="late">超过上限</span>` : null
      }</td><td class="number">${fenOrNone(sum.paidFen)}</td><td class="number">${fenOrNone(sum.returnedFen)}</td><td class="number">${fenOrNone(sum.openFen)}</td></tr>`,
  )}</tbody></table>`;
  const body = html`<main><h1>现金</h1>${trouble ? html`<p class="trouble" role="alert">${trouble}</p>` : null}<p class="lead">村民把现金交给代办员，代办员当场用手机缴。一名代办员一天最多收 ${yuan(context.cashCapFen)}。</p>
<h2>过一天还没了结</h2>${late.length === 0 ? html`<p class="none">没有：收了的都缴了，或者退了。</p>` : lateTable}
<h2>各人各天，近 ${DAYS_SHOWN} 天</h2>${sums.length === 0 ? html`<p class="none">没有人收过现金。</p>` : sumTable}</main>`;
  return { title: '现金', body, at: '/cash', ...(trouble && { status: 422 }) };
}

function endForm({ session }: DeskCall, { caseId }: CashLine): Html {
  const id = toHex(caseId);
  return html`<details><summary>写下来</summary><form method="post" action="/cash">${tokenField(session)}<input type="hidden" name="case" value="${id}">
<label for="words-${id}">问了谁、钱怎么了结的（不写姓名和号码）</label><textarea id="words-${id}" name="words" maxlength="${WORDS_LENGTH}" required></textarea>
<button class="main">写下来</button></form></details>`;
}

const yuan = (fen: number) => yuanText(fen).zh;
const fenOrNone = (fen: number) => (fen === 0 ? '—' : yuan(fen));

interface DaySum {
  readonly id: string;
  readonly day: string;
  readonly villageName: string;
  readonly agentName: string;
  readonly count: number;
  readonly takenFen: number;
  readonly paidFen: number;
  readonly returnedFen: number;
  readonly openFen: number;
  readonly isOver: boolean;
}

/** By agent and day, the last day first. */
function sumsOf(all: readonly CashLine[]): readonly DaySum[] {
  const groups = Map.groupBy(all, ({ day, agentId }) => `${day}/${agentId === null ? '' : toHex(agentId)}`);
  return [...groups]
    .map(([key, rows]): DaySum => {
      const first = rows[0]!;
      const fen = (state: CashLine['state'] | null) =>
        rows.reduce((sum, one) => sum + (state === null || one.state === state ? one.amountFen : 0), 0);
      return {
        id: key.replace('/', '-'),
        ...{ day: first.day, villageName: first.villageName, agentName: nameOf(first), count: rows.length },
        ...{ takenFen: fen(null), paidFen: fen('paid'), returnedFen: fen('returned'), openFen: fen('open') },
        isOver: rows.some(({ overCap }) => overCap === 1),
      };
    })
    .sort((a, b) => b.day.localeCompare(a.day) || a.agentName.localeCompare(b.agentName));
}

function nameOf({ agentName }: Pick<CashLine, 'agentName'>): string {
  return agentName ?? '不认识的代办员';
}

/** On the page of a case that was paid with cash: how much, whose, in whose hand; nothing on any other. */
export async function cashView(context: PlatformContext, row: CaseRow): Promise<Html | null> {
  const cash = await findCash(context.store.db, row.caseId);
  if (cash === undefined) return null;
  const content = readContent(caseContentSchema, await getContent(context, cash.entryId));
  const payer = content.ok ? content.value.cash?.payer : undefined;
  return html`<section class="card"><h2>现金</h2><dl>
${line('多少', yuan(cash.amountFen))}
${line('谁交的', payer?.name ?? '没有写')}
${line('交给谁', nameOf(cash))}
${line('什么时候', momentWords(cash.takenMs))}
${line('现在', html`${STATE_WORDS[cash.state]}${cash.endWords === null ? null : `：${cash.endWords}`}${cash.overCap === 1 ? html` <span class="tag danger">超过一天的上限，没有开付款</span>` : null}`)}
</dl></section>`;
}
