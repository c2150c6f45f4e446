/** One machine as it reports itself: versions, devices, what it owes, where people gave up, repairs, orders. */
import { findHex } from '../../../base/bytes.ts';
import { civilTime, isoDate } from '../../../base/calendar.ts';
import type { MachineReport } from '../../../sync/report-contents.ts';
import { PRIVATE_MATTERS } from '../../../sync/report-contents.ts';
import { ordersOf } from '../../feed/orders.ts';
import { type CountLine, countsOf, findLastReport, hoursOf } from '../../fleet/history.ts';
import { areasOf, spanStart } from '../../fleet/machines.ts';
import { type Html, html } from '../../pages/html.ts';
import { findPin, type Pin } from '../../rollouts/overview.ts';
import { signInsOf } from '../../upkeep/sign-ins.ts';
import { type DeskAnswer, type DeskCall, NOT_HERE } from '../call.ts';
import { momentWords } from '../list-page.ts';
import { repairsView } from '../repairs-view.ts';
import { liveMark } from './live.ts';
import { updateWords } from './rollout-words.ts';
import { pinForm } from './rollouts-page.ts';
import { signInsCard } from './sign-ins-card.ts';
import { trendView } from './trend.ts';
import {
  agoWords,
  deviceName,
  deviceStateWords,
  findingWords,
  lineWords,
  pageName,
  STATE_WORDS,
  sizeWords,
  spanWords,
} from './words.ts';

const DAYS_SHOWN = 7;
const DAY_MS = 86_400_000;
const ORDERS_SHOWN = 12;
const SIGN_INS_SHOWN = 8;

/** `GET /fleet/machines/…`. */
export async function fleetMachinePage(call: DeskCall): Promise<DeskAnswer> {
  const { find, nowMs } = await call.fleet.book.view();
  const line = find(call.params.terminalId ?? '');
  const terminalId = line && findHex(line.machine.id);
  if (!line || !terminalId) return NOT_HERE;
  const { db } = call.context.store;
  const { place, id } = line.machine;
  const last = await findLastReport(db, terminalId);
  const orders = await ordersOf(db, terminalId, areasOf(line.machine).slice(0, -1), ORDERS_SHOWN);
  const { words, sign } = STATE_WORDS[line.state];
  const why = line.findings.map(findingWords);
  const body = html`<main class="fleet"><div class="fleet-head"><h1>${place.town.name}${place.village.name} <span class="state is-${line.state}">${sign} ${words}</span></h1>${liveMark(nowMs)}</div>
<p class="lead">机器 <span class="number">${id.slice(0, 8)}</span> · <a href="/fleet?town=${place.town.code}">${place.town.name}的机器</a> · <a href="/machines/${id}">下令、没有收下的条目</a></p>
${why.length === 0 ? null : html`<p class="wait">${why.join('；')}</p>`}
${
  last === undefined
    ? html`<p class="none">还没有收到过它的报告。</p>`
    : html`${top(last.report, last.heardMs, nowMs)}<div class="machine-cards">${devicesCard(last.report, last.heardMs)}${versionsCard(last.report)}${await trendsCard(db, terminalId, nowMs)}${await pagesCard(call, terminalId, nowMs)}</div>`
}
<div class="machine-cards">${pinView(call, id, await findPin(db, terminalId))}${signInsCard(await signInsOf(db, terminalId, SIGN_INS_SHOWN))}</div>
${await repairsView(call, terminalId)}
<h2>下过的令</h2>${
    orders.length === 0
      ? html`<p class="none">还没有。</p>`
      : html`<table><thead><tr><th>时间</th><th>什么</th><th>谁</th></tr></thead><tbody>${orders.map(
          ({ atMs, words: said, staffName }) =>
            html`<tr><td class="number">${momentWords(atMs)}</td><td>${said}</td><td>${staffName}</td></tr>`,
        )}</tbody></table>`
  }</main>`;
  return { title: `${place.village.name}的机器`, body, at: '/fleet', live: true };
}

/** Whether it stays with the version it has, and the way to say so. */
function pinView(call: DeskCall, id: string, pin: Pin | undefined): Html {
  const said = pin
    ? html`留在现在这一版：${pin.words} <span class="aside">${pin.staffName}，${momentWords(pin.atMs)}</span>`
    : html`跟着<a href="/fleet/rollouts">软件发布</a>一起换新版。`;
  return html`<section class="card pinned"><h2>软件发布</h2><p>${said}</p>${pinForm(call, id, pin !== undefined, 'machine')}</section>`;
}

function top({ journal, disk, paper, uptimeS, clockTrusted }: MachineReport, heardMs: number, nowMs: number) {
  const box = (words: string, said: string, aside = '') =>
    html`<div><span>${words}</span><b>${said}</b>${aside === '' ? null : html`<span>${aside}</span>`}</div>`;
  const oldest = journal.oldestS === null ? '' : `最早的等了 ${spanWords(journal.oldestS * 1000)}`;
  const level = paper && PAPER_WORDS[paper.level];
  return html`<div class="machine-top">${box('最近一次', agoWords(nowMs - heardMs), `开机 ${spanWords(uptimeS * 1000)}`)}${box('没送完的', journal.owed === 0 ? '没有' : `${journal.owed} 条`, oldest)}${box('磁盘还剩', disk === null ? '不知道' : sizeWords(disk.freeBytes), disk === null ? '' : `共 ${sizeWords(disk.totalBytes)}`)}${box('纸', paper?.slipsLeft == null ? (level ?? '没有打印机') : `约 ${paper.slipsLeft} 张`, clockTrusted ? '时间已校准' : '时间没有校准')}</div>`;
}

const PAPER_WORDS: Readonly<Record<NonNullable<MachineReport['paper']>['level'], string>> = {
  enough: '够用',
  ending: '快没了',
  low: '快没了',
  out: '没有了',
  unknown: '不知道',
};

function devicesCard({ devices, atMs }: MachineReport, heardMs: number): Html {
  const rows = (devices ?? []).map(({ kind, state, reason, sinceMs }) => {
    const look =
      state === 'fault' || state === 'absent' ? 'trouble' : state === 'attention' ? 'attention' : 'ok';
    // By the machine's own clock, which may be off: brought to ours.
    const since = sinceMs === null ? '' : momentWords(spanStart(heardMs, atMs - sinceMs));
    return html`<tr><td>${deviceName(kind)}</td><td><span class="state is-${look}">${deviceStateWords(state, reason)}</span></td><td class="number aside">${since === '' ? '' : `${since} 起`}</td></tr>`;
  });
  return html`<section class="card"><h2>设备</h2>${rows.length === 0 ? html`<p>设备程序没有开。</p>` : html`<table><tbody>${rows}</tbody></table>`}</section>`;
}

function versionsCard({ software, catalog, keySet, bootId, update, counts }: MachineReport): Html {
  const hash = (whole: string | null) =>
    whole === null
      ? html`<span class="aside">没有报校验值</span>`
      : html`<span class="hash" title="${whole}">${whole.slice(0, 16)}…</span>`;
  const network = counts.each.filter(({ what }) => what === 'network');
  const sum = (what: string) =>
    counts.each.filter((one) => one.what === what).reduce((all, { count }) => all + count, 0);
  return html`<section class="card"><h2>版本与运行</h2><dl><dt>软件</dt><dd>${software.version}
${hash(software.hash)}</dd>${update ? html`<dt>上次更新</dt><dd>${update.version}，${updateWords(update.state)}</dd>` : null}<dt>事项目录</dt><dd>${catalog.number === null ? '软件自带' : `第 ${catalog.number} 版`}，${catalog.matters} 项${catalog.leftOut === 0 ? '' : `，${catalog.leftOut} 个坏的没用`}
${hash(catalog.hash)}</dd><dt>密钥表</dt><dd>${keySet === null ? '还没有' : `第 ${keySet} 号`}</dd><dt>这次开机</dt><dd><span class="hash">${bootId.slice(0, 16)}</span></dd><dt>自己停过</dt><dd>${sum('unclean-end')} 次，设备程序 ${sum('devices-lost')} 次，设备没反应 ${sum('device-hung')} 次</dd><dt>网络</dt><dd>${network.length === 0 ? '没有出过问题' : network.map(({ on, count }) => `${lineWords(on ?? 'other')} ${count} 次`).join('，')}</dd></dl></section>`;
}

async function trendsCard(db: DeskCall['context']['store']['db'], terminalId: Uint8Array, nowMs: number) {
  const hours = await hoursOf(db, terminalId, nowMs);
  const trend = (
    words: string,
    unit: (value: number) => string,
    of: (one: (typeof hours)[number]) => number | null,
  ) =>
    trendView(
      words,
      hours.flatMap((one) => {
        const value = of(one);
        return value === null ? [] : [{ atMs: one.hour * 3_600_000, value }];
      }),
      unit,
    );
  return html`<section class="card"><h2>两周以来</h2>${trend(
    '没送完的条目',
    (value) => `${value} 条`,
    ({ owed }) => owed,
  )}${trend('磁盘还剩', sizeWords, ({ freeBytes }) => freeBytes)}${trend(
    '纸还够',
    (value) => `${value} 张`,
    ({ slipsLeft }) => slipsLeft,
  )}</section>`;
}

async function pagesCard(call: DeskCall, terminalId: Uint8Array, nowMs: number): Promise<Html> {
  const since = isoDate(nowMs - (DAYS_SHOWN - 1) * DAY_MS);
  const counts = await countsOf(call.context.store.db, terminalId, since);
  const { month, day } = civilTime(nowMs - (DAYS_SHOWN - 1) * DAY_MS);
  const rows = counts.map(
    ({ page, matter, abandoned, failed }) =>
      html`<tr><td>${pageName(page)}</td><td>${matterWords(call, matter)}</td><td class="number">${abandoned || ''}</td><td class="number">${failed || ''}</td></tr>`,
  );
  return html`<section class="card"><h2>哪一页办不下去</h2>${
    rows.length === 0
      ? html`<p>${month}月${day}日以来没有。</p>`
      : html`<table><thead><tr><th>页</th><th>事项</th><th>没办完就走</th><th>没成</th></tr></thead><tbody>${rows}</tbody></table><p class="aside">${month}月${day}日以来，只有次数。</p>`
  }</section>`;
}

function matterWords({ context }: DeskCall, matter: CountLine['matter']): string {
  if (matter === '') return '—';
  if (matter === PRIVATE_MATTERS) return '不说哪一件';
  return context.book.find(matter)?.name.official.zh ?? matter;
}
