/** The county's towns as a map of tiles, roughly where they lie: each says how its machines stand. */
import { TOWNS } from '../../../catalog/places.ts';
import { MACHINE_STATES, type MachineState } from '../../fleet/machines.ts';
import type { TownSum } from '../../fleet/standing.ts';
import { type Html, html } from '../../pages/html.ts';
import { STATE_WORDS } from './words.ts';

/** Column and row of each town of 新昌: the river comes in from the east, the county town lies north-west. */
const TILES: Readonly<Record<string, readonly [number, number]>> = {
  '330624003': [1, 0],
  '330624001': [2, 0],
  '330624112': [3, 0],
  '330624108': [4, 0],
  '330624004': [0.5, 1],
  '330624002': [1.5, 1],
  '330624200': [2.5, 1],
  '330624107': [3.5, 1],
  '330624109': [0, 2],
  '330624104': [1, 2],
  '330624201': [2, 2],
  '330624110': [3, 2],
};

const WIDTH = 116;
const HEIGHT = 92;
const GAP = 8;
/** Towns of another county stand in rows of so many. */
const IN_A_ROW = 5;

/** How a town stands: as the worst of its machines that are missed. */
interface TownState {
  readonly code: string;
  readonly name: string;
  readonly state: MachineState;
  readonly machines: number;
  readonly wrong: number;
}

/** States that say nothing bad of a town. */
const CALM: ReadonlySet<MachineState> = new Set(['ok', 'revoked', 'night', 'new']);

/** Each town, those without a machine too. */
export function townStates(sums: readonly TownSum[]): readonly TownState[] {
  const known = new Map(TOWNS.map(({ code, name }) => [code, name.zh]));
  for (const { code, name } of sums) known.set(code, name);
  const byCode = new Map(sums.map((sum) => [sum.code, sum]));
  return [...known].map(([code, name]) => {
    const counts = byCode.get(code)?.counts;
    const here = MACHINE_STATES.filter((state) => state !== 'revoked' && counts?.has(state));
    const sum = (states: readonly MachineState[]) =>
      states.reduce((all, state) => all + (counts?.get(state) ?? 0), 0);
    const wrong = sum(here.filter((state) => !CALM.has(state)));
    return { code, name, state: here[0] ?? 'ok', machines: sum(here), wrong };
  });
}

/** The map; a town leads to its machines. */
export function mapView(towns: readonly TownState[], chosen: string | null): Html {
  const placed = towns.map((town, index) => ({
    town,
    at: TILES[town.code] ?? [index % IN_A_ROW, Math.floor(index / IN_A_ROW) + 3],
  }));
  const width = Math.max(...placed.map(({ at }) => at[0])) * (WIDTH + GAP) + WIDTH + 4;
  const height = Math.max(...placed.map(({ at }) => at[1])) * (HEIGHT + GAP) + HEIGHT + 4;
  return html`<svg class="fleet-map" viewBox="-2 -2 ${width} ${height}" role="group" aria-label="各乡镇的机器">${placed.map(
    ({ town, at }) => tile(town, at[0] * (WIDTH + GAP), at[1] * (HEIGHT + GAP), town.code === chosen),
  )}</svg>`;
}

function tile({ code, name, state, machines, wrong }: TownState, x: number, y: number, isChosen: boolean) {
  const { words, sign } = STATE_WORDS[state];
  const says = machines === 0 ? '没有机器' : wrong === 0 ? `${sign} ${words}` : `${sign} ${wrong} 台${words}`;
  const kind = machines === 0 ? 'none' : state;
  return html`<a href="/fleet?town=${code}" class="tile is-${kind}${isChosen ? ' chosen' : ''}"><title>${name}：${machines} 台，${says}</title><rect x="${x}" y="${y}" width="${WIDTH}" height="${HEIGHT}" rx="12"></rect><text x="${x + 14}" y="${y + 31}" class="name">${name}</text><text x="${x + 14}" y="${y + 55}" class="count">${machines} 台</text><text x="${x + 14}" y="${y + 78}" class="says">${says}</text></a>`;
}
