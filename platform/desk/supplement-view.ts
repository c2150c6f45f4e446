/** What was supplied after it was asked for, each thing beside what was there before. */
import { equalBytes } from '../../base/bytes.ts';
import type { Matter } from '../../catalog/schema.ts';
import { readContent } from '../../sync/content-coding.ts';
import { type AnswerValue, type SupplementContent, supplementContentSchema } from '../../sync/contents.ts';
import { type Ask, askSchema } from '../../sync/progress-parts.ts';
import type { PlatformContext } from '../context.ts';
import { getContent } from '../intake/read-body.ts';
import { type Html, html } from '../pages/html.ts';
import type { CaseRow } from '../store/tables.ts';
import { type AttachmentViews, attachmentViews } from './attachments.ts';
import { answerView, valueView } from './content-view.ts';
import { momentWords } from './list-page.ts';

/** The answers of the case as it was filed, with their files. */
export interface Before {
  readonly answers: Readonly<Record<string, AnswerValue>>;
  readonly files: Pick<AttachmentViews, 'findShown'>;
}

/** Answers that no question of a matter asked for: a material's picture, and what was said to an ask of words. */
const MATERIAL = 'material-';
const WORDS = 'words';

/** Every supplement of a case, oldest first; opened for this look and not kept. */
export async function supplementsView(
  context: PlatformContext,
  row: CaseRow,
  matter: Matter | undefined,
  before: Before,
): Promise<Html> {
  const acts = await context.store.db
    .selectFrom('caseActions')
    .select(['action', 'entryId', 'atMs', 'parts'])
    .where('caseId', '=', row.caseId)
    .where('action', 'in', ['ask-supplement', 'supplement', 'late-supplement', 'extra-supplement'])
    .orderBy('no')
    .execute();
  const views: Html[] = [];
  for (const { action, entryId, atMs } of acts) {
    if (action === 'ask-supplement' || entryId === null || equalBytes(entryId, row.entryId)) continue;
    const content = readContent(supplementContentSchema, await getContent(context, entryId));
    if (!content.ok) continue;
    const asked = acts.find((act) => act.action === 'ask-supplement' && act.atMs === content.value.askedMs);
    views.push(
      supplementView(row, matter, before, { content: content.value, atMs, ask: askOf(asked?.parts) }),
    );
  }
  return html`${views}`;
}

function supplementView(
  row: CaseRow,
  matter: Matter | undefined,
  before: Before,
  made: { readonly content: SupplementContent; readonly atMs: number; readonly ask: Ask | undefined },
): Html {
  const { words, answers, attachments } = made.content;
  const files = attachmentViews(row, attachments);
  const lines = Object.entries(answers).map(([id, value]) => {
    const given = html`<b>补的</b> ${shown(matter, id, value, files)}`;
    const was = Object.hasOwn(before.answers, id)
      ? html`<br><span class="aside">原来</span> ${shown(matter, id, before.answers[id] ?? null, before.files)}`
      : null;
    const note = isAsked(made.ask, id)
      ? null
      : html`<br><span class="wait">没有要求补这一项，请看要不要用</span>`;
    return html`<dt>${labelOf(matter, made.ask, id)}</dt><dd>${given}${was}${note}</dd>`;
  });
  return html`<section class="card"><h2>${momentWords(made.atMs)} 补的材料</h2>
${words ? html`<p>${words}</p>` : null}${lines.length > 0 ? html`<dl>${lines}</dl>` : null}</section>${files.rest()}`;
}

function shown(
  matter: Matter | undefined,
  id: string,
  value: AnswerValue,
  files: Pick<AttachmentViews, 'findShown'>,
): Html | string {
  const question = matter?.questions.find((one) => one.id === id);
  if (question) return answerView(question, value, files);
  const picture =
    id.startsWith(MATERIAL) && typeof value === 'number' ? files.findShown(value, '材料') : undefined;
  return picture ?? valueView(value);
}

function labelOf(matter: Matter | undefined, ask: Ask | undefined, id: string): string {
  if (id === WORDS) return '村民的话';
  const bare = id.startsWith(MATERIAL) ? id.slice(MATERIAL.length) : id;
  const asked = ask?.items.find((item) => item.id === bare)?.label.zh;
  return asked ?? matter?.questions.find((one) => one.id === id)?.label.zh ?? (id === bare ? id : '材料');
}

/** Whether the desk asked for what is answered so; an ask of words alone takes any words and a picture. */
function isAsked(ask: Ask | undefined, id: string): boolean {
  if (ask === undefined || ask.items.length === 0) return id === WORDS || id.startsWith(MATERIAL);
  return ask.items.some((item) => (item.of === 'material' ? `${MATERIAL}${item.id}` : item.id) === id);
}

function askOf(parts: string | null | undefined): Ask | undefined {
  if (!parts) return undefined;
  const read = askSchema.safeParse((JSON.parse(parts) as { readonly ask?: unknown }).ask);
  return read.success ? read.data : undefined;
}
