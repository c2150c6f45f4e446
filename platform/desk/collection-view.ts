/** Who took a result, and what they signed. */
import { readContent } from '../../sync/content-coding.ts';
import { collectionContentSchema } from '../../sync/contents.ts';
import type { PlatformContext } from '../context.ts';
import { getContent } from '../intake/read-body.ts';
import { type Html, html } from '../pages/html.ts';
import type { CaseRow } from '../store/tables.ts';
import { attachmentViews } from './attachments.ts';
import { momentWords } from './list-page.ts';

/** The taking of the result, opened for this look and not kept; nothing where nobody took it. */
export async function collectionView(context: PlatformContext, row: CaseRow): Promise<Html | null> {
  const taken = await context.store.db
    .selectFrom('caseActions')
    .select(['entryId', 'atMs'])
    .where('caseId', '=', row.caseId)
    .where('action', '=', 'collect')
    .orderBy('no')
    .executeTakeFirst();
  if (!taken?.entryId) return null;
  const read = readContent(collectionContentSchema, await getContent(context, taken.entryId));
  if (!read.ok) return null;
  const { answers, attachments } = read.value;
  const place = answers?.taken;
  const files = attachmentViews(row, attachments ?? []);
  const signature = typeof place === 'number' ? files.findShown(place, '取结果的签名') : undefined;
  return html`<section class="card"><h2>结果取走了</h2><p>${momentWords(taken.atMs)}，又放了一次身份证${
    signature ? '，并签了名' : '，没有签名'
  }。</p>${signature ? html`<div class="pictures">${signature}</div>` : null}</section>`;
}
