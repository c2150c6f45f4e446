/** The list of a desk's cases: what waits, what is late or soon will be. Names no person, and no private matter. */
import { type ExpressionBuilder, type RawBuilder, sql } from 'kysely';
import { toHex } from '../../base/bytes.ts';
import { civilTime, isoDate } from '../../base/calendar.ts';
import { displayName } from '../../catalog/describe.ts';
import { type DueRules, lastSoonDay, nearnessOf } from '../cases/due.ts';
import type { CaseStatus } from '../cases/machine.ts';
import { dayInWords } from '../cases/words.ts';
import { unknownYears } from '../cases/working-calendar.ts';
import type { PlatformContext } from '../context.ts';
import { type Html, html } from '../pages/html.ts';
import type { CaseRow, Tables } from '../store/tables.ts';
import type { DeskAnswer, DeskCall } from './call.ts';
import { lateCallsView } from './call-backs-view.ts';

/** What staff read for a status. */
export const STATUS_WORDS: Readonly<Record<CaseStatus, string>> = {
  received: '待受理',
  accepted: '办理中',
  supplement: '等补材料',
  supplemented: '材料已补',
  finished: '办好了',
  refused: '没办成',
  withdrawn: '已撤回',
};

const OPEN: readonly CaseStatus[] = ['received', 'supplemented', 'accepted'];

/** Which cases a list shows; `due` narrows it to those that are late, soon will be, or whose resident let the day pass. */
interface Filter {
  readonly id: string;
  readonly words: string;
  readonly statuses: readonly CaseStatus[];
  readonly due?: 'late' | 'soon' | 'ask-late';
}

const FILTERS: readonly Filter[] = [
  { id: 'late', words: '已超期', statuses: OPEN, due: 'late' },
  { id: 'soon', words: '快到期', statuses: OPEN, due: 'soon' },
  { id: 'new', words: '待受理', statuses: ['received', 'supplemented'] },
  { id: 'open', words: '办理中', statuses: ['accepted'] },
  { id: 'asked', words: '等补材料', statuses: ['supplement'] },
  { id: 'ask-late', words: '过了补的日子', statuses: ['supplement'], due: 'ask-late' },
  { id: 'closed', words: '已办结', statuses: ['finished', 'refused', 'withdrawn'] },
];
const FIRST_SHOWN = 'new';

const ROWS = 50;

/** `GET /`. */
export async function listPage(call: DeskCall): Promise<DeskAnswer> {
  const wanted = FILTERS.find((filter) => filter.id === call.query.show);
  const chosen = wanted ?? FILTERS.find(({ id }) => id === FIRST_SHOWN)!;
  const pageNo = Math.max(1, Math.min(10_000, Number(call.query.page) || 1));
  const counts = await Promise.all(FILTERS.map((filter) => count(call, filter)));
  const rows = await readRows(call, chosen, pageNo);
  const total = counts[FILTERS.indexOf(chosen)]!;
  const body = html`<main><h1>办件</h1><p class="lead">快到期的在前面。等村民补材料的时候，天数停着不走。</p>
<nav class="filters" aria-label="筛选">${FILTERS.map((filter, index) => tab(filter, counts[index]!, filter === chosen))}</nav>
${calendarNote(call, rows)}${await lateCallsView(call)}
${rows.length === 0 ? html`<p class="none">这里没有办件。</p>` : table(call, rows)}
${pages(chosen.id, pageNo, total)}</main>`;
  return { title: '办件', body, at: '/' };
}

function tab({ id, words, due }: Filter, cases: number, isChosen: boolean): Html {
  const look = cases === 0 || due === undefined ? null : html` class="${due === 'soon' ? 'soon' : 'late'}"`;
  const current = isChosen ? html` aria-current="true"` : null;
  return html`<a href="/?show=${id}"${current}${look}>${words} <b>${cases}</b></a>`;
}

/** Says where days are counted by weekends alone, because nobody has written that year's holidays down. */
function calendarNote({ context, due }: DeskCall, rows: readonly CaseRow[]): Html | null {
  const today = isoDate(context.clock.wallMs());
  const last = rows.reduce(
    (latest, { dueDate }) => (dueDate !== null && dueDate > latest ? dueDate : latest),
    today,
  );
  const years = unknownYears(due.calendar, today, last);
  if (years.length === 0) return null;
  return html`<p class="wait">${years.join('、')} 年的放假安排还没有放进来，期限先只按周末算。请告诉运维。</p>`;
}

/** What a case is called in a list: neutral when its matter is private. */
export function listName(context: Pick<PlatformContext, 'book'>, row: CaseRow): string {
  if (row.kind === 'not-me') return '“不是我办的”报告';
  const matter = context.book.find(row.matterId);
  return matter ? displayName(matter, { inLists: true }).zh : '本平台不认识的事项';
}

/** When a step is due, and how near that is. */
export function dueCell(
  rules: DueRules,
  row: Pick<CaseRow, 'dueDate' | 'deskDueDate' | 'askBy' | 'status'>,
  nowMs: number,
): Html {
  const { dueDate, deskDueDate } = row;
  if (dueDate === null)
    return row.status === 'supplement' ? askCell(row.askBy, nowMs) : html`<span class="aside">—</span>`;
  if (deskDueDate === null || deskDueDate >= dueDate) return dayCell(rules, nowMs, dueDate, '最迟');
  return html`${dayCell(rules, nowMs, deskDueDate, '本级最迟')} <span class="aside">全件最迟 ${dayInWords(dueDate)}</span>`;
}

/** Until when something was asked for; the days of the desk stand still. */
function askCell(askBy: string | null, nowMs: number): Html {
  if (askBy === null) return html`<span class="aside">等村民补，停着</span>`;
  const day = `村民最迟 ${dayInWords(askBy)} 补`;
  return askBy < isoDate(nowMs)
    ? html`<span class="late">${day}，已经过了</span>`
    : html`<span class="aside">${day}，停着</span>`;
}

function dayCell(rules: DueRules, nowMs: number, dueDate: string, what: string): Html {
  const { nearness, left } = nearnessOf(rules, nowMs, dueDate);
  const day = `${what} ${dayInWords(dueDate)}`;
  if (nearness === 'late') {
    return html`<span class="late">${day}，${left === 0 ? '已经过了' : `过了 ${-left} 个工作日`}</span>`;
  }
  const words = left === 0 ? '就是今天' : `还有 ${left} 个工作日`;
  return html`<span class="${nearness === 'soon' ? 'soon' : 'number'}">${day}，${words}</span>`;
}

/** A status as a coloured word; a frozen case says so first. */
export function statusTag(row: Pick<CaseRow, 'status' | 'frozen'>): Html {
  const status = row.status as CaseStatus;
  const frozen = row.frozen === 1 ? html`<span class="tag danger">已冻结</span> ` : null;
  const look = status === 'supplement' ? 'tag waits' : isDone(status) ? 'tag off' : 'tag';
  return html`${frozen}<span class="${look}">${STATUS_WORDS[status]}</span>`;
}

/** Month, day and time in China. */
export function momentWords(ms: number): string {
  const { month, day, hour, minute } = civilTime(ms);
  return `${month}月${day}日 ${hour}:${String(minute).padStart(2, '0')}`;
}

/** Twelve digits as they stand on a slip. */
export function numberWords(localNumber: string): string {
  return localNumber.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1 $2 $3');
}

function isDone(status: CaseStatus): boolean {
  return status === 'finished' || status === 'refused' || status === 'withdrawn';
}

function table({ context, due }: DeskCall, rows: readonly CaseRow[]): Html {
  const nowMs = context.clock.wallMs();
  return html`<table><thead><tr><th>编号</th><th>事项</th><th>村</th><th>收到</th><th>期限</th><th>状态</th></tr></thead><tbody>${rows.map(
    (
      row,
    ) => html`<tr><td class="number"><a href="/cases/${toHex(row.caseId)}">${numberWords(row.localNumber)}</a></td>
<td>${listName(context, row)}</td><td>${row.villageName}</td><td class="number">${momentWords(row.receivedMs)}</td>
<td>${dueCell(due, row, nowMs)}</td><td>${statusTag(row)}</td></tr>`,
  )}</tbody></table>`;
}

function pages(show: string, pageNo: number, total: number): Html | null {
  if (total <= ROWS) return null;
  const last = Math.ceil(total / ROWS);
  const link = (to: number, words: string) =>
    to < 1 || to > last ? null : html` <a href="/?show=${show}&amp;page=${to}">${words}</a>`;
  return html`<p class="lead">第 ${pageNo} 页，共 ${last} 页${link(pageNo - 1, '上一页')}${link(pageNo + 1, '下一页')}</p>`;
}

/** The day of this level where its matter names one, which never is after the whole's. */
function nextDay(column: ExpressionBuilder<Tables, 'cases'>) {
  return column.fn.coalesce('deskDueDate', 'dueDate', 'askBy');
}

/** This desk's own, and of those what the filter shows. */
function isShown({ context, session, due: rules }: DeskCall, { statuses, due }: Filter) {
  const nowMs = context.clock.wallMs();
  const today = isoDate(nowMs);
  return (column: ExpressionBuilder<Tables, 'cases'>) =>
    column.and([
      column('deskCode', '=', session.staff.deskCode),
      column('status', 'in', [...statuses]),
      ...(due === 'ask-late' ? [column('askBy', '<', today)] : []),
      ...(due === 'late' ? [column(nextDay(column), '<', today)] : []),
      ...(due === 'soon'
        ? [column(nextDay(column), '>=', today), column(nextDay(column), '<=', lastSoonDay(rules, nowMs))]
        : []),
    ]);
}

async function count(call: DeskCall, filter: Filter): Promise<number> {
  const { cases } = await call.context.store.db
    .selectFrom('cases')
    .select((column) => column.fn.countAll<number>().as('cases'))
    .where(isShown(call, filter))
    .executeTakeFirstOrThrow();
  return Number(cases);
}

function readRows(call: DeskCall, filter: Filter, pageNo: number): Promise<CaseRow[]> {
  // Both databases put no date last in this way; left alone they differ.
  const noDate: RawBuilder<unknown> = sql`COALESCE(due_date, ask_by) IS NULL`;
  return call.context.store.db
    .selectFrom('cases')
    .selectAll()
    .where(isShown(call, filter))
    .orderBy('frozen', 'desc')
    .orderBy(noDate)
    .orderBy((column) => nextDay(column))
    .orderBy('receivedMs', filter.id === 'closed' ? 'desc' : 'asc')
    .limit(ROWS)
    .offset((pageNo - 1) * ROWS)
    .execute();
}
