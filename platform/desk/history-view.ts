/** A case's history, from its log: who did what, when, with which words. */
import type { CaseAction } from '../cases/machine.ts';
import type { PlatformContext } from '../context.ts';
import { type Html, html } from '../pages/html.ts';
import { momentWords } from './list-page.ts';

const DONE_WORDS: Readonly<Record<CaseAction, string>> = {
  receive: '县里收到',
  accept: '受理',
  meet: '约好时间',
  'ask-supplement': '请补材料',
  supplement: '村民补了材料',
  finish: '办好了',
  refuse: '不予办理',
  register: '登记省里编号',
  'take-number': '省里登记了',
  forward: '转上一级',
  'send-back': '退回下一级',
  withdraw: '村民撤回',
  collect: '村民取走了结果',
  'late-supplement': '村民补的材料晚到了，决定不变',
  'extra-supplement': '村民又补了材料，没有要求补，附在后面',
  'late-withdraw': '村民的撤回晚到了，决定不变',
  freeze: '本人说不是自己办的，停办',
  unfreeze: '解除冻结',
  book: '约好了',
  arrange: '要商量时间',
  'take-payment': '付了钱',
  'post-payment': '缴费单位入账了',
  'close-payment': '没有付，关了',
  'refund-payment': '退了钱',
};

/** The history, oldest first. */
export async function historyView(context: PlatformContext, caseId: Uint8Array): Promise<Html> {
  const rows = await context.store.db
    .selectFrom('caseActions')
    .leftJoin('staff', 'staff.staffId', 'caseActions.staffId')
    .select(['action', 'atMs', 'words', 'name'])
    .where('caseId', '=', caseId)
    .orderBy('no')
    .execute();
  return html`<section class="card"><h2>经过</h2><ol class="steps">${rows.map(
    ({ action, atMs, words, name }) =>
      html`<li><time class="number">${momentWords(atMs)}</time><div><b>${
        DONE_WORDS[action as CaseAction] ?? action
      }</b>${name ? html` <span class="aside">${name}</span>` : null}${words ? html`<br>${words}` : null}</div></li>`,
  )}</ol></section>`;
}
