/** Alarms of the county's machines; a person marks each as seen. */
import { ALARM_WORDS, type AlarmKind } from '../ledger/alarms.ts';
import { html } from '../pages/html.ts';
import { placeOf } from '../terminals/terminals.ts';
import { type DeskAnswer, type DeskCall, NOT_HERE, tokenField } from './call.ts';
import { momentWords } from './list-page.ts';

const ROWS = 200;

/** `GET /alarms`. */
export async function alarmsPage(call: DeskCall): Promise<DeskAnswer> {
  const rows = await call.context.store.db
    .selectFrom('alarms')
    .leftJoin('terminals', 'terminals.terminalId', 'alarms.terminalId')
    .select(['alarmId', 'kind', 'detail', 'atMs', 'seenMs', 'terminals.place'])
    .orderBy('alarmId', 'desc')
    .limit(ROWS)
    .execute();
  const table = html`<table><thead><tr><th>时间</th><th>机器</th><th>什么事</th><th>编号</th><th>处理</th></tr></thead><tbody>${rows.map(
    (row) => {
      const place = row.place === null ? null : placeOf({ place: row.place });
      const where = place ? `${place.town.name}${place.village.name}` : '—';
      const seen =
        row.seenMs === null
          ? html`<form method="post" action="/alarms">${tokenField(call.session)}<input type="hidden" name="alarm" value="${row.alarmId}"><button>看过了</button></form>`
          : html`<span class="aside">${momentWords(row.seenMs)} 看过</span>`;
      return html`<tr><td class="number">${momentWords(row.atMs)}</td><td>${where}</td><td>${
        ALARM_WORDS[row.kind as AlarmKind] ?? row.kind
      }</td><td class="aside">${shortDetail(row.detail)}</td><td>${seen}</td></tr>`;
    },
  )}</tbody></table>`;
  const body = html`<main><h1>告警</h1><p class="lead">平台看到、要人来看的事。</p>${
    rows.length === 0 ? html`<p class="none">没有告警。</p>` : table
  }</main>`;
  return { title: '告警', body, at: '/alarms' };
}

/** `POST /alarms`. */
export async function markSeen(call: DeskCall): Promise<DeskAnswer> {
  const alarmId = Number(call.form.alarm);
  if (!Number.isSafeInteger(alarmId)) return NOT_HERE;
  await call.context.store.db
    .updateTable('alarms')
    .set({ seenByStaffId: call.session.staff.staffId, seenMs: call.context.clock.wallMs() })
    .where('alarmId', '=', alarmId)
    .where('seenMs', 'is', null)
    .execute();
  return { goTo: '/alarms' };
}

/** Long ids cut to what tells them apart by eye. */
function shortDetail(detail: string): string {
  return detail.replaceAll(/[0-9a-f]{16,}/g, (id) => id.slice(0, 8));
}
