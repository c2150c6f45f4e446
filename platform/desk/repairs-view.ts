/** Repairs on the page of a machine: what somebody there asked for, and what was done. */
import { toHex } from '../../base/bytes.ts';
import { type RepairLine, repairsOf } from '../agents/repairs.ts';
import { type Html, html } from '../pages/html.ts';
import { type DeskCall, tokenField } from './call.ts';
import { reasonWords } from './fleet/words.ts';
import { momentWords } from './list-page.ts';

/** The most that may be said of what was done. */
export const REPAIR_WORDS_MOST = 200;

/** What the parts of a machine are called at the desk. */
export const PART_WORDS: Readonly<Record<string, string>> = {
  'card-reader': '身份证读卡器',
  'slip-printer': '回执打印机',
  'a4-printer': 'A4 打印机',
  'code-scanner': '扫码器',
  'social-card-reader': '社保卡卡槽',
  'document-camera': '高拍仪',
  'face-camera': '人像摄像头',
  microphone: '话筒',
  proof: '人证核验',
  screen: '屏幕',
  network: '网络',
  power: '电源',
  other: '别的',
};

/** The section. */
export async function repairsView(call: DeskCall, terminalId: Uint8Array): Promise<Html> {
  const repairs = await repairsOf(call.context.store.db, terminalId);
  return html`<h2 id="repairs">报修</h2>${
    repairs.length === 0
      ? html`<p class="none">没有人报修。</p>`
      : html`<table><thead><tr><th>时间</th><th>哪里坏了</th><th>谁报的</th><th>怎么样了</th></tr></thead><tbody>${repairs.map(
          (one) => lineOf(call, one),
        )}</tbody></table>`
  }`;
}

function lineOf(
  call: DeskCall,
  { repairId, terminalId, part, fault, agentName, madeMs, closedMs, words }: RepairLine,
): Html {
  const how =
    closedMs === null
      ? html`<form method="post" action="/machines/${toHex(terminalId)}/repairs">${tokenField(call.session)}<input type="hidden" name="repair" value="${toHex(repairId)}"><label for="done-${toHex(repairId)}">修了什么</label><input id="done-${toHex(repairId)}" name="words" maxlength="${REPAIR_WORDS_MOST}" required><button class="main">修好了</button></form>`
      : html`${momentWords(closedMs)} ${words ?? ''}`;
  return html`<tr><td class="number">${momentWords(madeMs)}</td><td>${PART_WORDS[part] ?? part}<br><span class="aside">${reasonWords(fault)}</span></td><td>${agentName ?? '看机器的人'}</td><td>${how}</td></tr>`;
}
