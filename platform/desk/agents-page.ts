/** Village agents: enrolled, given codes, revoked; by a town those of its own villages, by the county all. */
import { findHex, toHex } from '../../base/bytes.ts';
import { findDateStartMs, isoDate } from '../../base/calendar.ts';
import { findIdNumber } from '../../catalog/id-number.ts';
import { findVillage, TOWNS } from '../../catalog/places.ts';
import { cellOf } from '../access/table.ts';
import { enrolAgent, findAgent, giveNewCode, revokeAgent } from '../agents/agents.ts';
import { type Html, html } from '../pages/html.ts';
import type { AgentKeyRow, AgentRow } from '../store/agent-tables.ts';
import { type DeskAnswer, type DeskCall, NOT_HERE, tokenField } from './call.ts';
import { momentWords } from './list-page.ts';

/** As long as anybody is made an agent at once. */
const LONGEST_MS = 3 * 366 * 86_400_000;
const MOST_LETTERS = 40;

/** A registration code, told once. */
interface Made {
  readonly name: string;
  readonly code: string;
}

/** `GET /agents`. */
export async function agentsPage(call: DeskCall): Promise<DeskAnswer> {
  return show(call, null, null);
}

/** `POST /agents`: enrols somebody, gives another code, or revokes. */
export async function actOnAgents(call: DeskCall): Promise<DeskAnswer> {
  const { context, form, session } = call;
  if (form.revoke !== undefined || form.code !== undefined) {
    const agent = await findNamed(call, form.revoke ?? form.code ?? '');
    if (agent === undefined) return NOT_HERE;
    if (form.revoke !== undefined) {
      await revokeAgent(context, agent, session.staff.staffId);
      return { goTo: '/agents' };
    }
    const code = await giveNewCode(context, agent);
    return code === null
      ? show(call, null, '已经停了，不能再给登记码')
      : show(call, { name: agent.name, code }, null);
  }
  const wish = readWish(call);
  if (typeof wish === 'string') return show(call, null, wish);
  const { code } = await enrolAgent(context, wish, session.staff.staffId);
  return show(call, { name: wish.name, code }, null);
}

/** Whether what a form of the page names is of this desk: the agent's village, or the one they are to be enrolled for. */
export async function isOwnAgent(call: DeskCall): Promise<boolean> {
  const { revoke, code, village = '' } = call.form;
  const named = revoke ?? code;
  if (named === undefined) return village.startsWith(call.session.staff.deskCode);
  const agent = await findNamed(call, named);
  return agent?.villageCode.startsWith(call.session.staff.deskCode) === true;
}

/** Whether a village is this desk's: a town's code begins those of its villages. */
function isInside({ level, session }: DeskCall, villageCode: string): boolean {
  return cellOf('agents.list', level) === 'all' || villageCode.startsWith(session.staff.deskCode);
}

async function findNamed({ context }: DeskCall, hex: string): Promise<AgentRow | undefined> {
  const agentId = findHex(hex);
  return agentId?.length === 16 ? findAgent(context.store.db, agentId) : undefined;
}

/** Who is to be an agent, or what is wrong with the form. */
function readWish({ form, context }: DeskCall) {
  const nowMs = context.clock.wallMs();
  const name = form.name?.trim() ?? '';
  const number = findIdNumber(form.number ?? '', isoDate(nowMs));
  const untilMs = findDateStartMs(form.until ?? '');
  const villageCode = form.village ?? '';
  if (findVillage(villageCode) === undefined) return '请选一个村';
  if (name === '' || name.length > MOST_LETTERS) return '请填姓名';
  if (number === undefined) return '身份证号不对';
  if (untilMs === undefined || untilMs <= nowMs || untilMs - nowMs > LONGEST_MS)
    return '请填代办到哪天为止，最长三年';
  return { villageCode, name, number, untilMs };
}

async function show(call: DeskCall, made: Made | null, trouble: string | null): Promise<DeskAnswer> {
  const { db } = call.context.store;
  const all = await db.selectFrom('agents').selectAll().orderBy('enrolledMs').execute();
  const agents = all.filter(({ villageCode }) => isInside(call, villageCode));
  const keys = await db.selectFrom('agentKeys').selectAll().orderBy('takenMs').execute();
  const rows = agents.map((agent) => agentRow(call, agent, keys));
  const body = html`<main><h1>代办员</h1><p class="lead">谁在哪个村代办，到哪天为止。停了以后，联网的机器马上不认，没联网的到下次联网。</p>
${trouble ? html`<p class="trouble" role="alert">${trouble}</p>` : null}
${made ? html`<section class="card"><h2>${made.name}的登记码</h2><p>只显示这一次，请当面交给本人。第一次在机器上登录时用：</p><p class="code">${made.code}</p></section>` : null}
${
  rows.length === 0
    ? html`<p class="none">还没有代办员。</p>`
    : html`<table><thead><tr><th>姓名</th><th>村</th><th>到哪天</th><th>在机器上登记</th><th>在用</th></tr></thead><tbody>${rows}</tbody></table>`
}
<section class="card enrol"><h2>登记一位代办员</h2><form method="post" action="/agents">${tokenField(call.session)}
<label for="village">哪个村</label><select id="village" name="village" required><option value="">请选</option>${TOWNS.filter(
    ({ villages }) => villages.some(({ code }) => isInside(call, code)),
  ).map(
    (town) =>
      html`<optgroup label="${town.name.zh}">${town.villages.map(
        (village) => html`<option value="${village.code}">${village.name.zh}</option>`,
      )}</optgroup>`,
  )}</select>
<label for="name">姓名</label><input id="name" name="name" maxlength="${MOST_LETTERS}" required>
<label for="number">身份证号（只用来核对登记时刷的证，不留原文）</label><input id="number" name="number" maxlength="18" required>
<label for="until">代办到哪天为止</label><input id="until" name="until" type="date" required>
<button class="main">登记，生成登记码</button></form></section></main>`;
  return { title: '代办员', body, at: '/agents', ...(trouble && { status: 422 }) };
}

function agentRow(call: DeskCall, agent: AgentRow, keys: readonly AgentKeyRow[]): Html {
  const agentId = toHex(agent.agentId);
  const own = keys.filter((key) => toHex(key.agentId) === agentId);
  const village = findVillage(agent.villageCode)?.village.name.zh ?? agent.villageCode;
  const registered = own.map(
    ({ takenMs, refused }) =>
      html`<p>${momentWords(takenMs)}${refused === null ? null : html` <span class="late">不作数</span>`}</p>`,
  );
  return html`<tr><td>${agent.name}</td><td>${village}</td><td class="number">${isoDate(agent.untilMs)}</td>
<td>${own.length === 0 ? html`<span class="aside">还没有</span>` : registered}</td>
<td>${agent.revokedMs === null ? standingForms(call, agentId) : html`<span class="tag off">${momentWords(agent.revokedMs)} 停了</span>`}</td></tr>`;
}

/** Each asked twice: opened, then pressed. */
function standingForms(call: DeskCall, agentId: string): Html {
  return html`<details><summary>新的登记码</summary><form method="post" action="/agents">${tokenField(call.session)}
<input type="hidden" name="code" value="${agentId}"><p>换了证、忘了密码、多一台机器时用。</p><button>生成登记码</button></form></details>
<details><summary>停止代办</summary><form method="post" action="/agents">${tokenField(call.session)}
<input type="hidden" name="revoke" value="${agentId}"><p>停了就不能恢复，要再当代办员，重新登记。</p><button class="danger">停止代办</button></form></details>`;
}
