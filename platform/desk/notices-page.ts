/** Notices on the machines' screens: published by a desk to its own area, taken back, and who did so. */
import { findHex, toHex } from '../../base/bytes.ts';
import { civilTime, findDateStartMs, isoDate } from '../../base/calendar.ts';
import { findVillage, TOWNS } from '../../catalog/places.ts';
import { readContent } from '../../sync/content-coding.ts';
import { NOTICE_LIMITS, noticeContentSchema } from '../../sync/feed-contents.ts';
import { cellOf } from '../access/table.ts';
import { publishNotice, withdrawNotice } from '../feed/notices.ts';
import { type Html, html } from '../pages/html.ts';
import type { NoticeRow } from '../store/tables.ts';
import { type DeskAnswer, type DeskCall, NOT_HERE, tokenField } from './call.ts';
import { momentWords } from './list-page.ts';
import { deskName } from './staff.ts';

const ROWS = 50;
const LONGEST_MS = 366 * 86_400_000;
/** What the form asks for as text in two languages. */
const TEXTS = [
  { name: 'title', label: '标题', limit: NOTICE_LIMITS.title },
  { name: 'body', label: '正文', limit: NOTICE_LIMITS.body },
] as const;

type Shown = NoticeRow & { readonly publisher: string; readonly withdrawer: string | null };

/** `GET /notices`. */
export async function noticesPage(call: DeskCall): Promise<DeskAnswer> {
  return show(call, null);
}

/** `POST /notices`: publishes one, or takes one back. */
export async function actOnNotices(call: DeskCall): Promise<DeskAnswer> {
  const { context, session, form, level } = call;
  const { staffId, deskCode } = session.staff;
  if (form.withdraw !== undefined) {
    const noticeId = findHex(form.withdraw);
    if (noticeId?.length !== 16) return NOT_HERE;
    const by = { noticeId, staffId, deskCode: cellOf('notices.withdraw', level) === 'all' ? null : deskCode };
    return (await withdrawNotice(context, by))
      ? { goTo: '/notices' }
      : show(call, '这条通知不归本工位，或者已经撤下');
  }
  const read = readForm(call);
  if (typeof read === 'string') return show(call, read);
  const sent = await publishNotice(context, { ...read, deskCode, staffId });
  return sent === undefined ? show(call, '写得不合格式，请改一改') : { goTo: '/notices' };
}

/** What the form says, or what is wrong with it. */
function readForm({ form, context }: DeskCall) {
  const { area = '', danger } = form;
  if (!isPlace(area, context.county.code)) return '请选一个归本工位的地方';
  const nowMs = context.clock.wallMs();
  const fromMs = form.from?.trim() ? findMoment(form.from) : nowMs;
  const untilMs = findMoment(form.until ?? '');
  if (fromMs === undefined || untilMs === undefined) return '请填有效到什么时候';
  if (untilMs <= Math.max(nowMs, fromMs)) return '到期要晚于现在，也要晚于开始';
  if (untilMs - nowMs > LONGEST_MS) return '最长一年';
  const text = (name: string) => {
    const zh = form[name]?.trim() ?? '';
    return { zh, en: form[`${name}En`]?.trim() || zh };
  };
  for (const { name, label, limit } of TEXTS) {
    const { zh, en } = text(name);
    if (zh === '') return `请写${label}`;
    if (zh.length > limit || en.length > limit) return `${label}最多 ${limit} 个字`;
  }
  const issuer = text('issuer');
  if (issuer.zh === '') return '请写发布单位';
  if (issuer.zh.length > NOTICE_LIMITS.issuer || issuer.en.length > NOTICE_LIMITS.issuer)
    return '发布单位太长';
  const phone = form.phone?.trim() || null;
  if (phone !== null && !/^[\d ]{3,20}$/.test(phone)) return '电话只写数字';
  const words = { title: text('title'), body: text('body'), issuer, phone };
  return { areaCode: area, content: { ...words, fromMs, untilMs, danger: danger === 'yes' } };
}

/** Whose place it is was judged before; here, whether it is one. */
function isPlace(area: string, countyCode: string): boolean {
  return area === countyCode || findVillage(area) !== undefined || TOWNS.some(({ code }) => code === area);
}

/** A date and time of day in China, as a browser's own field writes it: `2026-06-15T08:00`. */
function findMoment(text: string): number | undefined {
  const [, date = '', hour, minute] =
    /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::\d{2})?$/.exec(text.trim()) ?? [];
  const startMs = findDateStartMs(date);
  if (startMs === undefined || Number(hour) > 23 || Number(minute) > 59) return undefined;
  return startMs + Number(hour) * 3_600_000 + Number(minute) * 60_000;
}

function momentField(ms: number): string {
  const { hour, minute } = civilTime(ms);
  return `${isoDate(ms)}T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

async function show(call: DeskCall, trouble: string | null): Promise<DeskAnswer> {
  const notices = await readNotices(call);
  const nowMs = call.context.clock.wallMs();
  const table = html`<table><thead><tr><th>通知</th><th>在哪里</th><th>什么时候</th><th>谁发的</th><th>现在</th></tr></thead><tbody>${notices.map(
    (notice) => row(call, notice, nowMs),
  )}</tbody></table>`;
  const body = html`<main><h1>通知</h1><p class="lead">发到机器屏幕上，大家都看得到。请不要写个人的姓名、号码。</p>
${trouble ? html`<p class="trouble" role="alert">${trouble}</p>` : null}
${notices.length === 0 ? html`<p class="none">还没有发过通知。</p>` : table}
${publishForm(call, nowMs)}</main>`;
  return { title: '通知', body, at: '/notices', ...(trouble && { status: 422 }) };
}

async function readNotices({ context, session, level }: DeskCall): Promise<readonly Shown[]> {
  const query = context.store.db
    .selectFrom('notices')
    .innerJoin('staff as publisher', 'publisher.staffId', 'notices.publishedByStaffId')
    .leftJoin('staff as withdrawer', 'withdrawer.staffId', 'notices.withdrawnByStaffId')
    .selectAll('notices')
    .select(['publisher.name as publisher', 'withdrawer.name as withdrawer'])
    .orderBy('publishedMs', 'desc')
    .limit(ROWS);
  return cellOf('notices.list', level) === 'all'
    ? query.execute()
    : query.where('notices.deskCode', '=', session.staff.deskCode).execute();
}

function row(call: DeskCall, notice: Shown, nowMs: number): Html {
  const read = readContent(noticeContentSchema, notice.content);
  const words = read.ok && read.value.kind === 'notice.published' ? read.value : undefined;
  const { areaCode, publisher, publishedMs, untilMs } = notice;
  return html`<tr><td><b>${words?.title.zh}</b>${words?.danger ? html` <span class="tag danger">紧急</span>` : null}<br>${words?.body.zh}<br><span class="aside">${words?.issuer.zh}</span></td>
<td>${areaName(call, areaCode)}</td><td class="number">${momentWords(words?.fromMs ?? publishedMs)} 起<br>到 ${momentWords(untilMs)}</td><td>${publisher}<br><span class="aside">${momentWords(publishedMs)}</span></td><td>${standingOf(call, notice, nowMs)}</td></tr>`;
}

function standingOf(call: DeskCall, notice: Shown, nowMs: number): Html {
  const { withdrawnMs, withdrawer, untilMs, noticeId } = notice;
  if (withdrawnMs !== null)
    return html`<span class="tag off">${momentWords(withdrawnMs)} ${withdrawer}撤下</span>`;
  if (untilMs <= nowMs) return html`<span class="tag off">过期了</span>`;
  return html`<span class="tag">在显示</span><form method="post" action="/notices">${tokenField(call.session)}<button name="withdraw" value="${toHex(noticeId)}">撤下</button></form>`;
}

function areaName({ context }: DeskCall, code: string): string {
  if (code === context.county.code) return `${context.county.name}全县`;
  const found = findVillage(code);
  if (found) return `${found.town.name.zh}${found.village.name.zh}`;
  return TOWNS.find((town) => town.code === code)?.name.zh ?? code;
}

function publishForm(call: DeskCall, nowMs: number): Html {
  const { context, session, level } = call;
  const isEverywhere = cellOf('notices.publish', level) === 'all';
  const { deskCode } = session.staff;
  const own = TOWNS.filter(({ code }) => isEverywhere || code === deskCode);
  const village = findVillage(deskCode)?.village;
  return html`<section class="card enrol"><h2>发一条通知</h2><form method="post" action="/notices">${tokenField(session)}
<label for="title">标题</label><input id="title" name="title" required maxlength="${NOTICE_LIMITS.title}">
<label for="body">正文</label><textarea id="body" name="body" required maxlength="${NOTICE_LIMITS.body}"></textarea>
<label for="issuer">发布单位</label><input id="issuer" name="issuer" required maxlength="${NOTICE_LIMITS.issuer}" value="${deskName(context.county, session.staff.deskCode)}">
<label for="phone">值班电话（可不写）</label><input id="phone" name="phone" inputmode="tel">
<label for="area">在哪里显示</label><select id="area" name="area" required>${isEverywhere ? html`<option value="${context.county.code}">全县</option>` : null}${village ? html`<option value="${deskCode}">${village.name.zh}</option>` : null}${own.map(
    ({ code, name, villages }) =>
      html`<optgroup label="${name.zh}"><option value="${code}">${name.zh}（全镇）</option>${villages.map(
        (village) => html`<option value="${village.code}">${village.name.zh}</option>`,
      )}</optgroup>`,
  )}</select>
<label for="from">从什么时候（不填就是现在）</label><input id="from" name="from" type="datetime-local">
<label for="until">有效到</label><input id="until" name="until" type="datetime-local" required value="${momentField(nowMs + 86_400_000)}">
<label for="danger">紧急吗</label><select id="danger" name="danger"><option value="no">一般通知</option><option value="yes">紧急：汛情、台风、火险……排在最前</option></select>
<details><summary>英文（可不写，不写就显示中文）</summary>
<label for="titleEn">英文标题</label><input id="titleEn" name="titleEn"><label for="bodyEn">英文正文</label><textarea id="bodyEn" name="bodyEn"></textarea><label for="issuerEn">英文发布单位</label><input id="issuerEn" name="issuerEn"></details>
<button class="main">发布</button></form></section>`;
}
