/** One case: everything answered, what happened, and what may be done now. Opening it is on record. */
import { toBase64Url, toHex } from '../../base/bytes.ts';
import { isoDate } from '../../base/calendar.ts';
import type { Matter } from '../../catalog/schema.ts';
import { isAllowed } from '../access/table.ts';
import { AUTHORITY_TROUBLE, findAuthorityAct } from '../authorities/judge.ts';
import { type ActTrouble, actOnCase, nextDesks } from '../cases/act.ts';
import { isCardInDoubt } from '../cases/card-doubt.ts';
import { officeWords } from '../cases/desks.ts';
import { type CaseStatus, isClosed, MOVES, move, STAFF_ACTIONS, type StaffAction } from '../cases/machine.ts';
import { keepPicture } from '../cases/pictures.ts';
import { workingDaysAfter } from '../cases/working-days.ts';
import { dutiesOf, registersByHand } from '../connector/duties.ts';
import { flushOutbox, type Outbox, ringFor } from '../feed/outbox.ts';
import { type Html, html } from '../pages/html.ts';
import type { CaseRow } from '../store/tables.ts';
import { type DeskAnswer, type DeskCall, NOT_HERE, tokenField } from './call.ts';
import { callBacksView } from './call-backs-view.ts';
import { caseContentView } from './case-content.ts';
import { centreView } from './centre-view.ts';
import { historyView } from './history-view.ts';
import { dueCell, listName, momentWords, numberWords, statusTag } from './list-page.ts';
import { hasMeeting } from './meeting-fields.ts';
import { findOwnCase, noteView } from './own-case.ts';
import { pictureField, pictureOf, pictureView, takesPicture } from './picture-field.ts';
import { partFields, toldBy } from './told-parts.ts';

/** What an action's button and its words' field say. */
const ACTION_WORDS: Readonly<
  Record<StaffAction, { readonly button: string; readonly about: string; readonly wordsLabel: string | null }>
> = {
  accept: { button: '受理', about: '受理', wordsLabel: '给村民的话（不写就用“受理了，最迟……办好”）' },
  meet: { button: '约好了', about: '约时间', wordsLabel: '还要说什么，带什么（村民会看到）' },
  'ask-supplement': {
    button: '请补材料',
    about: '请补材料',
    wordsLabel: '还有什么要说，怎么补（村民会看到）',
  },
  finish: { button: '办好了', about: '办结', wordsLabel: '结果（村民会看到；不写就是“办好了”）' },
  register: { button: '登记编号', about: '登记省里编号', wordsLabel: null },
  forward: { button: '转上去', about: '转上一级', wordsLabel: '转办说明（只在工位看到）' },
  'send-back': { button: '退下去', about: '退回下一级', wordsLabel: '为什么退，还要做什么（只在工位看到）' },
  refuse: { button: '不予办理', about: '不予办理', wordsLabel: '为什么不能办（村民会看到）' },
  unfreeze: { button: '解除冻结', about: '解除冻结', wordsLabel: '查明了什么（只在工位看到）' },
};

/** What a desk says of the submitter's card; the screen only ever says that they should come, never why. */
const AT_COUNTER: ReadonlyMap<string, boolean> = new Map([
  ['wanted', true],
  ['seen', false],
]);

/** Steps that are told to the villager, and so can carry a word about their card. */
const SAYS_AT_COUNTER: ReadonlySet<StaffAction> = new Set(['accept', 'ask-supplement', 'finish', 'refuse']);

const TROUBLE_WORDS: Readonly<Record<ActTrouble['code'], string>> = {
  'not-now': '现在不能这样办，请看最新的状态',
  frozen: '本人说“不是我办的”，县里查明以前不能往下办',
  'words-missing': '请写明原因，村民要看到',
  'number-missing': '请填省里的编号',
  'centre-registers': '这一件的编号由省里给，会自动填上',
  'no-higher-desk': '这个事项到这一级为止',
  'no-lower-desk': '这个事项不往下退',
  'card-in-doubt': '经办人的证件还没有核对，核对以前不能办结',
  'authority-in-doubt': '代办员凭的委托对不上，见到当事人本人以前不能办结',
  'remedy-missing': '请写明还可以怎么办、到哪里、什么时候以前，村民要看到',
  'no-case': '没有这个办件',
  changed: '刚才有人办了这一件，请看最新的状态再决定',
};

/** `GET /cases/…`. */
export async function casePage(call: DeskCall): Promise<DeskAnswer> {
  const row = await findOwnCase(call);
  if (!row) return NOT_HERE;
  await noteView(call, row);
  return { title: numberWords(row.localNumber), body: await view(call, row, null), at: '/' };
}

/** `POST /cases/…`: does one thing, then shows the case again. */
export async function actOnPage(call: DeskCall): Promise<DeskAnswer> {
  const row = await findOwnCase(call);
  const action = STAFF_ACTIONS.find((one) => one === call.form.action);
  if (!row || !action) return NOT_HERE;
  const { context, form } = call;
  const outbox: Outbox = [];
  const matter = context.book.find(row.matterId);
  const dayAfter = (days: number) => workingDaysAfter(context.calendar, context.clock.wallMs(), days);
  const todayIso = isoDate(context.clock.wallMs());
  const facts = { matter, printable: printable(call), dayAfter, todayIso };
  const { words, parts } = toldBy(action, form, facts);
  const picture = takesPicture(action, matter) ? pictureOf(form) : 'none';
  if (picture === 'unfit') {
    const body = await view(call, row, '照片带不上：请重新选一张，或者不带照片');
    return { title: numberWords(row.localNumber), body, status: 422, at: '/' };
  }
  const done = await context.store.transaction(async (tx) => {
    const acted = await actOnCase(
      tx,
      context,
      {
        caseId: row.caseId,
        action,
        actionKey: `staff/${call.session.staff.staffId}/${form.actionKey ?? ''}`,
        words,
        parts,
        ...(picture !== 'none' && { picture }),
        atCounter: AT_COUNTER.get(form.atCounter ?? ''),
        provinceNumber: form.provinceNumber ?? null,
        staffId: call.session.staff.staffId,
        entryId: null,
        seenActionCount: Number(form.seen),
      },
      outbox,
    );
    if (acted.ok && picture !== 'none') await keepPicture(tx, context, row.caseId, picture);
    await flushOutbox(tx, outbox, context.clock.wallMs());
    return acted;
  });
  ringFor(context.bell, outbox);
  const isStillHere = action !== 'forward' && action !== 'send-back';
  if (done.ok) return { goTo: isStillHere ? `/cases/${toHex(row.caseId)}` : '/' };
  const now = (await findOwnCase(call)) ?? row;
  const body = await view(call, now, TROUBLE_WORDS[done.error.code]);
  return { title: numberWords(row.localNumber), body, status: 409, at: '/' };
}

async function view(call: DeskCall, row: CaseRow, trouble: string | null): Promise<Html> {
  const { context } = call;
  const matter = context.book.find(row.matterId);
  const name = matter ? matter.name.official.zh : listName(context, row);
  const { db } = context.store;
  const duties = await dutiesOf(db, row.caseId);
  const next = await nextDesks(db, row, matter);
  const absent = await findAuthorityAct(db, row.caseId);
  return html`<main><p><a href="/">‹ 办件</a></p><h1>${name}</h1>
<p class="lead"><span class="number">${numberWords(row.localNumber)}</span> · ${statusTag(row)} · ${momentWords(row.submittedMs)} 在${row.villageName}提交，${momentWords(row.receivedMs)} 收到 · ${dueCell(call.due, row, context.clock.wallMs())}${
    row.provinceNumber ? html` · 省里编号 ${row.provinceNumber}` : null
  }</p>
${trouble ? html`<p class="trouble" role="alert">${trouble}</p>` : null}
${(await isCardInDoubt(db, row.caseId)) ? html`<p class="trouble">经办人的证件要本人到便民中心核对。核对以前，这一件不能办结；核对过了，办结时选“已经核对过”。</p>` : null}
${absent?.trouble ? html`<p class="trouble">代办员替不在场的人办的，${AUTHORITY_TROUBLE[absent.trouble]}。见到当事人本人以前，这一件不能办结；见过了，办结时选“已经核对过”。</p>` : null}
${row.frozen === 1 ? html`<p class="trouble">本人说“不是我办的”。县里查明以前，这一件停办。</p>` : null}
<div class="two"><div>${await caseContentView(context, row)}</div>
<div>${actionsView(call, row, { byHand: registersByHand(duties), next })}${await callBacksView(call, row)}${centreView(call, row, duties)}${await pictureView(call, row)}${await historyView(context, row.caseId)}</div></div><script src="/picture.js" defer></script></main>`;
}

/** What hangs on more than the case's own row. */
interface Ways {
  /** The province's number is written by staff. */
  readonly byHand: boolean;
  readonly next: Awaited<ReturnType<typeof nextDesks>>;
}

function actionsView(call: DeskCall, row: CaseRow, ways: Ways): Html {
  const possible = STAFF_ACTIONS.filter((action) => mayDo(call, row, action, ways));
  const status = row.status as CaseStatus;
  if (possible.length === 0) {
    const why = isClosed(status) ? '这一件已经办结。' : '现在没有要办的。';
    return html`<section class="card"><h2>办理</h2><p class="aside">${why}</p></section>`;
  }
  return html`<section class="card"><h2>办理</h2>${possible.map((action, index) =>
    form(call, row, { action, ...wordsOf(action, ways) }, index === 0),
  )}</section>`;
}

/** An action's words; handing a case on says to whom. */
function wordsOf(action: StaffAction, { next }: Ways): (typeof ACTION_WORDS)[StaffAction] {
  const words = ACTION_WORDS[action];
  const to = action === 'forward' ? next.up : action === 'send-back' ? next.down : undefined;
  if (to === undefined) return words;
  const button = `${action === 'forward' ? '转到' : '退回'}${officeWords(to)}`;
  return { ...words, button, about: button };
}

/** Whether the action is offered: with words, as they are written only afterwards. */
function mayDo(call: DeskCall, row: CaseRow, action: StaffAction, { byHand, next }: Ways): boolean {
  if (!isAllowed(`case.${action}`, call.level, true)) return false;
  if (action === 'register' && !byHand) return false;
  if (action === 'meet' && !hasMeeting(call.context.book.find(row.matterId))) return false;
  if (action === 'forward' && next.up === undefined) return false;
  if (action === 'send-back' && next.down === undefined) return false;
  return move({ status: row.status as CaseStatus, frozen: row.frozen === 1 }, action, 'words').ok;
}

function form(
  call: DeskCall,
  row: CaseRow,
  {
    action,
    button,
    about,
    wordsLabel,
  }: { readonly action: StaffAction } & (typeof ACTION_WORDS)[StaffAction],
  isFirst: boolean,
): Html {
  const field = `${action}-words`;
  const look = action === 'refuse' ? 'danger' : 'main';
  // What is ticked, or the number of the case that goes on, says it too.
  const isSaidElsewhere = action === 'ask-supplement' || action === 'refuse' || action === 'meet';
  const required = MOVES[action].wordsNeeded && !isSaidElsewhere ? html` required` : null;
  const matter = call.context.book.find(row.matterId);
  const parts = partFields(action, matter, printable(call), isoDate(call.context.clock.wallMs()));
  const asksFirst = action === 'ask-supplement' || action === 'meet';
  return html`<details${isFirst ? html` open` : null}><summary>${about}</summary><form method="post" action="/cases/${toHex(row.caseId)}">
${tokenField(call.session)}<input type="hidden" name="action" value="${action}">
<input type="hidden" name="seen" value="${row.actionCount}">
<input type="hidden" name="actionKey" value="${toBase64Url(call.context.crypto.randomBytes(12))}">
${asksFirst ? parts : null}
${
  wordsLabel === null
    ? html`<label for="${field}">省里编号</label><input id="${field}" name="provinceNumber" maxlength="64" required>`
    : html`<label for="${field}">${wordsLabel}</label><textarea id="${field}" name="words" maxlength="500"${required}></textarea>`
}
${asksFirst ? null : parts}
${pictureField(action, matter)}
${SAYS_AT_COUNTER.has(action) ? atCounterField(`${action}-at-counter`) : null}
<button class="${look}">${button}</button></form></details>`;
}

/** Matters whose papers are printed at a terminal. */
function printable({ context }: DeskCall): readonly Matter[] {
  return context.book.all().filter(({ certificate }) => certificate !== undefined);
}

/** A card reported lost or cancelled, or one whose holder is not alive: whoever lays it next is asked to the counter. */
function atCounterField(id: string): Html {
  return html`<label for="${id}">经办人的证件（屏幕上只说“请到镇便民中心核对身份”）</label><select id="${id}" name="atCounter">
<option value="">不用核对</option><option value="wanted">请本人到便民中心核对身份</option><option value="seen">已经核对过，可以接着用</option></select>`;
}
