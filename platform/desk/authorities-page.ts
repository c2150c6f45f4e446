/** 委托: what residents entrusted to village agents, with what they signed and the picture; ended here with words. */
import { equalBytes, findHex, toHex } from '../../base/bytes.ts';
import { isoDate } from '../../base/calendar.ts';
import { type AuthorityContent, authorityContentSchema } from '../../sync/authority-contents.ts';
import { readContent } from '../../sync/content-coding.ts';
import { AUTHORITY_TROUBLE, endsOf, findAuthority, firstEnd, mattersOf } from '../authorities/judge.ts';
import { endAuthority } from '../authorities/take.ts';
import type { PlatformContext } from '../context.ts';
import { getContent } from '../intake/read-body.ts';
import { type Html, html } from '../pages/html.ts';
import type { AuthorityEndRow, AuthorityRow } from '../store/authority-tables.ts';
import { serveListed, viewsAt } from './attachments.ts';
import { type DeskAnswer, type DeskCall, NOT_HERE, tokenField } from './call.ts';
import { row as line, person } from './content-view.ts';
import { momentWords, numberWords } from './list-page.ts';
import { deskName } from './staff.ts';

const SHOWN = 200;
const WORDS_LENGTH = 500;

/** A town's own place, or one that a case at this desk rests on. */
export async function isOwnAuthority(call: DeskCall): Promise<boolean> {
  if (await isOwnPlace(call)) return true;
  const authorityId = findHex(call.params.authorityId ?? '');
  if (authorityId === undefined) return false;
  const row = await call.context.store.db
    .selectFrom('authorityActs')
    .innerJoin('cases', 'cases.caseId', 'authorityActs.caseId')
    .select('cases.caseId')
    .where('authorityId', '=', authorityId)
    .where('deskCode', '=', call.session.staff.deskCode)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether it was given in the town whose desk asks. */
export async function isOwnPlace(call: DeskCall): Promise<boolean> {
  return (await findNamed(call))?.townCode === call.session.staff.deskCode;
}

/** `GET /authorities`: those that are not past their day, the last given first. */
export async function authoritiesPage(call: DeskCall): Promise<DeskAnswer> {
  const { context, level, session } = call;
  const rows = await context.store.db
    .selectFrom('authorities')
    .selectAll()
    .where('untilMs', '>', context.clock.wallMs())
    .$if(level !== 'county', (query) => query.where('townCode', '=', session.staff.deskCode))
    .orderBy('givenMs', 'desc')
    .limit(SHOWN)
    .execute();
  const lines = [];
  for (const row of rows) lines.push(await listLine(context, row));
  const body = html`<main><h1>委托</h1><p class="lead">来不了的人留下委托，代办员替他办点过的事。委托人是谁、签的名、拍的照片，点开看。</p>
${
  lines.length === 0
    ? html`<p class="none">没有委托。</p>`
    : html`<table><thead><tr><th>什么时候给的</th><th>村</th><th>代办员</th><th>哪些事</th><th>到哪天</th><th></th></tr></thead><tbody>${lines}</tbody></table>`
}</main>`;
  return { title: '委托', body, at: '/authorities' };
}

/** `GET /authorities/…`. */
export async function authorityPage(call: DeskCall): Promise<DeskAnswer> {
  return show(call, null);
}

/** `POST /authorities/…`: ends it. */
export async function endAuthorityOnPage(call: DeskCall): Promise<DeskAnswer> {
  const { context, session, form } = call;
  const authority = await findNamed(call);
  if (authority === undefined) return NOT_HERE;
  const words = form.words?.trim().slice(0, WORDS_LENGTH) ?? '';
  if (words === '') return show(call, '请写为什么停');
  const { staffId, deskCode } = session.staff;
  await endAuthority(context, authority, { staffId, deskCode, words });
  return { goTo: `/authorities/${toHex(authority.authorityId)}` };
}

/** `GET /authorities/…/attachments/…`: the signature, or the picture. */
export async function authorityFile(call: DeskCall): Promise<DeskAnswer> {
  const authority = await findNamed(call);
  const hash = findHex(call.params.hash ?? '');
  if (authority === undefined || hash?.length !== 32) return NOT_HERE;
  const content = await findGiven(call.context, authority);
  const listed = content?.attachments.find(([own]) => equalBytes(own, hash));
  return listed ? serveListed(call.context, listed) : NOT_HERE;
}

/** How an authority is named on the page of a case that rests on it; null where the case rests on none. */
export async function authorityLine(
  context: PlatformContext,
  authorityId: Uint8Array | null,
  trouble: keyof typeof AUTHORITY_TROUBLE | undefined,
): Promise<Html> {
  const authority = authorityId === null ? undefined : await findAuthority(context.store.db, authorityId);
  const named =
    authority === undefined
      ? html`没有`
      : html`<a href="/authorities/${toHex(authority.authorityId)}">${momentWords(authority.givenMs)} 给的，到 ${lastDay(authority)}</a>`;
  const look = trouble === undefined ? 'tag' : 'tag danger';
  const said = trouble === undefined ? '委托核对无误' : AUTHORITY_TROUBLE[trouble];
  return line('凭哪份委托', html`${named} <span class="${look}">${said}</span>`);
}

function lastDay({ untilMs }: Pick<AuthorityRow, 'untilMs'>): string {
  return isoDate(untilMs - 1);
}

async function findNamed({ context, params }: DeskCall): Promise<AuthorityRow | undefined> {
  const authorityId = findHex(params.authorityId ?? '');
  return authorityId?.length === 16 ? findAuthority(context.store.db, authorityId) : undefined;
}

async function findGiven(
  context: PlatformContext,
  { entryId }: AuthorityRow,
): Promise<AuthorityContent | undefined> {
  const read = readContent(authorityContentSchema, await getContent(context, entryId));
  return read.ok ? read.value : undefined;
}

async function listLine(context: PlatformContext, row: AuthorityRow): Promise<Html> {
  const id = toHex(row.authorityId);
  const end = firstEnd(row, await endsOf(context.store.db, row.authorityId));
  return html`<tr><td class="number"><a href="/authorities/${id}">${momentWords(row.givenMs)}</a></td><td>${row.villageName}</td>
<td>${await agentName(context, row)}</td><td>${matterNames(context, row)}</td><td class="number">${lastDay(row)}</td><td>${stateTag(row, end)}</td></tr>`;
}

function stateTag({ flaw }: AuthorityRow, end: AuthorityEndRow | undefined): Html {
  if (end !== undefined)
    return html`<span class="tag off">${end.staffId === null ? '本人收回了' : '停了'}</span>`;
  if (flaw === 'unknown-key') return html`<span class="tag waits">${AUTHORITY_TROUBLE['no-key-yet']}</span>`;
  return flaw === null ? html`<span class="tag">在用</span>` : html`<span class="tag danger">不作数</span>`;
}

async function agentName({ store }: PlatformContext, { agentId }: AuthorityRow): Promise<string> {
  const agent = await store.db
    .selectFrom('agents')
    .select('name')
    .where('agentId', '=', agentId)
    .executeTakeFirst();
  return agent?.name ?? '不认识的代办员';
}

function matterNames({ book }: PlatformContext, authority: AuthorityRow): string {
  return mattersOf(authority)
    .map(({ id, perMonth }) => `${book.find(id)?.name.short.zh ?? id}（每月 ${perMonth} 次）`)
    .join('、');
}

async function show(call: DeskCall, trouble: string | null): Promise<DeskAnswer> {
  const { context } = call;
  const authority = await findNamed(call);
  if (authority === undefined) return NOT_HERE;
  const { authorityId, flaw } = authority;
  const content = await findGiven(context, authority);
  const ends = await endsOf(context.store.db, authorityId);
  const end = firstEnd(authority, ends);
  const files = viewsAt(`/authorities/${toHex(authorityId)}/attachments`, content?.attachments ?? []);
  const mayEnd = end === undefined && (call.level === 'county' || (await isOwnPlace(call)));
  const body = html`<main><p><a href="/authorities">‹ 委托</a></p><h1>委托代办员</h1>
<p class="lead">${momentWords(authority.givenMs)} 在${authority.villageName}给的，到 ${lastDay(authority)} ${stateTag(authority, end)}</p>
${trouble ? html`<p class="trouble" role="alert">${trouble}</p>` : null}
${flaw !== null && flaw !== 'unknown-key' ? html`<p class="trouble">${AUTHORITY_TROUBLE['not-valid']}。凭它办的事，都先停着。</p>` : null}
<div class="two"><div><section class="card"><h2>谁委托谁</h2><dl>
${content ? person('委托人', content.submitter) : line('委托人', '内容看不懂')}
${line('代办员', await agentName(context, authority))}
${line('哪些事', matterNames(context, authority))}
${content ? line('本人签名', files.findShown(content.signature, '本人签名') ?? '没有') : null}
${content ? line('当面拍的', files.findShown(content.photo, '当面拍的') ?? '没有') : null}
${content ? line('编号', numberWords(content.localNumber)) : null}
</dl></section></div><div>${end === undefined ? null : endView(call, end)}${mayEnd ? endForm(call, authority) : null}</div></div></main>`;
  return { title: '委托', body, at: '/authorities', ...(trouble && { status: 422 }) };
}

function endView({ context }: DeskCall, end: AuthorityEndRow): Html {
  const by = end.staffId === null ? '本人刷证收回的' : `${deskName(context.county, end.deskCode ?? '')}停的`;
  return html`<section class="card"><h2>停了</h2><dl>${line('什么时候', momentWords(end.atMs))}${line('谁', by)}${
    end.words === '' ? null : line('为什么', end.words)
  }</dl></section>`;
}

function endForm(call: DeskCall, { authorityId }: AuthorityRow): Html {
  return html`<section class="card"><h2>停掉这份委托</h2><form method="post" action="/authorities/${toHex(authorityId)}">${tokenField(call.session)}
<p class="aside">联网的机器马上不认，没联网的到下次联网。停了以后，凭它办的事县里都先停着。</p>
<label for="words">为什么停（不写姓名和号码）</label><textarea id="words" name="words" maxlength="${WORDS_LENGTH}" required></textarea>
<button class="danger">停掉</button></form></section>`;
}
