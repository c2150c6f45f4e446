/** What the villages of this desk said to emergency notices: one table a notice, whoever was not heard from first. */
import { equalBytes, findHex, toHex } from '../../base/bytes.ts';
import { NOTICE_FORM } from '../../catalog/notice-form.ts';
import { TOWNS } from '../../catalog/places.ts';
import { readContent } from '../../sync/content-coding.ts';
import type { CaseContent } from '../../sync/contents.ts';
import { noticeContentSchema } from '../../sync/feed-contents.ts';
import { cellOf } from '../access/table.ts';
import {
  asksForHelp,
  concerns,
  type OpenedAnswer,
  openAnswer,
  openAnswers,
  type VillageReply,
  villageName,
  villageReplies,
} from '../notices/replies.ts';
import { type Html, html } from '../pages/html.ts';
import type { NoticeReplyRow } from '../store/community-tables.ts';
import type { NoticeRow } from '../store/tables.ts';
import { OUTCOME_WORDS } from './agents-view.ts';
import { serveListed, viewsAt } from './attachments.ts';
import { type DeskAnswer, type DeskCall, NOT_HERE } from './call.ts';
import { answersView } from './content-view.ts';
import { momentWords } from './list-page.ts';

/** How far back ended ones are shown. */
const SHOWN_MS = 30 * 86_400_000;
const NOTICES = 20;
/** As many villages without a machine are named; more are counted. */
const NAMED = 30;

/** A village's reply with its answers opened, the last first. */
interface Read extends VillageReply {
  readonly opened: readonly OpenedAnswer[];
}

/** The code of what a desk looks after. */
function areaOf({ level, session, context }: DeskCall): string {
  return cellOf('emergencies.list', level) === 'all' ? context.county.code : session.staff.deskCode;
}

/** `GET /emergencies`. */
export async function emergenciesPage(call: DeskCall): Promise<DeskAnswer> {
  const notices = await readEmergencies(call);
  const cards: Html[] = [];
  for (const notice of notices) cards.push(await card(call, notice));
  const body = html`<main><h1>各村回应</h1><p class="lead">紧急通知发下去以后，哪些村看到了、代办员收到了、村里怎么样。要帮忙的在最前，没动静的其次，请打电话。</p>
${cards.length === 0 ? html`<p class="none">近 30 天没有紧急通知。</p>` : cards}</main>`;
  return { title: '各村回应', body, at: '/emergencies' };
}

async function readEmergencies(call: DeskCall): Promise<readonly NoticeRow[]> {
  const { context } = call;
  const nowMs = context.clock.wallMs();
  const rows = await context.store.db
    .selectFrom('notices')
    .selectAll()
    .where('untilMs', '>', nowMs - SHOWN_MS)
    .orderBy('publishedMs', 'desc')
    .execute();
  return rows.filter((row) => concerns(row, areaOf(call)) && wordsOf(row)?.danger === true).slice(0, NOTICES);
}

function wordsOf({ content }: NoticeRow) {
  const read = readContent(noticeContentSchema, content);
  return read.ok && read.value.kind === 'notice.published' ? read.value : undefined;
}

async function card(call: DeskCall, notice: NoticeRow): Promise<Html> {
  const { context } = call;
  const words = wordsOf(notice);
  const replies: Read[] = [];
  for (const reply of await villageReplies(context, notice, areaOf(call))) {
    replies.push({ ...reply, opened: await openAnswers(context, reply.answers) });
  }
  replies.sort((a, b) => Number(wantsHelp(b)) - Number(wantsHelp(a)));
  const nowMs = context.clock.wallMs();
  return html`<section class="card" id="${toHex(notice.noticeId)}"><h2>${words?.title.zh} ${stateTag(notice, nowMs)}</h2>
<p>${words?.body.zh}</p><p class="aside">${words?.issuer.zh} · ${momentWords(notice.publishedMs)} 发，到 ${momentWords(notice.untilMs)}</p>
<p>${countWords(replies)}</p>
<table><thead><tr><th>村</th><th>机器显示</th><th>代办员收到</th><th>村里情况</th></tr></thead><tbody>${replies.map(villageRow)}</tbody></table>
${withoutMachine(call, notice, replies)}</section>`;
}

function stateTag({ withdrawnMs, untilMs }: NoticeRow, nowMs: number): Html {
  if (withdrawnMs !== null) return html`<span class="tag off">撤下了</span>`;
  return untilMs <= nowMs
    ? html`<span class="tag off">过期了</span>`
    : html`<span class="tag danger">紧急</span>`;
}

function countWords(replies: readonly Read[]): string {
  const count = (test: (reply: Read) => boolean) => replies.filter(test).length;
  return [
    `${replies.length} 个村有机器`,
    `${count(({ shownMs }) => shownMs !== null)} 个显示了`,
    `${count(({ acknowledgedMs }) => acknowledgedMs !== null)} 个代办员收到`,
    `${count(({ answers }) => answers.length > 0)} 个报了情况`,
    `${count(wantsHelp)} 个要帮忙`,
    `${count(isSilent)} 个没动静`,
  ].join('，');
}

function isSilent({ acknowledgedMs, answers }: Read): boolean {
  return acknowledgedMs === null && answers.length === 0;
}

/** Whether what it said last asks for help. */
function wantsHelp({ opened: [last] }: Read): boolean {
  return last !== undefined && asksForHelp(last);
}

function villageRow(reply: Read): Html {
  const { villageCode, shownMs, acknowledgedMs, answers, opened } = reply;
  const [last, ...earlier] = opened.map(answerView);
  const said = last ?? (answers.length > 0 ? html`<span class="tag waits">读不出来</span>` : '—');
  const stands = wantsHelp(reply)
    ? html`<br><span class="tag danger">要帮忙</span>`
    : isSilent(reply)
      ? html`<br><span class="tag waits">没动静</span>`
      : null;
  return html`<tr id="${villageCode}"><td>${villageName(villageCode)}${stands}</td>
<td class="number">${timeWords(shownMs)}</td><td class="number">${timeWords(acknowledgedMs)}</td>
<td>${said}${earlier.length > 0 ? html`<details><summary>早先报的 ${earlier.length} 次</summary>${earlier}</details>` : null}</td></tr>`;
}

function timeWords(ms: number | null): string {
  return ms === null ? '—' : momentWords(ms);
}

function answerView({ row: { entryId, saidMs }, content, acts }: OpenedAnswer): Html {
  const views = viewsAt(`/emergencies/${toHex(entryId)}/files`, content.attachments);
  const answers = content.answers as CaseContent['answers'];
  const who = acts.map(
    ({ name, outcome }) =>
      html`${name ?? '不认识的代办员'} <span class="${outcome === 'signed' ? 'tag' : 'tag danger'}">${OUTCOME_WORDS[outcome]}</span>`,
  );
  return html`<p class="number">${momentWords(saidMs)}</p>${answersView(NOTICE_FORM, answers, views)}<p class="aside">${who.length > 0 ? who : '没有署名'}</p>`;
}

/** Where no machine stands, somebody has to call. */
function withoutMachine(call: DeskCall, { areaCode }: NoticeRow, replies: readonly Read[]): Html | null {
  const known = new Set(replies.map(({ villageCode }) => villageCode));
  const area = areaOf(call);
  const names = TOWNS.flatMap(({ villages }) => villages).filter(
    ({ code }) => code.startsWith(areaCode) && code.startsWith(area) && !known.has(code),
  );
  if (names.length === 0) return null;
  const some = names.length > NAMED ? null : html`：${names.map(({ name }) => name.zh).join('、')}`;
  return html`<p class="aside">${names.length} 个村没有机器，请打电话${some}</p>`;
}

/** Whether an answer is of a village of this desk. */
export async function isOwnReply(call: DeskCall): Promise<boolean> {
  return (await findReply(call)) !== undefined;
}

async function findReply(call: DeskCall): Promise<NoticeReplyRow | undefined> {
  const entryId = findHex(call.params.entryId ?? '');
  if (entryId?.length !== 16) return undefined;
  const row = await call.context.store.db
    .selectFrom('noticeReplies')
    .selectAll()
    .where('entryId', '=', entryId)
    .where('kind', '=', 'answered')
    .executeTakeFirst();
  return row?.villageCode.startsWith(areaOf(call)) ? row : undefined;
}

/** `GET /emergencies/…/files/…`: a picture or recording that came with an answer. */
export async function emergencyFile(call: DeskCall): Promise<DeskAnswer> {
  const row = await findReply(call);
  const hash = findHex(call.params.hash ?? '');
  const opened = row && (await openAnswer(call.context, row));
  const listed = opened?.content.attachments.find(([own]) => hash !== undefined && equalBytes(own, hash));
  return listed ? serveListed(call.context, listed) : NOT_HERE;
}
