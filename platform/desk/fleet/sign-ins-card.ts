/** Who entered a machine's upkeep, beside who answered at the telephone. */
import { type Html, html } from '../../pages/html.ts';
import type { ShownSignIn } from '../../upkeep/sign-ins.ts';
import { momentWords } from '../list-page.ts';

const ROLE_WORDS: Readonly<Record<string, string>> = { maintainer: '运维人员', caretaker: '看管人' };

/** The card; what nobody answered stands out. */
export function signInsCard(signIns: readonly ShownSignIn[]): Html {
  const rows = signIns.map(
    ({ atMs, role, answer }) =>
      html`<tr><td class="number">${momentWords(atMs)}</td><td>${ROLE_WORDS[role] ?? role}</td><td>${wayWords(answer)}</td></tr>`,
  );
  return html`<section class="card"><h2>谁进过维护</h2>${rows.length === 0 ? html`<p class="aside">没有人进过。</p>` : html`<table><tbody>${rows}</tbody></table>`}</section>`;
}

function wayWords(answer: ShownSignIn['answer']): Html | string {
  if (answer === null) return '用口令';
  if (answer === 'unknown') return '打电话，机器没有说是哪一次';
  if (answer === 'nobody') return html`<span class="state is-trouble">▲ 打电话，县里没有人接过</span>`;
  return `打电话，${answer.holder} ${momentWords(answer.atMs)} 接的`;
}
