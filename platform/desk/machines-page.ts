/** The county's machines: what each has delivered and still owes, and codes to enrol new ones. */
import { findHex, toHex } from '../../base/bytes.ts';
import { findVillage, TOWNS } from '../../catalog/places.ts';
import type { Place } from '../../sync/contents.ts';
import { openRepairs } from '../agents/repairs.ts';
import type { County } from '../context.ts';
import { orderMachines } from '../feed/orders.ts';
import { type Account, accountsOf } from '../ledger/account.ts';
import { type Html, html } from '../pages/html.ts';
import { makeEnrolmentCode } from '../terminals/enrol.ts';
import { placeOf } from '../terminals/terminals.ts';
import { type DeskAnswer, type DeskCall, tokenField } from './call.ts';
import { momentWords } from './list-page.ts';

/** `GET /machines`. */
export async function machinesPage(call: DeskCall): Promise<DeskAnswer> {
  return show(call, null, null);
}

/** `POST /machines`: makes a one-time code for a village, shown once, here; or revokes a terminal. */
export async function actOnMachines(call: DeskCall): Promise<DeskAnswer> {
  if (call.form.revoke !== undefined) return revoke(call);
  const place = findPlace(call.context.county, call.form.village ?? '');
  if (!place) return show(call, null, '没有这个村，请填 12 位统计代码');
  const code = await makeEnrolmentCode(call.context, call.gatewayUrl, place);
  return show(call, { code, place }, null);
}

async function revoke(call: DeskCall): Promise<DeskAnswer> {
  const terminalId = findHex(call.form.revoke ?? '');
  const { staffId } = call.session.staff;
  const done =
    terminalId !== undefined &&
    (await orderMachines(call.context, { terminalId }, { order: 'revoke' }, staffId)) !== undefined;
  return done ? { goTo: '/machines' } : show(call, null, '没有这台机器，或者已经停用');
}

/** The place of a village's statistics code. */
export function findPlace(county: County, villageCode: string): Place | undefined {
  const found = findVillage(villageCode);
  if (!found) return undefined;
  const { town, village } = found;
  return {
    county: { code: county.code, name: county.name },
    town: { code: town.code, name: town.name.zh },
    village: { code: village.code, name: village.name.zh },
  };
}

async function show(
  call: DeskCall,
  made: { readonly code: string; readonly place: Place } | null,
  trouble: string | null,
): Promise<DeskAnswer> {
  const terminals = await call.context.store.db
    .selectFrom('terminals')
    .selectAll()
    .orderBy('enrolledMs')
    .execute();
  const rows: Html[] = [];
  const open = new Map(
    (await openRepairs(call.context.store.db)).map((one) => [toHex(one.terminalId), one.count]),
  );
  for (const terminal of terminals) {
    const repairs = open.get(toHex(terminal.terminalId)) ?? 0;
    const place = placeOf(terminal);
    const accounts = await accountsOf(call.context.store.db, terminal.terminalId);
    const journals =
      accounts.length === 0 ? [html`<p class="aside">还没有送来条目</p>`] : accounts.map(accountView);
    rows.push(html`<tr><td>${place.town.name}${place.village.name}${repairs === 0 ? null : html` <span class="tag danger">报修 ${repairs}</span>`}</td>
<td class="number"><a href="/machines/${toHex(terminal.terminalId)}">${toHex(terminal.terminalId).slice(0, 8)}</a></td><td class="number">${momentWords(terminal.enrolledMs)}</td>
<td>${journals}</td><td>${terminal.revokedMs === null ? revokeForm(call, terminal.terminalId) : html`<span class="tag off">${momentWords(terminal.revokedMs)} 停用</span>`}</td></tr>`);
  }
  const body = html`<main><h1>机器</h1><p class="lead">每台机器的台账送到哪里，还欠哪里。</p>
${trouble ? html`<p class="trouble" role="alert">${trouble}</p>` : null}
${made ? html`<section class="card"><h2>${made.place.town.name}${made.place.village.name}的登记码</h2><p>只显示这一次，只能用一次：</p><p class="code">${made.code}</p></section>` : null}
${
  rows.length === 0
    ? html`<p class="none">还没有机器。</p>`
    : html`<table><thead><tr><th>地点</th><th>编号</th><th>登记</th><th>台账</th><th>在用</th></tr></thead><tbody>${rows}</tbody></table>`
}
<section class="card enrol"><h2>登记一台新机器</h2><form method="post" action="/machines">${tokenField(call.session)}
<label for="village">放在哪个村</label><select id="village" name="village" required><option value="">请选</option>${TOWNS.map(
    (town) =>
      html`<optgroup label="${town.name.zh}">${town.villages.map(
        (village) => html`<option value="${village.code}">${village.name.zh}</option>`,
      )}</optgroup>`,
  )}</select><button class="main">生成登记码</button></form></section></main>`;
  return { title: '机器', body, at: '/machines', ...(trouble && { status: 422 }) };
}

/** Asked twice: opened, then pressed. */
function revokeForm(call: DeskCall, terminalId: Uint8Array): Html {
  return html`<details><summary>停用</summary><form method="post" action="/machines">${tokenField(call.session)}
<input type="hidden" name="revoke" value="${toHex(terminalId)}"><p>机器被偷、被复制时用。停用以后它什么也送不上来。要再用，得用新的登记码重新登记。</p><button class="danger">停用这台机器</button></form></details>`;
}

function accountView(account: Account): Html {
  const { top, held, missing, refused, forks, broken } = account;
  const troubles = [
    missing.length > 0 ? `还欠 ${missing.map(rangeWords).join('、')}` : null,
    refused.length > 0 ? `未能收下 ${refused.join('、')}` : null,
    forks.length > 0 ? `分叉 ${forks.join('、')}` : null,
    broken.length > 0 ? `不衔接 ${broken.join('、')}` : null,
  ].filter((words) => words !== null);
  return html`<p><span class="number">${toHex(account.journalId).slice(0, 8)}</span>：共 ${top} 条，收下 ${held} 条，已备份 ${account.safe} 条${
    troubles.length === 0 ? '，齐了' : html`<br><span class="late">${troubles.join('；')}</span>`
  }</p>`;
}

/** A run of numbers, as the desk writes it. */
export function rangeWords({ from, to }: { readonly from: number; readonly to: number }): string {
  return from === to ? String(from) : `${from}–${to}`;
}
