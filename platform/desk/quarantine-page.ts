/** Quarantine: what came by rescue from machines that were revoked. The county looks at each and decides. */
import { findHex, toHex } from '../../base/bytes.ts';
import { displayName } from '../../catalog/describe.ts';
import { readContent } from '../../sync/content-coding.ts';
import { caseContentSchema } from '../../sync/contents.ts';
import { type QuarantinedEntry, readQuarantined, settleQuarantined } from '../intake/quarantine.ts';
import { type Html, html } from '../pages/html.ts';
import { findTerminal } from '../terminals/terminals.ts';
import { type DeskAnswer, type DeskCall, NOT_HERE, tokenField } from './call.ts';
import { answersView, peopleView } from './content-view.ts';
import { momentWords, numberWords } from './list-page.ts';

const ROWS = 20;
/** Files are shown once their case is one. */
const NO_FILES = { findShown: () => undefined };

const KIND_WORDS: Readonly<Record<string, string>> = {
  'case.submitted': '办件',
  'case.supplemented': '补的材料',
  'case.withdrawn': '撤回',
  'case.collected': '取走结果',
  'case.frozen': '“不是我办的”报告',
  rating: '评价',
  consent: '同意书',
  'consent.withdrawn': '收回同意',
  'journal.opened': '台账开头',
};

/** `GET /quarantine`. */
export async function quarantinePage(call: DeskCall): Promise<DeskAnswer> {
  const entries = await readQuarantined(call.context, ROWS);
  const cards: Html[] = [];
  for (const entry of entries) cards.push(await card(call, entry));
  const body = html`<main><h1>停用机器送来的</h1>
<p class="lead">机器停用以后，它还欠着的条目用 U 盘带来，先存在这里，没有生效。请和村里核对，一条一条定。</p>${
    cards.length === 0 ? html`<p class="none">这里没有条目。</p>` : cards
  }</main>`;
  return { title: '停用机器送来的', body, at: '/quarantine' };
}

/** `POST /quarantine`: lets one take effect, or sets it aside. */
export async function settleOnPage(call: DeskCall): Promise<DeskAnswer> {
  const entryId = findHex(call.form.entry ?? '');
  const choice = call.form.choice === 'file' ? 'file' : 'set-aside';
  if (entryId?.length !== 16) return NOT_HERE;
  await settleQuarantined(call.context, entryId, choice);
  return { goTo: '/quarantine' };
}

async function card(call: DeskCall, entry: QuarantinedEntry): Promise<Html> {
  const terminal = await findTerminal(call.context.store.db, entry.terminalId);
  const where = terminal ? `${terminal.place.town.name}${terminal.place.village.name}` : '—';
  const kind = entry.kind === null ? '看不懂的内容' : (KIND_WORDS[entry.kind] ?? entry.kind);
  return html`<section class="card"><h2>${kind}</h2>
<p class="lead">${where}的机器，机器上的时间是 ${momentWords(entry.submittedMs)}</p>
${contentView(call, entry)}
<form method="post" action="/quarantine">${tokenField(call.session)}<input type="hidden" name="entry" value="${toHex(entry.entryId)}">
<button class="main" name="choice" value="file">核对过了，让它生效</button>
<button class="danger" name="choice" value="set-aside">不生效，只留存</button></form></section>`;
}

/** A case whole; of anything else its kind and time are enough. */
function contentView({ context }: DeskCall, entry: QuarantinedEntry): Html | null {
  const read = readContent(caseContentSchema, entry.content);
  if (!read.ok) return null;
  const matter = context.book.find(read.value.matter[0]);
  const listed = matter ? displayName(matter, { inLists: true }).zh : '本平台不认识的事项';
  return html`<p><b>${listed}</b> <span class="number">${numberWords(read.value.localNumber)}</span></p>
<details><summary>看内容</summary><p>${matter?.name.official.zh ?? read.value.matter[0]}</p>${peopleView(matter, read.value)}${answersView(matter, read.value.answers, NO_FILES)}</details>`;
}
