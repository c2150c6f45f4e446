/** Pages about machines follow what changes: a stream says that something did, the page then asks for itself anew. */
import { type Html, html } from '../../pages/html.ts';
import type { DeskAnswer, DeskCall } from '../call.ts';
import { momentWords } from '../list-page.ts';

/** A request with it was made by a page by itself. */
export const LIVE_HEADER = 'x-live';

/** `GET /fleet/live`: `changed`, whenever a look found something: of machines, or of what was done about them. */
export async function fleetLive({ fleet }: DeskCall): Promise<DeskAnswer> {
  return {
    stream: (say) => {
      const stops = [fleet.book, fleet.signs].map((one) => one.onChange(() => say('changed')));
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}

/** When the page was made, and the way to look again without a script. */
export function liveMark(nowMs: number): Html {
  return html`<p class="live" aria-live="polite"><span class="dot"></span><span>${momentWords(nowMs)}</span><a href="">刷新</a></p><script src="/fleet.js" defer></script>`;
}

/** An open page asks for itself no oftener: in a large fleet something changes at every look. */
export const PAGE_EVERY_MS = 1_000;

/** A page that was sent away listens again after so long. */
const AGAIN_MS = 5_000;

/** Plain and small: takes of the page's own words those that changed, never while somebody types. */
export const FLEET_SCRIPT = `'use strict';
(() => {
  const EVERY_MS = ${PAGE_EVERY_MS};
  const AGAIN_MS = ${AGAIN_MS};
  let wanted = false;
  let asking = false;
  let lastMs = 0;
  const isTyping = () => document.activeElement?.closest('main form') != null ||
    document.querySelector('main details[open]:not([data-stood]) form') != null ||
    [...document.querySelectorAll('main form input:not([type=hidden])')].some((one) => one.value !== one.defaultValue);
  // What stands open as the page comes is not somebody who is about to write.
  const noteOpen = (root) => root.querySelectorAll('details[open]').forEach((one) => { one.dataset.stood = ''; });
  const mark = (state) => document.querySelector('.live')?.setAttribute('data-state', state);
  function change(old, fresh) {
    if (old.isEqualNode(fresh)) return;
    const alike = old.nodeName === fresh.nodeName && old.childElementCount > 0 && old.childNodes.length === fresh.childNodes.length;
    if (!alike || old.closest('form')) { old.replaceWith(fresh); return; }
    for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
    for (const { name, value } of fresh.attributes) old.setAttribute(name, value);
    const anew = [...fresh.childNodes];
    [...old.childNodes].forEach((one, index) => change(one, anew[index]));
  }
  async function take() {
    if (!wanted || asking || document.hidden) return;
    if (isTyping()) { mark('still'); return; }
    const waitMs = lastMs + EVERY_MS - performance.now();
    if (waitMs > 0) { setTimeout(take, waitMs); return; }
    asking = true; wanted = false; lastMs = performance.now();
    try {
      const answer = await fetch(location.href, { headers: { '${LIVE_HEADER}': '1' } });
      if (answer.redirected) { location.reload(); return; }
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
      const old = document.querySelector('main');
      if (!answer.ok || !fresh || !old || isTyping()) { wanted = true; return; }
      const focused = document.activeElement?.getAttribute('href');
      [fresh, old].forEach((one) => one.querySelectorAll('script').forEach((script) => script.remove()));
      noteOpen(fresh);
      change(old, fresh);
      if (focused) [...old.querySelectorAll('a')].find((one) => one.getAttribute('href') === focused)?.focus({ preventScroll: true });
      mark('live');
    } catch { wanted = true; } finally { asking = false; }
  }
  noteOpen(document);
  // What changed while nothing was heard is asked for once it is heard again.
  function catchUp() { wanted = true; take(); }
  function listen(again) {
    const source = new EventSource('/fleet/live');
    let cut = again;
    source.addEventListener('open', () => { mark('live'); if (cut) { cut = false; catchUp(); } });
    source.addEventListener('error', () => {
      cut = true;
      mark('cut');
      // Whoever stands before the platform said no, or the sign-in is over: a browser does not ask again by itself.
      if (source.readyState === EventSource.CLOSED) setTimeout(() => { catchUp(); listen(true); }, AGAIN_MS);
    });
    source.addEventListener('changed', catchUp);
  }
  listen(false);
  document.addEventListener('visibilitychange', take);
  document.addEventListener('focusout', () => setTimeout(take, 0));
  document.addEventListener('toggle', take, true);
})();
`;

/** Denser than the rest of the desk: somebody looks at it all day. */
export const FLEET_STYLE = `
main.fleet { max-width: 1440px; padding-top: 20px; }
main.fleet > h2 { margin-top: 26px; }
.fleet-head { display: flex; align-items: baseline; justify-content: space-between; margin-bottom: 12px; }
.live { display: flex; gap: 10px; align-items: center; color: var(--ink-soft); font-size: 14px; font-variant-numeric: tabular-nums; }
.live .dot { width: 9px; height: 9px; border-radius: 50%; border: 2px solid var(--edge); }
.live[data-state=live] .dot { background: var(--celadon-500); border-color: var(--celadon-500); }
.live[data-state=live] a { display: none; }
.live[data-state=live]::after { content: '实时'; }
.live[data-state=still]::after { content: '有新的，填完再换'; color: var(--amber-700); }
.live[data-state=cut]::after { content: '断开了，正在重连'; color: var(--seal); }
.sums { display: flex; gap: 10px; margin-bottom: 14px; }
.sum { flex: 1; display: flex; align-items: baseline; gap: 10px; padding: 9px 16px; border-radius: var(--radius); border: 1px solid var(--line); background: var(--paper-raised); color: var(--ink); text-decoration: none; }
.sum[aria-current] { border-color: var(--celadon-700); box-shadow: inset 0 0 0 1.5px var(--celadon-700); }
.sum b { font: 700 26px/1.2 var(--font-words); font-variant-numeric: tabular-nums; }
.fleet-top { display: grid; grid-template-columns: minmax(0, 1.25fr) minmax(360px, 1fr); gap: 16px; }
.fleet-top .card { padding: 16px 18px; margin-bottom: 14px; }
.fleet-map { display: block; width: 100%; max-height: 330px; }
.fleet-map a { text-decoration: none; }
.fleet-map rect { fill: var(--celadon-100); stroke: var(--celadon-500); stroke-width: 1.5; }
.fleet-map text { fill: var(--celadon-900); font: 13px var(--font-words); }
.fleet-map .name { font-weight: 700; font-size: 17px; }
.fleet-map .is-silent rect { fill: #fff; stroke: var(--seal); stroke-width: 2.5; stroke-dasharray: 6 4; }
.fleet-map .is-trouble rect { fill: #fff; stroke: var(--seal); stroke-width: 2.5; }
.fleet-map .is-silent text, .fleet-map .is-trouble text { fill: var(--seal); }
.fleet-map .is-attention rect { fill: var(--amber-100); stroke: var(--amber-700); }
.fleet-map .is-attention text { fill: var(--amber-700); }
.fleet-map .is-none rect, .fleet-map .is-new rect, .fleet-map .is-revoked rect { fill: none; stroke: var(--line); stroke-width: 1.5; }
.fleet-map .is-none text, .fleet-map .is-new text, .fleet-map .is-revoked text { fill: var(--ink-soft); }
.fleet-map .is-night rect { fill: var(--away); stroke: var(--edge); }
.fleet-map .chosen rect { stroke-width: 4; }
.ringing h2 b { color: var(--seal); }
.ringing ul { list-style: none; padding: 0; }
.ringing li { display: grid; grid-template-columns: 132px minmax(0, 1fr) auto; gap: 12px; padding: 6px 0; border-bottom: 1px solid var(--line); }
.ringing li:last-child { border-bottom: 0; }
.ringing time { color: var(--ink-soft); font-variant-numeric: tabular-nums; }
.ringing .aside { margin-top: 8px; font-size: 14px; }
.calm { color: var(--celadon-700); padding: 20px 0; }
.fleet-filters { display: flex; align-items: center; gap: 18px; margin-bottom: 10px; }
.fleet-filters h2, .fleet-filters .filters { margin-bottom: 0; }
.fleet-filters .filters a { padding: 3px 12px; font-size: 14px; }
.fleet-filters form { margin-left: auto; display: flex; gap: 8px; }
.fleet-filters form input { width: 180px; padding: 5px 10px; font-size: 14px; }
.fleet-filters form button { padding: 5px 14px; font-size: 14px; }
.machines, .alerts { font-size: 14.5px; }
.machines th, .machines td { padding: 6px 12px; }
.machines tr.is-revoked td { color: var(--ink-soft); }
.alerts form { display: flex; gap: 8px; }
.alerts form input { padding: 5px 10px; }
.alerts form button { padding: 5px 12px; white-space: nowrap; }
.state { display: inline-block; padding: 0 10px; border-radius: 999px; background: var(--celadon-100); color: var(--celadon-900); white-space: nowrap; font-size: 14px; }
.state.is-silent, .state.is-trouble { background: #fff; color: var(--seal); box-shadow: inset 0 0 0 1.5px var(--seal); font-weight: 700; }
.state.is-attention { background: var(--amber-100); color: var(--amber-700); }
.state.is-night, .state.is-revoked, .state.is-new { background: var(--away); color: var(--ink-soft); }
.sum.is-silent b, .sum.is-trouble b { color: var(--seal); }
.sum.is-attention b { color: var(--amber-700); }
.sum.is-ok b { color: var(--celadon-700); }
.why { color: var(--ink-soft); }
.machine-top { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 12px; margin: 14px 0; }
.machine-top div { background: var(--paper-raised); border: 1px solid var(--line); border-radius: var(--radius); padding: 10px 16px; }
.machine-top span { color: var(--ink-soft); font-size: 14px; display: block; }
.machine-top b { font: 700 20px/1.4 var(--font-words); font-variant-numeric: tabular-nums; }
.machine-cards { display: grid; grid-template-columns: 1fr 1fr; gap: 14px; align-items: start; }
main > .machine-cards + .machine-cards { margin-top: 14px; }
.machine-cards .card { padding: 16px 20px; margin: 0; }
.machine-cards table { margin: 0; border: 0; font-size: 14.5px; }
.machine-cards th, .machine-cards td { padding: 5px 8px; }
.machine-cards .wide { grid-column: 1 / -1; }
.machine-cards dl { grid-template-columns: 110px minmax(0, 1fr); font-size: 14.5px; }
.hash { font: 13px ui-monospace, monospace; color: var(--ink-soft); }
.trend { display: block; width: 100%; height: 56px; margin: 2px 0 8px; }
.trend path { fill: none; stroke: var(--celadon-700); stroke-width: 2; vector-effect: non-scaling-stroke; }
.trend line { stroke: var(--line); stroke-width: 1; vector-effect: non-scaling-stroke; }
@media (max-width: 1000px) { .fleet-top, .machine-cards, .machine-top { grid-template-columns: 1fr; } .sums, .fleet-filters { flex-wrap: wrap; } }
`;
