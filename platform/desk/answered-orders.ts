/** Orders that a machine answers, on its desk page: their forms, and what became of each. */
import { toHex } from '../../base/bytes.ts';
import { readContent } from '../../sync/content-coding.ts';
import { machineOrderAnswerSchema } from '../../sync/machine-orders.ts';
import type { PlatformContext } from '../context.ts';
import type { OrderStanding } from '../feed/order-answers.ts';
import type { MachineOrder } from '../feed/orders.ts';
import { getContent } from '../intake/read-body.ts';
import { type Html, html } from '../pages/html.ts';
import { momentWords } from './list-page.ts';
import { PART_WORDS } from './repairs-view.ts';

const HOUR_MS = 3_600_000;

/** Until when an order counts, as the form says it: so many hours. */
const SPANS = [
  { hours: 1, words: '1 小时' },
  { hours: 24, words: '一天' },
  { hours: 168, words: '7 天' },
] as const;
const USUAL_HOURS = 24;

/** The names of these orders in a form. */
export const ANSWERED_ORDERS = ['restart', 'self-test', 'diagnostics', 'lock', 'unlock'] as const;
export type AnsweredOrder = (typeof ANSWERED_ORDERS)[number];

/** What the form orders, or what is wrong with it. */
export function readAnswered(
  order: AnsweredOrder,
  form: Readonly<Record<string, string | undefined>>,
): MachineOrder | string {
  const span = SPANS.find(({ hours }) => String(hours) === form.hours);
  const forMs = (span?.hours ?? USUAL_HOURS) * HOUR_MS;
  const when = form.when === 'now' ? 'now' : 'vacant';
  switch (order) {
    case 'restart':
      return {
        ...{ order: 'answered', forMs },
        content: {
          schema: 1,
          kind: form.what === 'all' ? 'machine.restart-all' : 'machine.restart',
          when,
        },
      };
    case 'self-test':
      return {
        ...{ order: 'answered', forMs },
        content: { schema: 1, kind: 'machine.self-test', paper: form.paper === 'yes' },
      };
    case 'diagnostics':
      return { order: 'answered', forMs, content: { schema: 1, kind: 'machine.diagnostics' } };
    case 'unlock':
      return { order: 'answered', forMs, content: { schema: 1, kind: 'machine.unlock' } };
    case 'lock': {
      const zh = form.reason?.trim() ?? '';
      if (zh === '') return '请写为什么锁定，村民会看到';
      const reason = { zh, en: form.reasonEn?.trim() || zh };
      return { order: 'answered', forMs, content: { schema: 1, kind: 'machine.lock', when, reason } };
    }
  }
}

/** The forms; `form` makes one around its content. */
export function answeredForms(form: (content: Html) => Html): Html {
  const spans = (name: string) =>
    html`<label for="${name}">多久没做就算了</label><select id="${name}" name="hours">${SPANS.map(({ hours, words }) => html`<option value="${hours}"${hours === USUAL_HOURS ? html` selected` : null}>${words}</option>`)}</select>`;
  const when = (name: string) =>
    html`<label for="${name}">什么时候</label><select id="${name}" name="when"><option value="vacant">等没人用的时候</option><option value="now">马上，有人在办也停下（没办完的存成草稿）</option></select>`;
  return html`<details><summary>重新启动</summary>${form(html`<p>把机器上的程序重新启动一遍。收下的东西都在。</p><label for="whatRestart">哪些程序</label><select id="whatRestart" name="what"><option value="terminal">只是办事的程序</option><option value="all">全部：设备、屏幕也重新启动</option></select>${when('whenRestart')}${spans('forRestart')}<button class="main" name="order" value="restart">重新启动</button>`)}</details>
<details><summary>自检</summary>${form(html`<p>没人用的时候查一遍各台设备，报告送上来。读卡器、扫码器要有人放卡、出示码，这里只看它们的状态。</p><label for="paper">打印机</label><select id="paper" name="paper"><option value="no">不打印</option><option value="yes">各打一张测试页</option></select>${spans('forTest')}<button class="main" name="order" value="self-test">自检</button>`)}</details>
<details><summary>收取诊断包</summary>${form(html`<p>版本、设置（不含密钥和口令）、设备、日志、台账的数目、磁盘、时钟。里面没有村民的姓名、号码和填写的内容。加密送来，用程序打开。</p>${spans('forBundle')}<button class="main" name="order" value="diagnostics">收取诊断包</button>`)}</details>
<details><summary>锁定</summary>${form(html`<p>机器停下来，显示原因和电话，什么都不收；代办员和运维照样能登录。欠的照样送。</p><label for="lockReason">为什么、什么时候再开（村民会看到）</label><input id="lockReason" name="reason" maxlength="120"><label for="lockReasonEn">英文（可不写）</label><input id="lockReasonEn" name="reasonEn" maxlength="120">${when('whenLock')}${spans('forLock')}<button class="danger" name="order" value="lock">锁定这台机器</button>`)}</details>
<details><summary>解除锁定</summary>${form(html`${spans('forUnlock')}<button class="main" name="order" value="unlock">解除锁定</button>`)}</details>`;
}

/** A device's state, as drivers/api.ts has it. */
const STATE_WORDS: Readonly<Record<string, string>> = {
  ok: '正常',
  attention: '要留意',
  fault: '故障',
  absent: '没接上',
  busy: '正在用',
  starting: '正在启动',
};

const WHY_WORDS: Readonly<Record<string, string>> = {
  interrupted: '做到一半断了，请再下一次',
  superseded: '后来又下了一道令',
  'no-devices': '设备程序没有回应',
  'too-large': '太大，装不下',
  'no-launcher': '这台机器的程序不归启动器管，只能重新启动办事的程序',
  'no-answer': '启动器没有回应',
  trial: '正在试新版本，这时候不重新启动',
  unreadable: '这台机器看不懂这道令',
};

/** How an order stands with this machine; null where it is none that is answered. */
export async function standingView(
  context: PlatformContext,
  standing: OrderStanding | undefined,
): Promise<Html | null> {
  if (standing === undefined) return null;
  if (standing.at === 'waiting')
    return html`<br><span class="aside">等机器做，到 ${momentWords(standing.expiresMs)} 为止</span>`;
  if (standing.at === 'unheard') return html`<br><span class="aside">过期了，机器没有回话</span>`;
  const { outcome, why, atMs, entryId } = standing.answer;
  const when = momentWords(atMs);
  if (outcome === 'expired')
    return html`<br><span class="aside">机器看到时已经过期，没有做（${when}）</span>`;
  if (outcome === 'failed')
    return html`<br><span class="tag danger">没有做成</span> <span class="aside">${WHY_WORDS[why ?? ''] ?? why ?? '原因不明'}（${when}）</span>`;
  return html`<br><span class="aside">做了（${when}）</span>${await foundView(context, entryId)}`;
}

/** What a machine sent with its answer: the report of a self-test, or a bundle to be opened by a program. */
async function foundView(context: PlatformContext, entryId: Uint8Array): Promise<Html | null> {
  const read = readContent(machineOrderAnswerSchema, await getContent(context, entryId));
  if (!read.ok) return null;
  const { report, attachments } = read.value;
  if (Array.isArray(attachments) && attachments.length > 0)
    return html`<br><span class="aside">诊断包在，在县里的机器上打开：</span><p class="code">node platform/diagnostics/main.ts open --data DIR --entry ${toHex(entryId)}</p>`;
  if (!report) return null;
  const rows = report.results.map(
    ({ device, passed, state, reason }) =>
      html`<tr><td>${PART_WORDS[device] ?? device}</td><td>${passed ? '好' : '不好'}</td><td>${STATE_WORDS[state] ?? state}${reason === null ? null : `（${reason}）`}</td></tr>`,
  );
  return html`<details><summary>自检报告：${report.results.filter(({ passed }) => !passed).length} 台不好</summary><p class="aside">${momentWords(report.atMs)}，${report.software}，时钟${report.clockTrusted ? '可信' : '还不可信'}，磁盘还有 ${report.freeBytes === null ? '？' : `${Math.floor(report.freeBytes / 2 ** 20)} MB`}，欠 ${report.owed} 条</p><table><thead><tr><th>设备</th><th>好不好</th><th>状态</th></tr></thead><tbody>${rows}</tbody></table></details>`;
}
