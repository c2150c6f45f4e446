/** One machine: the orders it may be given, the entries it could not deliver, and what was ordered before. */
import { equalBytes, findHex, toHex } from '../../base/bytes.ts';
import { orderStandings } from '../feed/order-answers.ts';
import { type MachineOrder, type OrderScope, orderMachines, ordersOf } from '../feed/orders.ts';
import { findVerifiedOrder, orderLine } from '../keys/abandon.ts';
import { findRefusedEntry, type RefusedEntry, refusedEntries } from '../ledger/refused.ts';
import { type Html, html } from '../pages/html.ts';
import { findTerminal, type Terminal } from '../terminals/terminals.ts';
import { ANSWERED_ORDERS, answeredForms, readAnswered, standingView } from './answered-orders.ts';
import { type DeskAnswer, type DeskCall, NOT_HERE, tokenField } from './call.ts';
import { momentWords } from './list-page.ts';
import { repairsView } from './repairs-view.ts';
import { swapView } from './swap-view.ts';

const ORDERS_SHOWN = 30;

/** Why an entry was not taken: outcomes of journal.md "Receipt". */
const OUTCOME_WORDS: Readonly<Record<number, string>> = {
  1: '签名不对',
  2: '打不开',
  3: '太大',
  4: '版本不认识',
  5: '格式不对',
  6: '同一编号已有别的内容',
  7: '已被后来的条目取代',
};

/** `GET /machines/…`. */
export async function machinePage(call: DeskCall): Promise<DeskAnswer> {
  const terminal = await findShown(call);
  return terminal ? show(call, terminal, null) : NOT_HERE;
}

/** `POST /machines/…`: gives one order. */
export async function actOnMachine(call: DeskCall): Promise<DeskAnswer> {
  const terminal = await findShown(call);
  if (!terminal) return NOT_HERE;
  const { context, session, form } = call;
  const order = await readOrder(call, terminal);
  if (typeof order === 'string') return show(call, terminal, order);
  const scope = scopeOf(terminal, form.scope);
  const told = await orderMachines(context, scope, order, session.staff.staffId);
  if (told === undefined) return show(call, terminal, '没有发出：机器已经停用，或者写得不合格式');
  return { goTo: `/machines/${toHex(terminal.terminalId)}` };
}

/** The machine that the address names. */
export async function findShown({ context, params }: DeskCall): Promise<Terminal | undefined> {
  const terminalId = findHex(params.terminalId ?? '');
  return terminalId?.length === 16 ? findTerminal(context.store.db, terminalId) : undefined;
}

/** What the form orders, or what is wrong with it. */
async function readOrder(call: DeskCall, terminal: Terminal): Promise<MachineOrder | string> {
  const { form, context } = call;
  const answered = ANSWERED_ORDERS.find((one) => one === form.order);
  if (answered !== undefined) return readAnswered(answered, form);
  switch (form.order) {
    case 'sync-now':
    case 'new-journal':
    case 'revoke':
      return { order: form.order };
    case 'matter-out': {
      const zh = form.reason?.trim() ?? '';
      if (!context.book.find(form.matter ?? '')) return '请选一个事项';
      if (zh === '') return '请写为什么，村民会看到';
      const reason = { zh, en: form.reasonEn?.trim() || zh };
      return { order: 'matter-out', matterId: form.matter ?? '', reason };
    }
    case 'matter-in':
      return { order: 'matter-in', matterId: form.matter ?? '' };
    case 'catalog-pilot':
      return { order: 'catalog', channel: 'pilot' };
    case 'catalog-stable':
      return { order: 'catalog', channel: 'stable' };
    case 'abandon':
      return abandonOrder(call, terminal);
    default:
      return '请选要做什么';
  }
}

async function abandonOrder({ form, context }: DeskCall, terminal: Terminal): Promise<MachineOrder | string> {
  // The person's key may have been made a moment ago, by a program of its own.
  context.openingKeys.takeNew();
  const verified = findVerifiedOrder(context, form.signed ?? '');
  if (!verified) return '签名不对：要用登记在案的签令密钥签';
  const { order, bytes, holder } = verified;
  if (!equalBytes(order.terminalId, terminal.terminalId)) return '这一令不是给这台机器的';
  const entry = await findRefusedEntry(context.store.db, order);
  if (!entry) return '这一条没有被退回，不能放弃';
  return { order: 'abandon', signed: bytes, words: `${holder}签令放弃第 ${order.seq} 条：${order.reason}` };
}

/** An order about a matter may be for the whole town or county; any other is for one machine. */
function scopeOf({ terminalId, place }: Terminal, wanted: string | undefined): OrderScope {
  if (wanted === 'town') return { areaCode: place.town.code };
  return wanted === 'county' ? { areaCode: place.county.code } : { terminalId };
}

async function show(call: DeskCall, terminal: Terminal, trouble: string | null): Promise<DeskAnswer> {
  const { db } = call.context.store;
  const { place, terminalId, isRevoked } = terminal;
  const refused = await refusedEntries(db, terminalId);
  const areas = [place.county.code, place.town.code, place.village.code];
  const orders = await ordersOf(db, terminalId, areas, ORDERS_SHOWN);
  const nowMs = call.context.clock.wallMs();
  const orderNos = orders.map(({ orderNo }) => orderNo);
  const standings = await orderStandings(db, terminalId, orderNos, nowMs);
  const stands = new Map<number, Html | null>();
  for (const orderNo of orderNos)
    stands.set(orderNo, await standingView(call.context, standings.get(orderNo)));
  const history = orders.map(
    ({ orderNo, atMs, words, matterId, areaCode, staffName }) =>
      html`<tr><td class="number">${momentWords(atMs)}</td><td>${words}${matterId === null ? null : html`<br><span class="aside">${matterName(call, matterId)}${areaCode === null ? '' : '，不止这一台'}</span>`}${stands.get(orderNo) ?? null}</td><td>${staffName}</td></tr>`,
  );
  const body = html`<main><h1>${place.town.name}${place.village.name}</h1><p class="lead">机器 <span class="number">${toHex(terminalId).slice(0, 8)}</span> · <a href="/machines/${toHex(terminalId)}/account">对账单（可打印）</a> · <a href="/machines">回到全部机器</a></p>
${trouble ? html`<p class="trouble" role="alert">${trouble}</p>` : null}
${isRevoked ? html`<p class="wait">这台机器已经停用。它还欠的条目，用 U 盘带来。</p>` : ordersView(call, terminal)}
${await swapView(db, terminal)}
${await repairsView(call, terminalId)}
<h2>没有收下的条目</h2>${
    refused.length === 0
      ? html`<p class="none">没有。</p>`
      : refused.map((entry) => refusedView(call, terminal, entry))
  }
<h2>下过的令</h2>${
    history.length === 0
      ? html`<p class="none">还没有。</p>`
      : html`<table><thead><tr><th>时间</th><th>什么</th><th>谁</th></tr></thead><tbody>${history}</tbody></table>`
  }</main>`;
  return { title: `${place.village.name}的机器`, body, at: '/machines', ...(trouble && { status: 422 }) };
}

function ordersView(call: DeskCall, terminal: Terminal): Html {
  const matters = call.context.book.all();
  const options = matters.map(({ id, name }) => html`<option value="${id}">${name.official.zh}</option>`);
  const scopes = html`<option value="">只这一台</option><option value="town">${terminal.place.town.name}所有机器</option><option value="county">全县所有机器</option>`;
  return html`<section class="card"><h2>可以下的令</h2>
<details><summary>马上同步</summary>${orderForm(call, terminal, html`<p>让它现在就送、就取，不等下一次。</p><button class="main" name="order" value="sync-now">马上同步</button>`)}</details>
${answeredForms((content) => orderForm(call, terminal, content))}
<details><summary>一个事项先停办</summary>${orderForm(
    call,
    terminal,
    html`<label for="matter">事项</label><select id="matter" name="matter">${options}</select><label for="reason">为什么、什么时候再办（村民会看到）</label><input id="reason" name="reason" maxlength="120"><label for="reasonEn">英文（可不写）</label><input id="reasonEn" name="reasonEn" maxlength="120"><label for="scope">在哪里停办</label><select id="scope" name="scope">${scopes}</select><button class="main" name="order" value="matter-out">停办</button>`,
  )}</details>
<details><summary>恢复一个事项</summary>${orderForm(
    call,
    terminal,
    html`<label for="matterIn">事项</label><select id="matterIn" name="matter">${options}</select><label for="scopeIn">在哪里恢复</label><select id="scopeIn" name="scope">${scopes}</select><button class="main" name="order" value="matter-in">恢复办理</button>`,
  )}</details>
<details><summary>新的事项目录</summary>${orderForm(
    call,
    terminal,
    html`<p>没人用机器的时候才换上。</p><label for="scopeCatalog">发给哪里</label><select id="scopeCatalog" name="scope">${scopes}</select><button class="main" name="order" value="catalog-stable">取正式的</button>`,
  )}${orderForm(call, terminal, html`<p>新目录先在一台机器上试用，好了再发给大家。</p><button name="order" value="catalog-pilot">这台先试用</button>`)}</details>
<details><summary>另开一本台账</summary>${orderForm(call, terminal, html`<p>怀疑台账分叉、磁盘是恢复来的时候用。旧的一本照样送完。</p><button class="main" name="order" value="new-journal">另开一本</button>`)}</details>
<details><summary>停用</summary>${orderForm(call, terminal, html`<p>机器被偷、被复制时用。停用以后它不再收新的，也什么都送不上来。要再用，得用新的登记码重新登记。</p><button class="danger" name="order" value="revoke">停用这台机器</button>`)}</details></section>`;
}

function orderForm(call: DeskCall, { terminalId }: Terminal, content: Html): Html {
  return html`<form method="post" action="/machines/${toHex(terminalId)}">${tokenField(call.session)}${content}</form>`;
}

/** A refused entry with the way to have it abandoned: a line to be signed elsewhere, and where to hand it back. */
function refusedView(call: DeskCall, terminal: Terminal, entry: RefusedEntry): Html {
  const { platformId } = call.context.keys;
  const { terminalId } = terminal;
  const line = orderLine({ platformId, terminalId, ...entry });
  const field = `signed-${toHex(entry.entryHash).slice(0, 8)}`;
  return html`<section class="card"><h2>台账 <span class="number">${toHex(entry.journalId).slice(0, 8)}</span> 第 ${entry.seq} 条</h2>
<p class="lead">${OUTCOME_WORDS[entry.outcome] ?? `代码 ${entry.outcome}`}，${momentWords(entry.receivedMs)} 收到。机器还留着它，等人处理。</p>
${
  terminal.isRevoked
    ? null
    : html`<details><summary>签令放弃这一条</summary><p>放弃以后机器就擦掉它，再也找不回来。先和当事人补办。持签令密钥的人在自己的电脑上签下面这一行：</p><p class="code">${line}</p>${orderForm(
        call,
        terminal,
        html`<label for="${field}">签好的一行</label><textarea id="${field}" name="signed" required></textarea><button class="danger" name="order" value="abandon">放弃这一条</button>`,
      )}</details>`
}</section>`;
}

function matterName({ context }: DeskCall, matterId: string): string {
  return context.book.find(matterId)?.name.official.zh ?? matterId;
}
