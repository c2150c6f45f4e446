/** One roll-out as it stands: its stages with their machines, what was done to it, and what can be done now. */
import type { Stood } from '../../fleet/standing.ts';
import { type Html, html } from '../../pages/html.ts';
import type { RolloutView, StageView } from '../../rollouts/overview.ts';
import type { PublishedRelease } from '../../rollouts/published.ts';
import { type DeskCall, tokenField } from '../call.ts';
import { momentWords } from '../list-page.ts';
import {
  ACT_WORDS,
  areaWords,
  holdWords,
  hoursWords,
  STANDING_WORDS,
  STANDINGS,
  shareWords,
  updateWords,
} from './rollout-words.ts';
import { spanWords } from './words.ts';

const HOUR_MS = 3_600_000;
const ILL_SHOWN = 12;
const ACTS_SHOWN = 12;
/** Why something is done is said in so many characters. */
export const WHY_MOST = 120;

/** Where the state of a roll-out is said: by a word and a sign. */
const STATES = {
  running: { words: '正在发布', sign: '●', look: 'ok' },
  paused: { words: '暂停了', sign: '‖', look: 'attention' },
  stopped: { words: '停了', sign: '■', look: 'trouble' },
  done: { words: '发完了', sign: '✓', look: 'night' },
} as const;

/** Whether there is nothing left to wait for. */
function isDone({ standing, plan, stages }: RolloutView): boolean {
  return (
    standing.state === 'running' &&
    standing.stage === plan.stages.length - 1 &&
    stages.every(({ counts }) => counts.waiting === 0)
  );
}

/** The newest roll-out. */
export function rolloutCard(
  call: DeskCall,
  view: RolloutView,
  known: { readonly find: Stood['find']; readonly releases: readonly PublishedRelease[] },
): Html {
  const { plan, standing } = view;
  const state = STATES[isDone(view) ? 'done' : standing.state];
  const name = known.releases.find(({ version }) => version === plan.version)?.name;
  const begun = view.acts.findLast(({ act }) => act === 'begin');
  return html`<section class="card rollout"><div class="rollout-head"><h2>第 ${plan.version} 版${name === undefined ? null : html` <span class="name">${name}</span>`} <span class="state is-${state.look}">${state.sign} ${state.words}</span></h2>
<p class="aside">${hoursWords(plan.hours)} 换 · 坏的超过 ${plan.stop.percent}%、至少 ${plan.stop.least} 台，自己停${plan.channel === 'pilot' ? ' · 试用库' : null}</p></div>
${begun ? html`<p class="why-begun">${begun.words} <span class="aside">${begun.staffName ?? ''}，${momentWords(begun.atMs)}</span></p>` : null}
${stopWords(view)}
${stagesTable(call, view)}
${actsOf(call, view)}
${illView(view, known.find)}
<details class="record"><summary>做过什么</summary><table><tbody>${view.acts
    .slice(0, ACTS_SHOWN)
    .map(
      ({ atMs, act, stage, words, staffName }) =>
        html`<tr><td class="number">${momentWords(atMs)}</td><td>${ACT_WORDS[act] ?? act}${act === 'stage' ? `：第 ${stage + 1} 步` : null}</td><td>${staffName === null && act === 'stop' ? failedWords(words) : words}</td><td>${staffName ?? '自己'}</td></tr>`,
    )}</tbody></table></details></section>`;
}

/** Why it stands, where it does not go on by itself. */
function stopWords({ standing, acts }: RolloutView): Html | null {
  if (standing.state === 'running') return null;
  const last = acts.find(({ act }) => act === (standing.state === 'paused' ? 'pause' : 'stop'));
  if (last === undefined) return null;
  const { atMs, words, staffName } = last;
  if (staffName === null)
    return html`<p class="trouble" role="alert"><b>自己停的</b>，${momentWords(atMs)}：${failedWords(words)}。没有换的不再换。好的版本另开一次发布。</p>`;
  const did = standing.state === 'paused' ? '暂停' : '停止';
  return html`<p class="wait">${staffName} ${momentWords(atMs)} ${did}：${words}。这期间谁也不换。</p>`;
}

/** `3/25`, as it is on record. */
function failedWords(words: string): string {
  const [failed = '', tried = ''] = words.split('/');
  return `换过的 ${tried} 台里 ${failed} 台不好`;
}

function stagesTable(call: DeskCall, view: RolloutView): Html {
  const { county } = call.context;
  const legend = STANDINGS.map(
    (one) =>
      html`<span class="key is-${one}">${STANDING_WORDS[one].sign} ${STANDING_WORDS[one].words}</span>`,
  );
  return html`<table class="stages"><thead><tr><th>步</th><th>发给谁</th><th>这一步的机器</th><th>多久</th></tr></thead><tbody>${view.stages.map(
    (one, number) =>
      html`<tr class="at-${one.at}"${one.at === 'now' ? html` aria-current="step"` : null}><td class="number">${one.at === 'over' ? '✓' : number + 1}</td><td>${areaWords(one.stage.area, county)} ${shareWords(one.stage)}</td><td>${countsView(one)}</td><td>${timeWords(call, view, one)}</td></tr>`,
  )}</tbody></table><p class="legend">${legend}</p>`;
}

const BAR = 320;

/** How the machines of a stage stand, as a bar and in numbers. */
function countsView({ counts, at }: StageView): Html {
  const all = STANDINGS.reduce((sum, one) => sum + counts[one], 0);
  if (all === 0) return html`<span class="aside">没有另外的机器</span>`;
  if (at === 'to-come') return html`<b class="number">${all}</b> 台<span class="aside">，还没有到</span>`;
  let from = 0;
  const parts = STANDINGS.filter((one) => counts[one] > 0).map((one) => {
    const width = (counts[one] / all) * BAR;
    const part = html`<rect class="is-${one}" x="${from.toFixed(1)}" y="0" width="${width.toFixed(1)}" height="12"></rect>`;
    from += width;
    return part;
  });
  const numbers = STANDINGS.filter((one) => counts[one] > 0).map(
    (one) =>
      html`<span class="key is-${one}" title="${STANDING_WORDS[one].words}">${STANDING_WORDS[one].sign} ${counts[one]}</span>`,
  );
  return html`<div class="counts"><svg class="share" viewBox="0 0 ${BAR} 12" preserveAspectRatio="none" aria-hidden="true">${parts}</svg><span class="numbers"><b class="number">${all}</b> 台</span>${numbers}</div>`;
}

/** Until when a stage stands at the least, and what else it waits for. */
function timeWords(call: DeskCall, { standing, plan }: RolloutView, one: StageView): Html | string {
  if (one.at !== 'now') return one.at === 'over' ? '走完了' : holdWords(one.stage.holdHours);
  const nowMs = call.context.clock.wallMs();
  const stood = `到这一步 ${spanWords(nowMs - standing.sinceMs)}`;
  if (standing.state !== 'running') return '停在这一步';
  if (standing.stage === plan.stages.length - 1) return `${stood}，最后一步`;
  const untilMs = standing.sinceMs + one.stage.holdHours * HOUR_MS;
  const need = Math.ceil(one.reached / 2);
  const waits = [
    untilMs > nowMs ? `站到 ${momentWords(untilMs)}` : null,
    one.well < need ? `一半说好（${one.well} / ${need} 台）` : null,
  ].filter((words) => words !== null);
  return html`${stood}<br><span class="aside">${waits.length === 0 ? '马上进下一步' : `还要${waits.join('，')}`}</span>`;
}

/** What can be done to it now; each is asked twice, opened and then pressed, with the reason written down. */
function actsOf(call: DeskCall, { rolloutNo, standing, plan }: RolloutView): Html | null {
  const act = (name: string, words: string, about: string, look: string) =>
    html`<details class="act"><summary>${words}</summary><form method="post" action="/fleet/rollouts/act">${tokenField(call.session)}<input type="hidden" name="rollout" value="${rolloutNo}"><input type="hidden" name="stage" value="${standing.stage}"><p>${about}</p><label for="why-${name}">为什么</label><input id="why-${name}" name="words" maxlength="${WHY_MOST}" required><button class="${look}" name="act" value="${name}">${words}</button></form></details>`;
  const isLast = standing.stage >= plan.stages.length - 1;
  const running = [
    act('pause', '暂停', '还没换的先不换，已经取到的也不换。可以再继续。', 'main'),
    isLast
      ? null
      : act('stage', '不等了，进下一步', '不等够时间，也不等一半机器说好，马上发给下一步的机器。', 'danger'),
  ];
  const stop = act('stop', '停止', '这一次发布到此为止，不能再继续。换过的机器照旧用着新版。', 'danger');
  if (standing.state === 'stopped') return null;
  const paused = [act('go-on', '继续', '接着发，从停下的那一步起。', 'main')];
  return html`<div class="acts">${standing.state === 'paused' ? paused : running}${stop}</div>`;
}

/** Machines on which it did not go well. */
function illView({ ill }: RolloutView, find: Stood['find']): Html | null {
  if (ill.length === 0) return null;
  const rows = ill.slice(0, ILL_SHOWN).map(({ id, health }) => {
    const machine = find(id)?.machine;
    const { words, sign } = STANDING_WORDS[health];
    const why = health === 'failed' ? updateWords(machine?.report?.update?.state ?? '') : '';
    return html`<tr><td><a href="/fleet/machines/${id}">${machine ? `${machine.place.town.name}${machine.place.village.name}` : id.slice(0, 8)}</a></td><td><span class="key is-${health}">${sign} ${words}</span></td><td>${why}</td></tr>`;
  });
  return html`<h3>不好的机器 <b class="number">${ill.length}</b></h3><table class="ill"><tbody>${rows}</tbody></table>${ill.length > ILL_SHOWN ? html`<p class="aside">还有 ${ill.length - ILL_SHOWN} 台。</p>` : null}`;
}
