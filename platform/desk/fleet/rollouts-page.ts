/** 软件发布: the roll-out that counts, releases there are, machines that stay with what they have, and the way back. */
import { findHex, toHex } from '../../../base/bytes.ts';
import type { FleetLine, Stood } from '../../fleet/standing.ts';
import { type Html, html } from '../../pages/html.ts';
import {
  type FormerRollout,
  foreseeStages,
  formerRollouts,
  type Pin,
  pinsOf,
} from '../../rollouts/overview.ts';
import { CHANNELS, type PublishedRelease, publishedReleases } from '../../rollouts/published.ts';
import { actOnRollout, beginRollout, pinMachine, ROLLOUT_ACTS } from '../../rollouts/rollouts.ts';
import { findTerminal } from '../../terminals/terminals.ts';
import { type DeskAnswer, type DeskCall, tokenField } from '../call.ts';
import { momentWords } from '../list-page.ts';
import { liveMark } from './live.ts';
import { beginForm, confirmView, readBegin } from './rollout-form.ts';
import { rolloutCard, WHY_MOST } from './rollout-view.ts';
import { ACT_WORDS } from './rollout-words.ts';
import { stepBackForm, takeStepBack } from './step-back-form.ts';

const PATH = '/fleet/rollouts';
const RELEASES_SHOWN = 12;
const FORMER_SHOWN = 8;

/** What a page says besides what stands there. */
interface Said {
  readonly trouble?: string;
  /** In place of everything else. */
  readonly instead?: Html;
  /** The line of a step back that was asked for. */
  readonly line?: string;
}

/** `GET /fleet/rollouts`. */
export async function rolloutsPage(call: DeskCall): Promise<DeskAnswer> {
  return show(call, {});
}

/** `POST /fleet/rollouts/begin`: shows the plan once more, then begins it. */
export async function beginOnPage(call: DeskCall): Promise<DeskAnswer> {
  const { context, form, fleet, session } = call;
  if (form.sure === 'back') return show(call, {});
  const { lines } = await fleet.book.view();
  const wish = readBegin(form, publishedReleases(fleet.releases), lines);
  if (typeof wish === 'string') return show(call, { trouble: wish });
  if (form.sure !== 'yes')
    return show(call, { instead: confirmView(call, wish, await foreseeStages(context, wish.plan)) });
  await beginRollout(context, wish.plan, session.staff.staffId, wish.words);
  fleet.rollouts.forget();
  return { goTo: PATH };
}

/** `POST /fleet/rollouts/act`: pauses, goes on, stops, or goes to the next stage. */
export async function actOnRolloutPage(call: DeskCall): Promise<DeskAnswer> {
  const { context, form, fleet, session } = call;
  const act = ROLLOUT_ACTS.find((one) => one === form.act);
  const words = form.words?.trim().slice(0, WHY_MOST) ?? '';
  if (act === undefined || act === 'begin') return show(call, { trouble: '请选要做什么' });
  if (words === '') return show(call, { trouble: '请写为什么' });
  const by = { staffId: session.staff.staffId, words };
  // Two who saw the same stage, or one who pressed twice, go on once; pausing and stopping are meant at any stage.
  const from = act === 'stage' ? Number(form.stage) : undefined;
  const isDone = await actOnRollout(context, Number(form.rollout), act, by, from);
  fleet.rollouts.forget();
  return isDone ? { goTo: PATH } : show(call, { trouble: '没有做：它已经不是这样了，请再看一眼' });
}

/** `POST /fleet/rollouts/pins`: lets a machine stay with what it has, or no more. */
export async function pinOnPage(call: DeskCall): Promise<DeskAnswer> {
  const { context, form, fleet, session } = call;
  const id = findHex(form.machine ?? '');
  const terminal = id?.length === 16 ? await findTerminal(context.store.db, id) : undefined;
  const words = form.words?.trim().slice(0, WHY_MOST) ?? '';
  const pinned = form.pinned === 'yes';
  if (!terminal) return show(call, { trouble: '没有这台机器' });
  if (words === '') return show(call, { trouble: '请写为什么' });
  const { terminalId } = terminal;
  await pinMachine(context, { terminalId, pinned, staffId: session.staff.staffId, words });
  fleet.rollouts.forget();
  return { goTo: form.from === 'machine' ? `/fleet/machines/${toHex(terminalId)}` : PATH };
}

/** `POST /fleet/rollouts/step-back`: shows the line to be signed, then takes what was signed. */
export async function stepBackOnPage(call: DeskCall): Promise<DeskAnswer> {
  const { lines } = await call.fleet.book.view();
  const taken = await takeStepBack(call, lines);
  if ('trouble' in taken || 'line' in taken) return show(call, taken);
  return { goTo: PATH };
}

async function show(call: DeskCall, { trouble, instead, line }: Said): Promise<DeskAnswer> {
  const { context, fleet } = call;
  const { lines, find, nowMs } = await fleet.book.view();
  const releases = publishedReleases(fleet.releases);
  const head = html`<div class="fleet-head"><h1>软件发布</h1>${instead ? null : liveMark(nowMs)}</div>${trouble === undefined ? null : html`<p class="trouble" role="alert">${trouble}</p>`}`;
  const answer = { title: '软件发布', at: PATH, ...(trouble !== undefined && { status: 422 }) } as const;
  if (instead) return { ...answer, body: html`<main class="fleet">${head}${instead}</main>` };
  const view = await fleet.rollouts.find();
  const pins = await pinsOf(context.store.db);
  const former = await formerRollouts(context.store.db, FORMER_SHOWN);
  const isBegun = call.form.version !== undefined;
  const body = html`<main class="fleet">${head}
${view ? rolloutCard(call, view, { find, releases }) : html`<p class="none">还没有发布过软件。</p>`}
<details class="card open-form"${isBegun ? html` open` : null}><summary>发一个新版本</summary>${beginForm(call, releases, lines)}</details>
<div class="machine-cards"><section class="card"><h2>有哪些版本</h2>${releasesTable(releases, lines)}</section>
<section class="card"><h2>留在旧版的机器</h2>${pinsTable(call, pins, find)}</section></div>
<details class="card open-form"${line === undefined ? null : html` open`}><summary>退回旧版</summary>${stepBackForm(call, releases, view?.plan.version, line)}</details>
${former.length === 0 ? null : html`<h2>以前的发布</h2>${formerTable(former)}`}</main>`;
  return { ...answer, body, live: true };
}

const CHANNEL_WORDS = { pilot: '试用库', stable: '正式库' } as const;

function releasesTable(releases: readonly PublishedRelease[], lines: readonly FleetLine[]): Html {
  if (releases.length === 0) return html`<p class="aside">发布文件夹里还没有。</p>`;
  const running = Map.groupBy(
    lines.filter(({ machine }) => machine.revokedMs === null && machine.report !== null),
    ({ machine }) => machine.report?.software.version.replace(/^[a-z]+\//, '') ?? '',
  );
  return html`<table><thead><tr><th>版本</th><th>名称</th><th>在哪里</th><th>正用着</th></tr></thead><tbody>${releases
    .slice(0, RELEASES_SHOWN)
    .map(
      ({ version, name, channels, withdrawn }) =>
        html`<tr><td class="number">第 ${version} 版</td><td>${name}</td><td>${withdrawn ? html`<span class="tag off">撤回了</span>` : CHANNELS.filter((one) => channels.includes(one)).map((one) => html`<span class="tag">${CHANNEL_WORDS[one]}</span> `)}</td><td class="number">${running.get(name)?.length ?? 0} 台</td></tr>`,
    )}</tbody></table>`;
}

function pinsTable(call: DeskCall, pins: readonly Pin[], find: Stood['find']): Html {
  if (pins.length === 0) return html`<p class="aside">没有。要哪一台留在旧版，在那台机器的页面上说。</p>`;
  return html`<table><tbody>${pins.map(({ id, atMs, words, staffName }) => {
    const place = find(id)?.machine.place;
    return html`<tr><td><a href="/fleet/machines/${id}">${place ? `${place.town.name}${place.village.name}` : id.slice(0, 8)}</a><br><span class="aside">${words}，${staffName} ${momentWords(atMs)}</span></td><td>${pinForm(call, id, true, 'list')}</td></tr>`;
  })}</tbody></table>`;
}

/** The way to pin a machine, or to let it go along again. */
export function pinForm(call: DeskCall, id: string, isPinned: boolean, from: 'list' | 'machine'): Html {
  const words = isPinned ? '不再留' : '留在这一版';
  return html`<details class="act"><summary>${words}</summary><form method="post" action="/fleet/rollouts/pins">${tokenField(call.session)}<input type="hidden" name="machine" value="${id}"><input type="hidden" name="from" value="${from}"><label for="pin-${id.slice(0, 8)}">为什么</label><input id="pin-${id.slice(0, 8)}" name="words" maxlength="${WHY_MOST}" required><button class="main" name="pinned" value="${isPinned ? 'no' : 'yes'}">${words}</button></form></details>`;
}

function formerTable(former: readonly FormerRollout[]): Html {
  return html`<table><thead><tr><th>什么时候</th><th>版本</th><th>谁开始的</th><th>最后一步</th></tr></thead><tbody>${former.map(
    ({ version, madeMs, staffName, last }) =>
      html`<tr><td class="number">${momentWords(madeMs)}</td><td>第 ${version} 版</td><td>${staffName}</td><td>${last ? html`${ACT_WORDS[last.act] ?? last.act} <span class="aside">${momentWords(last.atMs)}</span>` : '—'}</td></tr>`,
  )}</tbody></table>`;
}
