/** Ratings: to the county each bad one, until somebody looked into it; to a village and a town monthly sums alone. */
import { findHex, toHex } from '../../base/bytes.ts';
import { findVillageText } from '../../catalog/places.ts';
import { readContent } from '../../sync/content-coding.ts';
import { ratingContentSchema } from '../../sync/contents.ts';
import { cellOf } from '../access/table.ts';
import { getContent } from '../intake/read-body.ts';
import { type Html, html } from '../pages/html.ts';
import { decidedInTime, inTimeShare } from '../ratings/in-time.ts';
import { FEWEST, goodShare, monthSums, ratingsOf } from '../ratings/ratings.ts';
import { type DeskAnswer, type DeskCall, NOT_HERE, tokenField } from './call.ts';
import { dueCell, momentWords, numberWords } from './list-page.ts';
import { deskName } from './staff.ts';

const ROWS = 100;
const GRADES = ['', '非常不满意', '不满意', '基本满意', '满意', '非常满意'] as const;

/** `GET /ratings`. */
export async function ratingsPage(call: DeskCall): Promise<DeskAnswer> {
  const { context, session, level } = call;
  const isAll = cellOf('ratings.list', level) === 'all';
  const nowMs = context.clock.wallMs();
  const rated = await ratingsOf(context.store.db, isAll ? '' : session.staff.deskCode, nowMs);
  const sums = monthSums(rated, nowMs);
  const table = html`<table><thead><tr><th>月份</th><th>村</th><th>评价</th><th>满意</th></tr></thead><tbody>${sums.map(
    (sum) =>
      html`<tr id="${sum.month}-${sum.villageCode}"><td class="number">${sum.month}</td><td>${findVillageText(sum.villageCode)?.zh ?? sum.villageCode}</td><td class="number">${sum.ratings} 条</td><td class="number">${goodShare(sum)}%</td></tr>`,
  )}</tbody></table>`;
  const decided = await decidedInTime(context.store.db, isAll ? null : session.staff.deskCode, nowMs);
  const inTime = html`<table><thead><tr><th>工位</th><th>办结</th><th>按时</th></tr></thead><tbody>${decided.map(
    (one) =>
      html`<tr><td>${deskName(context.county, one.deskCode)}</td><td class="number">${one.decided} 件</td><td class="number">${inTimeShare(one)}</td></tr>`,
  )}</tbody></table>`;
  const body = html`<main><h1>评价</h1><p class="lead">${isAll ? '差评要在 15 个工作日内核实。' : null}各村按月合计，一个月满 ${FEWEST} 条才显示，当月的下月看。</p>
${isAll ? await openRatings(call) : null}
<h2>各村各月</h2>${sums.length === 0 ? html`<p class="none">还没有满 ${FEWEST} 条的月份。</p>` : table}
<h2>按时办结，近一年</h2>${decided.length === 0 ? html`<p class="none">还没有办结的。</p>` : inTime}</main>`;
  return { title: '评价', body, at: '/ratings' };
}

/** Bad ones nobody has looked into, first due first. */
async function openRatings(call: DeskCall): Promise<Html> {
  const nowMs = call.context.clock.wallMs();
  const rows = await call.context.store.db
    .selectFrom('ratings')
    .leftJoin('ratingEnds', 'ratingEnds.entryId', 'ratings.entryId')
    .select(['ratings.entryId', 'villageCode', 'grade', 'ratings.atMs', 'dueDate'])
    .where('dueDate', 'is not', null)
    .where('ratingEnds.entryId', 'is', null)
    .orderBy('dueDate')
    .orderBy('ratings.atMs')
    .limit(ROWS)
    .execute();
  if (rows.length === 0) return html`<h2>等核实的差评</h2><p class="none">没有。</p>`;
  return html`<h2>等核实的差评</h2><table><thead><tr><th>收到</th><th>村</th><th>评价</th><th>期限</th></tr></thead><tbody>${rows.map(
    ({ entryId, villageCode, grade, atMs, dueDate }) =>
      html`<tr><td class="number"><a href="/ratings/${toHex(entryId)}">${momentWords(atMs)}</a></td><td>${findVillageText(villageCode)?.zh ?? villageCode}</td><td>${GRADES[grade]}</td><td>${dueCell(call.due, { dueDate, deskDueDate: null, askBy: null, status: 'received' }, nowMs)}</td></tr>`,
  )}</tbody></table>`;
}

/** `GET /ratings/…`: what was written with it, opened for this look. */
export async function ratingPage(call: DeskCall): Promise<DeskAnswer> {
  return show(call, null);
}

/** `POST /ratings/…`: what was found and done; once. */
export async function closeRating(call: DeskCall): Promise<DeskAnswer> {
  const entryId = findHex(call.params.entryId ?? '');
  const words = call.form.words?.trim() ?? '';
  if (words === '') return show(call, '请写查明了什么、怎么改的');
  const row = entryId && (await findRating(call, entryId));
  if (!row || row.dueDate === null) return NOT_HERE;
  // What was written first stands.
  if (row.endedMs !== null) return show(call, '已经核实过了');
  const { staffId } = call.session.staff;
  await call.context.store.db
    .insertInto('ratingEnds')
    .values({ entryId: row.entryId, staffId, atMs: call.context.clock.wallMs(), words: words.slice(0, 500) })
    .execute();
  return { goTo: '/ratings' };
}

function findRating({ context }: DeskCall, entryId: Uint8Array) {
  return context.store.db
    .selectFrom('ratings')
    .leftJoin('ratingEnds', 'ratingEnds.entryId', 'ratings.entryId')
    .leftJoin('cases', 'cases.caseId', 'ratings.caseId')
    .select(['ratings.entryId', 'villageCode', 'grade', 'ratings.atMs', 'ratings.dueDate', 'localNumber'])
    .select(['ratingEnds.words', 'ratingEnds.atMs as endedMs'])
    .where('ratings.entryId', '=', entryId)
    .executeTakeFirst();
}

async function show(call: DeskCall, trouble: string | null): Promise<DeskAnswer> {
  const entryId = findHex(call.params.entryId ?? '');
  const row = entryId && (await findRating(call, entryId));
  if (!row) return NOT_HERE;
  const content = readContent(ratingContentSchema, await getContent(call.context, row.entryId));
  const said = content.ok ? content.value.words : null;
  const ended =
    row.endedMs === null
      ? html`<form method="post" action="/ratings/${toHex(row.entryId)}">${tokenField(call.session)}<label for="words">查明了什么、怎么改的</label><textarea id="words" name="words" maxlength="500" required></textarea><button class="main">核实好了</button></form>`
      : html`<p>${row.words}</p><p class="aside">${momentWords(row.endedMs)} 核实</p>`;
  const body = html`<main><p><a href="/ratings">‹ 评价</a></p><h1>${GRADES[row.grade]}</h1>
<p class="lead">${findVillageText(row.villageCode)?.zh ?? row.villageCode} · ${momentWords(row.atMs)}${row.localNumber === null ? null : html` · 办件 <span class="number">${numberWords(row.localNumber)}</span>`}</p>
${trouble ? html`<p class="trouble" role="alert">${trouble}</p>` : null}
<section class="card"><h2>说了什么</h2><p>${said ?? '没有写'}</p></section>
<section class="card"><h2>核实</h2>${ended}</section></main>`;
  return { title: '评价', body, at: '/ratings', ...(trouble && { status: 422 }) };
}
