/** 机器告警: what rings, who sees to it, and what rang before. */
import { type Html, html } from '../../pages/html.ts';
import { type DeskAnswer, type DeskCall, tokenField } from '../call.ts';
import { momentWords } from '../list-page.ts';
import { countOpen, endedAlerts, openAlerts, type ShownAlert } from './alerts.ts';
import { liveMark } from './live.ts';
import { STATE_WORDS, spanWords } from './words.ts';

/** The most that may be said of what is done. */
const WORDS_MOST = 120;
const ROWS = 60;

/** `GET /fleet/alerts`. */
export async function fleetAlertsPage(call: DeskCall): Promise<DeskAnswer> {
  const { db } = call.context.store;
  const view = await call.fleet.book.view();
  const { nowMs } = view;
  const count = await countOpen(db);
  const last = Math.max(1, Math.ceil(count / ROWS));
  const wanted = Number(call.query.page);
  const page = Number.isInteger(wanted) ? Math.min(Math.max(wanted, 1), last) : 1;
  const open = await openAlerts(db, view, { from: (page - 1) * ROWS, most: ROWS });
  const ended = await endedAlerts(db, view);
  const { quiet } = call.fleet.rules;
  const body = html`<main class="fleet"><div class="fleet-head"><h1>机器告警</h1>${liveMark(nowMs)}</div>
<p class="lead">好了的自己消掉；一个镇一起没有消息只算一条。${quiet === null ? null : `${quiet.from} 到 ${quiet.to} 不急的先不响，早上再说。`}</p>
${
  open.length === 0
    ? html`<p class="none">● 现在没有告警。</p>`
    : html`<table class="alerts"><thead><tr><th>哪里</th><th>怎么了</th><th>从什么时候</th><th>谁在处理</th></tr></thead><tbody>${open.map(
        (alert) => openRow(call, alert, nowMs),
      )}</tbody></table>${pager(page, last, count)}`
}
<h2>消掉的</h2>${
    ended.length === 0
      ? html`<p class="none">还没有。</p>`
      : html`<table class="alerts"><thead><tr><th>哪里</th><th>怎么了</th><th>从什么时候</th><th>到什么时候</th><th>谁处理的</th></tr></thead><tbody>${ended.map(
          endedRow,
        )}</tbody></table>`
  }</main>`;
  return { title: '机器告警', body, at: '/fleet/alerts', live: true };
}

/** `POST /fleet/alerts`: somebody says that they see to one. */
export async function answerAlert(call: DeskCall): Promise<DeskAnswer> {
  const { context, form, session } = call;
  const words = form.words?.trim().slice(0, WORDS_MOST) ?? '';
  const alertId = Number(form.alert);
  if (Number.isSafeInteger(alertId) && words !== '') {
    const said = { staffId: session.staff.staffId, saidMs: context.clock.wallMs(), words };
    await context.store.db
      .updateTable('fleetAlerts')
      .set(said)
      .where('alertId', '=', alertId)
      .where('endedMs', 'is', null)
      .execute();
  }
  return { goTo: '/fleet/alerts' };
}

function pager(page: number, last: number, count: number): Html | null {
  if (last === 1) return null;
  const to = (other: number, words: string) =>
    other < 1 || other > last ? null : html` <a href="/fleet/alerts?page=${other}">${words}</a>`;
  return html`<p class="lead">第 ${page} 页，共 ${last} 页，${count} 条${to(page - 1, '上一页')}${to(page + 1, '下一页')}</p>`;
}

function openRow(call: DeskCall, alert: ShownAlert, nowMs: number): Html {
  const { alertId, sinceMs, link, place } = alert;
  const who =
    alert.saidMs === null
      ? html`<form method="post" action="/fleet/alerts">${tokenField(call.session)}<input type="hidden" name="alert" value="${alertId}"><input name="words" maxlength="${WORDS_MOST}" aria-label="怎么处理" placeholder="怎么处理，什么时候去" required><button>我来处理</button></form>`
      : html`${alert.staffName ?? ''}，${momentWords(alert.saidMs)}<br><span class="aside">${alert.words}</span>`;
  return html`<tr id="alert-${alertId}"><td><a href="${link}">${place}</a></td><td>${whatView(alert)}</td><td class="number">${momentWords(sinceMs)}<br><span class="aside">${spanWords(nowMs - sinceMs)}</span></td><td>${who}</td></tr>`;
}

/** Kinds that can wait some days. */
const CALMER: ReadonlySet<string> = new Set(['paper', 'software', 'clock']);

function whatView({ kind, what, saidMs }: ShownAlert): Html {
  const look = CALMER.has(kind) || saidMs !== null ? 'attention' : 'trouble';
  return html`<span class="state is-${look}">${STATE_WORDS[look].sign} ${what}</span>`;
}

function endedRow(alert: ShownAlert): Html {
  const { place, link, sinceMs, endedMs, staffName, words } = alert;
  return html`<tr><td><a href="${link}">${place}</a></td><td>${alert.what}</td><td class="number">${momentWords(sinceMs)}</td><td class="number">${endedMs === null ? null : momentWords(endedMs)}</td><td>${staffName ?? '没有人'}${words === null ? null : html`<br><span class="aside">${words}</span>`}</td></tr>`;
}
