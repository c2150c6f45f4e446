/** The list of a desk's cases: what waits, what is late. Names no person, and no private matter. */
import { type RawBuilder, sql } from 'kysely';
import { toHex } from '../../base/bytes.ts';
import { civilTime } from '../../base/calendar.ts';
import { displayName } from '../../catalog/describe.ts';
import type { CaseStatus } from '../cases/machine.ts';
import { dayInWords } from '../cases/words.ts';
import { workingDaysLeft } from '../cases/working-days.ts';
import type { PlatformContext } from '../context.ts';
import { type Html, html } from '../pages/html.ts';
import type { CaseRow } from '../store/tables.ts';
import type { DeskAnswer, DeskCall } from './call.ts';

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

const FILTERS: readonly {
  readonly id: string;
  readonly words: string;
  readonly statuses: readonly CaseStatus[];
}[] = [
  { id: 'new', words: '待受理', statuses: ['received', 'supplemented'] },
  { id: 'open', words: '办理中', statuses: ['accepted'] },
  { id: 'asked', words: '等补材料', statuses: ['supplement'] },
  { id: 'closed', words: '已办结', statuses: ['finished', 'refused', 'withdrawn'] },
];

const ROWS = 50;

/** `GET /`. */
export async function listPage(call: DeskCall): Promise<DeskAnswer> {
  const chosen = FILTERS.find((filter) => filter.id === call.query.show) ?? FILTERS[0]!;
  const pageNo = Math.max(1, Math.min(10_000, Number(call.query.page) || 1));
  const counts = await countByStatus(call);
  const rows = await readRows(call, chosen.statuses, pageNo);
  const total = sum(counts, chosen.statuses);
  const body = html`<main><h1>办件</h1><p class="lead">快到期的在前面。</p>
<nav class="filters" aria-label="筛选">${FILTERS.map((filter) => {
    const words = html`${filter.words} <b>${sum(counts, filter.statuses)}</b>`;
    return filter === chosen
      ? html`<a href="/?show=${filter.id}" aria-current="true">${words}</a>`
      : html`<a href="/?show=${filter.id}">${words}</a>`;
  })}</nav>
${rows.length === 0 ? html`<p class="none">这里没有办件。</p>` : table(call.context, rows)}
${pages(chosen.id, pageNo, total)}</main>`;
  return { title: '办件', body, at: '/' };
}

/** What a case is called in a list: neutral when its matter is private. */
export function listName(context: Pick<PlatformContext, 'book'>, row: CaseRow): string {
  if (row.kind === 'not-me') return '“不是我办的”报告';
  const matter = context.book.find(row.matterId);
  return matter ? displayName(matter, { inLists: true }).zh : '本平台不认识的事项';
}

/** When a step is due, and how near that is. */
export function dueCell(row: Pick<CaseRow, 'dueDate'>, nowMs: number): Html {
  if (row.dueDate === null) return html`<span class="aside">—</span>`;
  const left = workingDaysLeft(nowMs, row.dueDate);
  const day = `最迟 ${dayInWords(row.dueDate)}`;
  if (left < 0) return html`<span class="late">${day}，过了 ${-left} 个工作日</span>`;
  if (left <= 1)
    return html`<span class="soon">${day}，${left === 0 ? '就是今天' : '还有 1 个工作日'}</span>`;
  return html`<span class="number">${day}，还有 ${left} 个工作日</span>`;
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

function table(context: PlatformContext, rows: readonly CaseRow[]): Html {
  const nowMs = context.clock.wallMs();
  return html`<table><thead><tr><th>编号</th><th>事项</th><th>村</th><th>收到</th><th>期限</th><th>状态</th></tr></thead><tbody>${rows.map(
    (
      row,
    ) => html`<tr><td class="number"><a href="/cases/${toHex(row.caseId)}">${numberWords(row.localNumber)}</a></td>
<td>${listName(context, row)}</td><td>${row.villageName}</td><td class="number">${momentWords(row.receivedMs)}</td>
<td>${dueCell(row, nowMs)}</td><td>${statusTag(row)}</td></tr>`,
  )}</tbody></table>`;
}

function pages(show: string, pageNo: number, total: number): Html | null {
  if (total <= ROWS) return null;
  const last = Math.ceil(total / ROWS);
  const link = (to: number, words: string) =>
    to < 1 || to > last ? null : html` <a href="/?show=${show}&amp;page=${to}">${words}</a>`;
  return html`<p class="lead">第 ${pageNo} 页，共 ${last} 页${link(pageNo - 1, '上一页')}${link(pageNo + 1, '下一页')}</p>`;
}

async function countByStatus(call: DeskCall): Promise<ReadonlyMap<string, number>> {
  const rows = await call.context.store.db
    .selectFrom('cases')
    .select((column) => ['status', column.fn.countAll<number>().as('count')])
    .where('deskCode', '=', call.session.staff.deskCode)
    .groupBy('status')
    .execute();
  return new Map(rows.map((row) => [row.status, Number(row.count)]));
}

function sum(counts: ReadonlyMap<string, number>, statuses: readonly CaseStatus[]): number {
  return statuses.reduce((total, status) => total + (counts.get(status) ?? 0), 0);
}

function readRows(call: DeskCall, statuses: readonly CaseStatus[], pageNo: number): Promise<CaseRow[]> {
  // Both databases put no date last in this way; left alone they differ.
  const noDate: RawBuilder<unknown> = sql`due_date IS NULL`;
  return call.context.store.db
    .selectFrom('cases')
    .selectAll()
    .where('deskCode', '=', call.session.staff.deskCode)
    .where('status', 'in', [...statuses])
    .orderBy('frozen', 'desc')
    .orderBy(noDate)
    .orderBy('dueDate')
    .orderBy('receivedMs', statuses.includes('finished') ? 'desc' : 'asc')
    .limit(ROWS)
    .offset((pageNo - 1) * ROWS)
    .execute();
}
