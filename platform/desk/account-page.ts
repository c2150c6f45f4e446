/** The account of one machine, to be printed: what of each journal is here, what is missing, and whether it links. */
import { toHex } from '../../base/bytes.ts';
import { type Account, accountsOf, isComplete } from '../ledger/account.ts';
import { type Html, html } from '../pages/html.ts';
import { type DeskAnswer, type DeskCall, NOT_HERE } from './call.ts';
import { momentWords } from './list-page.ts';
import { findShown } from './machine-page.ts';
import { rangeWords } from './machines-page.ts';

/** `GET /machines/…/account`. */
export async function accountPage(call: DeskCall): Promise<DeskAnswer> {
  const terminal = await findShown(call);
  if (!terminal) return NOT_HERE;
  const { context } = call;
  const { place, terminalId, isRevoked } = terminal;
  const accounts = await accountsOf(context.store.db, terminalId);
  const id = toHex(terminalId);
  const body = html`<main class="account"><h1>机器对账单</h1>
<p class="lead">${place.county.name}${place.town.name}${place.village.name} · 机器 <span class="number">${id}</span>${isRevoked ? ' · 已停用' : null}<br>截至 ${momentWords(context.clock.wallMs())}，平台所收所知。<span class="way"> 用浏览器打印，A4 纸。<a href="/machines/${id}">回到这台机器</a></span></p>
${accounts.length === 0 ? html`<p class="none">还没有送来条目。</p>` : accounts.map(accountView)}
<p class="signed">核对人：＿＿＿＿＿＿＿＿　　日期：＿＿＿＿＿＿＿＿</p></main>`;
  return { title: `${place.village.name}的对账单`, body, at: '/machines' };
}

function accountView(account: Account): Html {
  const { journalId, top, held, safe, missing, refused, forks, broken } = account;
  const tag = isComplete(account)
    ? html`<span class="tag">齐了</span>`
    : html`<span class="tag danger">不齐</span>`;
  return html`<section class="card"><h2>台账 <span class="number">${toHex(journalId)}</span>${tag}</h2><dl>
<dt>条目</dt><dd>${top === 0 ? '没有' : `第 1 至 ${top} 条`}</dd>
<dt>收下</dt><dd>${held} 条</dd>
<dt>其中已备份</dt><dd>${safe} 条</dd>
<dt>还欠</dt><dd>${orNone(missing.map(rangeWords))}</dd>
<dt>退回未收</dt><dd>${orNone(refused.map(String))}</dd>
<dt>同号两条</dt><dd>${orNone(forks.map(String))}</dd>
<dt>前后衔接</dt><dd>${broken.length === 0 ? (missing.length === 0 ? '处处衔接' : '收下的处处衔接') : `在第 ${broken.join('、')} 条断开`}</dd></dl></section>`;
}

function orNone(words: readonly string[]): string {
  return words.length === 0 ? '无' : `第 ${words.join('、')} 条`;
}
