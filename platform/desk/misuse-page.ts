/** 留意: what may be a card used by somebody else, until somebody has looked into it. No name, no number of a person. */
import { findHex, toHex } from '../../base/bytes.ts';
import { isAllowed } from '../access/table.ts';
import {
  type EndChoice,
  endFlag,
  endsOf,
  type Flag,
  type FlaggedAct,
  findFlag,
  flagWords,
  openFlags,
  type Viewer,
} from '../misuse/flags.ts';
import { LOOK_WITHIN_DAYS, patternOf } from '../misuse/patterns.ts';
import { type Html, html } from '../pages/html.ts';
import { type DeskAnswer, type DeskCall, NOT_HERE, tokenField } from './call.ts';
import { momentWords, numberWords } from './list-page.ts';
import { freezeByNumber, notMeForm } from './not-me.ts';
import { deskName } from './staff.ts';

const ENDS_SHOWN = 50;
const WORDS_LENGTH = 500;
const DAY_MS = 86_400_000;

const CHOICE_WORDS: Readonly<Record<EndChoice, string>> = {
  'nothing-wrong': '问过了，没有不对',
  'told-resident': '告诉本人了',
  'to-county': '交给县里',
};

/** Whether a flag is one that this town may know of. */
export async function isOwnFlag(call: DeskCall): Promise<boolean> {
  const flagId = findHex(call.params.flagId ?? '');
  return (
    flagId !== undefined && (await findFlag(call.context.store.db, viewerOf(call), flagId)) !== undefined
  );
}

/** `GET /misuse`. */
export async function misusePage(call: DeskCall): Promise<DeskAnswer> {
  return list(call, null);
}

/** `POST /misuse/not-me`: somebody called. */
export async function freezeOnPage(call: DeskCall): Promise<DeskAnswer> {
  const done = await freezeByNumber(call);
  return 'trouble' in done ? list(call, done.trouble) : done;
}

async function list(call: DeskCall, trouble: string | null): Promise<DeskAnswer> {
  const { context, session, level } = call;
  const flags = await openFlags(context.store.db, viewerOf(call));
  const oldMs = context.clock.wallMs() - LOOK_WITHIN_DAYS * DAY_MS;
  const late = flags.filter(({ madeMs }) => madeMs < oldMs).length;
  const deskCode = level === 'county' ? null : session.staff.deskCode;
  const ends = await endsOf(context.store.db, { deskCode }, ENDS_SHOWN);
  const table = html`<table><thead><tr><th>看到</th><th>什么事</th><th>哪里</th><th>几次</th></tr></thead><tbody>${flags.map(
    (flag) =>
      html`<tr><td class="number"><a href="/misuse/${toHex(flag.flagId)}">${momentWords(flag.madeMs)}</a>${
        flag.madeMs < oldMs ? html` <span class="late">满 ${LOOK_WITHIN_DAYS} 天了</span>` : null
      }</td><td>${flagWords(flag.pattern)}</td><td>${placesOf(flag)}</td><td class="number">${flag.acts.length} 次</td></tr>`,
  )}</tbody></table>`;
  const body = html`<main><h1>留意</h1><p class="lead">有人拿别人的证办事，往往是这些样子。多数问一问都有缘故：问清了写下来。</p>
${trouble ? html`<p class="trouble" role="alert">${trouble}</p>` : null}
${late === 0 ? null : html`<p class="wait" role="status">有 ${late} 条满 ${LOOK_WITHIN_DAYS} 天还没人看。</p>`}
${flags.length === 0 ? html`<p class="none">没有要留意的。</p>` : table}
${isAllowed('misuse.freeze', level, false) ? notMeForm(call) : null}
<h2>看过的</h2>${ends.length === 0 ? html`<p class="none">还没有。</p>` : endsTable(call, ends)}</main>`;
  return { title: '留意', body, at: '/misuse', ...(trouble && { status: 422 }) };
}

/** `GET /misuse/…`. */
export async function flagPage(call: DeskCall): Promise<DeskAnswer> {
  return show(call, null);
}

/** `POST /misuse/…`: what they found of the cases they saw. */
export async function endFlagOnPage(call: DeskCall): Promise<DeskAnswer> {
  const { context, session, form } = call;
  const flagId = findHex(call.params.flagId ?? '');
  const choice = choicesOf(call).find((one) => one === form.choice);
  const words = form.words?.trim().slice(0, WORDS_LENGTH) ?? '';
  if (flagId === undefined) return NOT_HERE;
  if (choice === undefined || words === '') return show(call, '请选一样，并写问了谁、问到什么');
  const { deskCode, staffId } = session.staff;
  const end = { flagId, deskCode, staffId, choice, words, seen: Number(form.seen) };
  if (!(await endFlag(context, viewerOf(call), end)))
    return show(call, '刚才又来了一件，或者有人看过了，请再看一遍');
  return { goTo: '/misuse' };
}

function viewerOf({ level, session }: DeskCall): Viewer {
  return level === 'county' ? 'county' : { townCode: session.staff.deskCode };
}

/** The county has nobody to send it on to. */
function choicesOf({ level }: DeskCall): readonly EndChoice[] {
  return level === 'county'
    ? ['nothing-wrong', 'told-resident']
    : ['nothing-wrong', 'told-resident', 'to-county'];
}

function placesOf({ acts }: Flag): string {
  return [...new Set(acts.map(({ villageName }) => villageName))].join('、');
}

async function show(call: DeskCall, trouble: string | null): Promise<DeskAnswer> {
  const { context, level, session } = call;
  const flagId = findHex(call.params.flagId ?? '');
  const flag = flagId && (await findFlag(context.store.db, viewerOf(call), flagId));
  if (!flag) return NOT_HERE;
  const deskCode = level === 'county' ? null : session.staff.deskCode;
  const ends = await endsOf(context.store.db, { deskCode, flagId: flag.flagId }, ENDS_SHOWN);
  const rows = flag.acts.map((one) => {
    const named = namedBy(one, session.staff.deskCode);
    return html`<tr><td class="number">${named}</td><td>${one.villageName}</td><td class="number">${momentWords(one.atMs)}</td><td>${toldWords(one)}</td><td>${
      one.isOpen ? html`<span class="tag waits">还没看</span>` : html`<span class="tag off">看过了</span>`
    }</td></tr>`;
  });
  const body = html`<main><p><a href="/misuse">‹ 留意</a></p><h1>${flagWords(flag.pattern)}</h1>
<p class="lead">${patternOf(flag.pattern).ask}</p>
${trouble ? html`<p class="trouble" role="alert">${trouble}</p>` : null}
<table><thead><tr><th>办件</th><th>村</th><th>什么时候</th><th>告诉本人</th><th></th></tr></thead><tbody>${rows}</tbody></table>
${ends.length === 0 ? null : html`<h2>写下来的</h2>${endsTable(call, ends)}`}
${endForm(call, flag)}</main>`;
  return { title: '留意', body, at: '/misuse', ...(trouble && { status: 422 }) };
}

/** A case by its number, which leads on where it is this desk's. */
function namedBy({ caseId, localNumber, deskCode }: FlaggedAct, ownDesk: string): Html {
  if (caseId === null || localNumber === null) return html`查资料`;
  const number = numberWords(localNumber);
  return deskCode === ownDesk ? html`<a href="/cases/${toHex(caseId)}">${number}</a>` : html`${number}`;
}

/** Whether the person was told of it, at their number of record. */
function toldWords({ told, toldMs }: FlaggedAct): string {
  if (told === undefined) return '没有发短信';
  if (told === null) return '短信还没发出';
  if (told === 'sent') return `${momentWords(toldMs ?? 0)} 发了短信`;
  return told === 'no-number' ? '没有登记的手机号' : '短信没发成';
}

function endForm(call: DeskCall, flag: Flag): Html | null {
  const seen = flag.acts.filter(({ isOpen }) => isOpen).length;
  if (seen === 0) return null;
  return html`<section class="card"><h2>问到什么</h2><form method="post" action="/misuse/${toHex(flag.flagId)}">${tokenField(call.session)}
<input type="hidden" name="seen" value="${seen}">
${choicesOf(call).map((choice) => html`<label class="tick"><input type="radio" name="choice" value="${choice}" required> ${CHOICE_WORDS[choice]}</label>`)}
<label>问了谁、问到什么（不写姓名和号码）<textarea name="words" rows="3" maxlength="${WORDS_LENGTH}" required></textarea></label>
<button class="main">写下来</button></form></section>`;
}

function endsTable({ context }: DeskCall, ends: Awaited<ReturnType<typeof endsOf>>): Html {
  return html`<table><thead><tr><th>时间</th><th>什么事</th><th>谁看的</th><th>问到什么</th></tr></thead><tbody>${ends.map(
    (end) =>
      html`<tr><td class="number"><a href="/misuse/${toHex(end.flagId)}">${momentWords(end.atMs)}</a></td><td>${flagWords(end.pattern)}</td><td>${deskName(context.county, end.deskCode)} ${end.name}</td><td><span class="tag">${CHOICE_WORDS[end.choice]}</span> ${end.words}</td></tr>`,
  )}</tbody></table>`;
}
