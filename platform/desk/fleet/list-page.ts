/** 机器一览: the map, what rings, and every machine by town and village. */
import type { FleetLine } from '../../fleet/book.ts';
import { MACHINE_STATES, type MachineState } from '../../fleet/machines.ts';
import type { TownSum } from '../../fleet/standing.ts';
import { type Html, html } from '../../pages/html.ts';
import type { DeskAnswer, DeskCall } from '../call.ts';
import { ringingAlerts } from './alerts.ts';
import { liveMark } from './live.ts';
import { mapView, townStates } from './map.ts';
import { agoWords, findingWords, STATE_WORDS, sizeWords, spanWords } from './words.ts';

const ROWS = 60;
const ALERTS_SHOWN = 6;

/** What is looked for. */
interface Wanted {
  readonly town: string | null;
  readonly state: MachineState | null;
  readonly words: string;
  readonly page: number;
}

/** `GET /fleet`. */
export async function fleetPage(call: DeskCall): Promise<DeskAnswer> {
  const view = await call.fleet.book.view();
  const { lines, nowMs } = view;
  const wanted = wantedOf(call.query);
  const ringing = await ringingAlerts(call.context.store.db, view, ALERTS_SHOWN);
  const towns = view.towns.filter(({ code }) => wanted.town === null || code === wanted.town);
  const { rows, total } = rowsOf(lines, towns, wanted);
  const body = html`<main class="fleet"><div class="fleet-head"><h1>机器一览</h1>${liveMark(nowMs)}</div>
${summary(wanted, towns)}
<div class="fleet-top"><section class="card map">${mapView(townStates(view.towns), wanted.town)}</section>
<section class="card ringing"><h2>正在告警${ringing.count === 0 ? null : html` <b class="number">${ringing.count}</b>`}</h2>${
    ringing.count === 0
      ? html`<p class="calm">● 没有要处理的。</p>`
      : html`<ul>${ringing.shown.map(
          (alert) =>
            html`<li><a href="${alert.link}">${alert.place}</a><span>${alert.what}</span><time>${spanWords(nowMs - alert.sinceMs)}</time></li>`,
        )}</ul>`
  }<p class="aside"><a href="/fleet/alerts">全部告警</a></p></section></div>
${filters(wanted, wanted.town === null ? '全县' : (towns[0]?.name ?? '这个镇'))}
${table(rows, nowMs)}
${pager(wanted, total)}</main>`;
  return { title: '机器一览', body, at: '/fleet', live: true };
}

function isWanted({ town, state, words }: Wanted): (line: FleetLine) => boolean {
  return (line) =>
    (town === null || line.machine.place.town.code === town) &&
    (state === null || line.state === state) &&
    (words === '' || nameOf(line).includes(words));
}

function nameOf({ machine: { place, id } }: FleetLine): string {
  return `${place.town.name}${place.village.name} ${id}`;
}

/**
 * A page's rows, the worst first and among the same by place, and how many there are. Unless words are looked for, the
 * sums say how many to pass over, and nobody is asked who does not stand on the page.
 */
export function rowsOf(
  lines: readonly FleetLine[],
  towns: readonly TownSum[],
  wanted: Wanted,
): { readonly rows: readonly FleetLine[]; readonly total: number } {
  const states = SUMMED.filter((state) => wanted.state === null || state === wanted.state);
  const fits = isWanted(wanted);
  const found = wanted.words === '' ? undefined : Map.groupBy(lines.filter(fits), ({ state }) => state);
  const countOf = (state: MachineState) => (found ? (found.get(state)?.length ?? 0) : countIn(towns, state));
  const total = states.reduce((all, state) => all + countOf(state), 0);
  const rows: FleetLine[] = [];
  let skip = (wanted.page - 1) * ROWS;
  for (const state of states) {
    if (skip >= countOf(state)) {
      skip -= countOf(state);
      continue;
    }
    for (const line of found?.get(state) ?? lines) {
      if (line.state !== state || !fits(line)) continue;
      if (skip > 0) skip -= 1;
      else rows.push(line);
      if (rows.length === ROWS) return { rows, total };
    }
  }
  return { rows, total };
}

function countIn(towns: readonly TownSum[], state: MachineState): number {
  return towns.reduce((all, { counts }) => all + (counts.get(state) ?? 0), 0);
}

function wantedOf(query: DeskCall['query']): Wanted {
  const text = (name: string) => (typeof query[name] === 'string' ? String(query[name]).trim() : '');
  const page = Number(text('page'));
  return {
    town: /^\d{9}$/.test(text('town')) ? text('town') : null,
    state: MACHINE_STATES.find((state) => state === text('state')) ?? null,
    words: text('find').slice(0, 40),
    page: Number.isInteger(page) && page > 0 ? page : 1,
  };
}

/** The way to the same page with something else looked for. */
function wayTo(wanted: Wanted, change: Partial<Wanted>): string {
  const { town, state, words, page } = { ...wanted, page: 1, ...change };
  const query = new URLSearchParams({
    ...(town && { town }),
    ...(state && { state }),
    ...(words && { find: words }),
    ...(page > 1 && { page: String(page) }),
  }).toString();
  return query === '' ? '/fleet' : `/fleet?${query}`;
}

/** States as they are looked at: what is wrong first, what is nothing to do last. */
const SUMMED: readonly MachineState[] = ['silent', 'trouble', 'attention', 'ok', 'night', 'new', 'revoked'];

function summary(wanted: Wanted, towns: readonly TownSum[]): Html {
  const countOf = (state: MachineState) => countIn(towns, state);
  const all = MACHINE_STATES.reduce((count, state) => count + countOf(state), 0);
  const sum = (state: MachineState | null, look: string, words: string, count: number) =>
    html`<a class="sum ${look}" href="${wayTo(wanted, { state })}"${state === wanted.state ? html` aria-current="true"` : null}><b>${count}</b><span>${words}</span></a>`;
  return html`<div class="sums">${sum(null, '', '全部', all)}${SUMMED.flatMap((state) => {
    const count = countOf(state);
    const { words, sign } = STATE_WORDS[state];
    return count === 0 && state !== wanted.state
      ? []
      : [sum(state, `is-${state}`, `${sign} ${words}`, count)];
  })}</div>`;
}

function filters(wanted: Wanted, where: string): Html {
  return html`<div class="fleet-filters"><h2>${where}</h2>${wanted.town === null ? null : html`<a href="${wayTo(wanted, { town: null })}">看全县</a>`}
<form method="get" action="/fleet">${wanted.town === null ? null : html`<input type="hidden" name="town" value="${wanted.town}">`}<input name="find" aria-label="找一台" placeholder="村名或编号" value="${wanted.words}"><button>找</button></form></div>`;
}

function table(lines: readonly FleetLine[], nowMs: number): Html {
  if (lines.length === 0) return html`<p class="none">没有这样的机器。</p>`;
  return html`<table class="machines"><thead><tr><th>地点</th><th>怎么样</th><th>软件</th><th>目录</th><th>没送完的</th><th>磁盘</th><th>纸</th><th>最近一次</th></tr></thead><tbody>${lines.map(
    (line) => row(line, nowMs),
  )}</tbody></table>`;
}

function row({ machine, state, findings }: FleetLine, nowMs: number): Html {
  const { id, place, report, heardMs } = machine;
  const { words, sign } = STATE_WORDS[state];
  const why = findings.filter(({ kind }) => kind !== 'silent').map(findingWords);
  const known = html`<td class="number">${report?.software.version.replace(/^[a-z]+\//, '') ?? '—'}</td><td class="number">${report ? (report.catalog.number ?? '自带') : '—'}</td><td class="number">${report ? owedWords(report.journal) : '—'}</td><td class="number">${report?.disk ? sizeWords(report.disk.freeBytes) : '—'}</td><td class="number">${report?.paper?.slipsLeft == null ? '—' : `约 ${report.paper.slipsLeft} 张`}</td>`;
  return html`<tr class="is-${state}"><td><a href="/fleet/machines/${id}">${place.village.name}</a> <span class="aside">${place.town.name} ${id.slice(0, 6)}</span></td><td><span class="state is-${state}">${sign} ${words}</span>${why.length === 0 ? null : html` <span class="why">${why.join('、')}</span>`}</td>${known}<td class="number">${heardMs === null ? '—' : agoWords(nowMs - heardMs)}</td></tr>`;
}

function owedWords({ owed, oldestS }: { readonly owed: number; readonly oldestS: number | null }): string {
  if (owed === 0) return '没有';
  return oldestS === null ? `${owed} 条` : `${owed} 条，最早 ${spanWords(oldestS * 1000)}`;
}

function pager(wanted: Wanted, total: number): Html | null {
  const last = Math.ceil(total / ROWS);
  if (last <= 1) return null;
  const to = (page: number, words: string) =>
    page < 1 || page > last ? null : html` <a href="${wayTo(wanted, { page })}">${words}</a>`;
  return html`<p class="lead">第 ${wanted.page} 页，共 ${last} 页，${total} 台${to(wanted.page - 1, '上一页')}${to(wanted.page + 1, '下一页')}</p>`;
}
