/** The look of roll-outs, beside that of the fleet. */
export const ROLLOUT_STYLE = `
.rollout { padding: 18px 22px; }
.rollout-head { display: flex; align-items: baseline; justify-content: space-between; gap: 20px; flex-wrap: wrap; }
.rollout-head h2 { font-size: 22px; margin: 0; }
.rollout-head .name { color: var(--ink-soft); font-weight: 400; }
.rollout .aside { font-size: 14px; }
.why-begun { margin: 4px 0 10px; }
.stages { margin: 10px 0 6px; font-size: 15px; }
.stages th, .stages td { padding: 9px 14px; vertical-align: middle; }
.stages .at-over td { color: var(--ink-soft); }
.stages .at-now td { background: var(--celadon-100); }
.stages .at-now td:first-child { box-shadow: inset 4px 0 0 var(--celadon-700); font-weight: 700; }
.counts { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 14px; }
.share { display: block; width: 100%; max-width: 340px; height: 12px; border-radius: 6px; background: var(--away); }
.share rect { stroke: var(--paper-raised); stroke-width: 1; vector-effect: non-scaling-stroke; }
.share .is-well { fill: var(--celadon-500); }
.share .is-waiting { fill: #cfd6cd; }
.share .is-crashing, .share .is-failed { fill: var(--seal); }
.share .is-pinned { fill: var(--edge); }
.key { white-space: nowrap; font-size: 14px; font-variant-numeric: tabular-nums; }
.key.is-well { color: var(--celadon-700); }
.key.is-crashing, .key.is-failed { color: var(--seal); font-weight: 700; }
.key.is-waiting, .key.is-pinned { color: var(--ink-soft); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 20px; margin-bottom: 14px; }
.legend .key { font-weight: 400; }
.acts { display: flex; flex-wrap: wrap; gap: 10px; align-items: flex-start; margin: 12px 0; }
.acts > form button { margin-top: 0; }
details.act { border: 0; padding: 0; }
details.act > summary { display: inline-block; list-style: none; padding: 6px 18px; border-radius: 8px; border: 1.5px solid var(--edge); background: var(--paper-raised); color: var(--ink); font-weight: 400; }
details.act > summary::-webkit-details-marker { display: none; }
details.act[open] > summary { background: var(--celadon-100); border-color: var(--celadon-700); }
details.act form { max-width: 420px; padding: 8px 0 4px; }
.ill, .record table { margin: 6px 0; font-size: 14.5px; width: auto; border: 0; }
.rollout details.record { border: 0; }
.rollout { padding-bottom: 10px; }
.ill td, .record td { padding: 5px 12px; }
.rollout h3 { font: 700 16px/1.4 var(--font-words); color: var(--celadon-900); margin-top: 14px; }
.rollout h3 b { color: var(--seal); }
.open-form { padding: 10px 20px; margin: 14px 0; }
details.card.open-form { border: 1px solid var(--line); }
.open-form > summary { font-size: 17px; }
.begin-top { display: grid; grid-template-columns: 1fr 1fr; gap: 0 20px; }
.begin-top .wide { grid-column: 1 / -1; }
.plan { margin: 14px 0 10px; }
.plan th, .plan td { padding: 6px 12px; vertical-align: middle; }
.plan input, .hours input[type=number], .hours input[type=time] { width: auto; padding: 5px 8px; }
.plan select { padding: 5px 8px; }
.hours { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 18px; }
`;
