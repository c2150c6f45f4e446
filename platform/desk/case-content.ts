/** What came from the terminal for one case, opened for this look and not kept. */
import { toHex } from '../../base/bytes.ts';
import type { Matter } from '../../catalog/schema.ts';
import { readContent } from '../../sync/content-coding.ts';
import { type CaseContent, caseContentSchema, freezeContentSchema } from '../../sync/contents.ts';
import type { PlatformContext } from '../context.ts';
import { getContent } from '../intake/read-body.ts';
import { type Html, html } from '../pages/html.ts';
import type { CaseRow } from '../store/tables.ts';
import { agentsView } from './agents-view.ts';
import { attachmentViews } from './attachments.ts';
import { cashView } from './cash-page.ts';
import { collectionView } from './collection-view.ts';
import { answersView, row as line, peopleView } from './content-view.ts';
import { laterActsView } from './later-acts-view.ts';
import { momentWords, numberWords } from './list-page.ts';
import { sameCardView } from './same-card-view.ts';
import { supplementsView } from './supplement-view.ts';

/** The whole of it, supplements included. */
export async function caseContentView(context: PlatformContext, row: CaseRow): Promise<Html> {
  const content = await getContent(context, row.entryId);
  if (row.kind !== 'case') return notMeView(context, content);
  const read = readContent(caseContentSchema, content);
  const made = read.ok ? context.book.findMade(read.value.matter[2]) : undefined;
  const matter = made ?? context.book.find(row.matterId);
  const before = read.ok
    ? { answers: read.value.answers, files: attachmentViews(row, read.value.attachments) }
    : { answers: {}, files: attachmentViews(row, []) };
  return html`${await agentsView(context, row)}${await cashView(context, row)}${caseView(context, row, read, matter)}${await supplementsView(context, row, matter, before)}${await collectionView(context, row)}${await laterActsView(context, row)}${await sameCardView(context, row)}`;
}

/** `matter` is the version that the submitter saw, or today's where that one is not known here. */
function caseView(
  context: PlatformContext,
  row: CaseRow,
  content: ReturnType<typeof readContent<CaseContent>>,
  matter: Matter | undefined,
): Html {
  if (!content.ok)
    return html`<section class="card"><p class="trouble">内容看不懂：${content.error.detail}</p></section>`;
  const [matterId, version] = content.value.matter;
  const today = context.book.find(row.matterId);
  const notes = [
    matter === undefined ? `本平台没有事项 ${matterId}，题目按编号显示` : null,
    ...versionNotes(version, matter, today),
    matter?.status === 'sample' ? '示例事项，县里还没有确认' : null,
  ].filter((note) => note !== null);
  const files = attachmentViews(row, content.value.attachments);
  return html`${notes.map((note) => html`<p class="wait">${note}</p>`)}
${peopleView(matter, content.value)}
<section class="card"><h2>填写的内容</h2>${answersView(matter, content.value.answers, files)}</section>
${files.rest()}`;
}

/** Which version stands on the page, where it is not simply today's. */
function versionNotes(
  version: string | number,
  shown: Matter | undefined,
  today: Matter | undefined,
): readonly string[] {
  if (shown === undefined) return [];
  if (String(shown.version) !== String(version))
    return [`村民填的是第 ${version} 版，这里按第 ${shown.version} 版的题目显示`];
  if (today === undefined) return [`按村民填的第 ${version} 版显示；这个事项现在不办了`];
  return today.version === shown.version
    ? []
    : [`按村民填的第 ${version} 版显示；现在办的是第 ${today.version} 版`];
}

async function notMeView(context: PlatformContext, bytes: Uint8Array): Promise<Html> {
  const content = readContent(freezeContentSchema, bytes);
  if (!content.ok)
    return html`<section class="card"><p class="trouble">内容看不懂：${content.error.detail}</p></section>`;
  const { submitter, lastUseMs, frozenCaseIds, place } = content.value;
  const cases = await context.store.db
    .selectFrom('cases')
    .select(['caseId', 'localNumber', 'deskCode'])
    .where('caseId', 'in', frozenCaseIds.length > 0 ? frozenCaseIds : [new Uint8Array(0)])
    .execute();
  return html`<section class="card"><h2>“不是我办的”</h2><dl>
${line('谁说的', submitter?.name ?? '没有身份')}
${submitter?.number ? line('证件', submitter.number) : null}
${line('说的是哪一次', lastUseMs === null ? '—' : momentWords(lastUseMs))}
${line('在哪台机器说的', `${place.town.name}${place.village.name}`)}
${line('已停办', cases.length === 0 ? '没有办件' : html`${cases.map((one) => html`<a href="/cases/${toHex(one.caseId)}">${numberWords(one.localNumber)}</a> `)}`)}
</dl></section>`;
}
