/** How far a case has come at the province's case centre: its number, what is still owed, what was refused. */
import { toHex } from '../../base/bytes.ts';
import type { DutyKind } from '../connector/duties.ts';
import { type Html, html } from '../pages/html.ts';
import type { CaseRow, CentreDutyRow } from '../store/tables.ts';
import { type DeskCall, tokenField } from './call.ts';
import { momentWords } from './list-page.ts';

const DUTY_WORDS: Readonly<Record<DutyKind, { readonly done: string; readonly owed: string }>> = {
  receive: { done: '省里登记了', owed: '等着送省里登记' },
  accept: { done: '受理结果省里收到了', owed: '受理结果等着送省里' },
  finish: { done: '办理结果省里收到了', owed: '办理结果等着送省里' },
};

/** Why it is not there yet; any other trouble is an answer that was lost or not clear. */
const TROUBLE_WORDS: Readonly<Record<string, string>> = {
  away: '省里没有回音，会自动再试',
  'not-let-in': '省里不认本平台的钥匙，请告诉运维',
  'matter-without-code': '这个事项没有省里的编码，请告诉运维',
  'wrong-number': '省里给的编号不对，请打电话核对',
  'number-of-another': '省里给的编号是另一件的，请打电话核对',
  'answers-differ': '省里两次答得不一样，请打电话核对',
  'other-number': '省里的编号变了，请打电话核对',
  'other-decision': '省里记的结果和这里不一样，请打电话核对',
  'case-gone': '省里查不到这一件了，请打电话核对',
};
const UNCLEAR = '送了，还没有准信，会先查再送';

/** The card of a case page; nothing where the case stays in the county. */
export function centreView(call: DeskCall, row: CaseRow, duties: readonly CentreDutyRow[]): Html | null {
  if (duties.length === 0) return null;
  return html`<section class="card"><h2>省里</h2><ol class="steps">${duties.map((duty) => line(call, row, duty))}</ol></section>`;
}

function line(call: DeskCall, row: CaseRow, duty: CentreDutyRow): Html {
  const { done, owed } = DUTY_WORDS[duty.kind];
  if (duty.doneMs !== null) {
    return html`<li><time class="number">${momentWords(duty.doneMs)}</time><div><b>${done}</b></div></li>`;
  }
  if (duty.refusal !== null) {
    return html`<li><time></time><div><b>省里没有收</b><br>${duty.refusal}<form method="post" action="/cases/${toHex(row.caseId)}/centre">
${tokenField(call.session)}<input type="hidden" name="kind" value="${duty.kind}"><button>再送一次</button></form></div></li>`;
  }
  const why = duty.trouble === null ? null : html`<br>${TROUBLE_WORDS[duty.trouble] ?? UNCLEAR}`;
  const tries = duty.tries > 1 ? html` <span class="aside">试过 ${duty.tries} 次</span>` : null;
  return html`<li><time></time><div>${owed}${tries}${why}</div></li>`;
}
