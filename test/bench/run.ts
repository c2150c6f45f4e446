/**
 * `npm run bench [name…]`: each figure beside its floor and its peer, measured in the same run. A time alone says
 * as much of the machine as of the program; the ratios are the result. What each figure means: `docs/bench.md`.
 */
import { availableParallelism, cpus, loadavg } from 'node:os';
import { benchCard } from './card.ts';
import { benchCatalog } from './catalog.ts';
import { benchDrain } from './drain.ts';
import { benchFrames } from './frames.ts';
import { benchHand } from './hand.ts';
import { benchKeyboard } from './keyboard.ts';
import { type Figure, tableOf } from './measure.ts';
import { benchPages } from './pages.ts';
import { benchPast } from './past.ts';
import { installPeers } from './peers.ts';
import { benchReader } from './reader.ts';
import { benchRpc } from './rpc.ts';
import { benchScreen } from './screen.ts';
import { benchStart } from './start.ts';
import { benchSubmit } from './submit.ts';

const BENCHES: Readonly<Record<string, () => Promise<Figure[]>>> = {
  submit: benchSubmit,
  past: benchPast,
  card: benchCard,
  frames: benchFrames,
  drain: benchDrain,
  rpc: benchRpc,
  screen: benchScreen,
  start: benchStart,
  pages: benchPages,
  catalog: benchCatalog,
  keyboard: benchKeyboard,
  hand: benchHand,
  reader: benchReader,
};

const say = (text: string) => process.stderr.write(`\x1b[36m·\x1b[0m ${text}\n`);
const load = () => loadavg().map((value) => value.toFixed(1));

const names = process.argv.slice(2);
const unknown = names.find((name) => !(name in BENCHES));
if (unknown !== undefined) {
  say(`no benchmark ${unknown}; there are ${Object.keys(BENCHES).join(', ')}`);
  process.exit(64);
}
installPeers(say);
const startMs = performance.now();
const loads = [load()[0]];
const figures: Figure[] = [];
for (const [name, bench] of Object.entries(BENCHES)) {
  if (names.length > 0 && !names.includes(name)) continue;
  say(`${name} (load ${load().join(' ')})`);
  figures.push(...(await bench()));
  loads.push(load()[0]);
}
const took = Math.round((performance.now() - startMs) / 1000);
const machine = `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'processor'}, Node ${process.version}`;
const when = new Date().toISOString().slice(0, 16).replace('T', ' ');
process.stdout.write(`${tableOf(figures)}\n\n`);
process.stdout.write(`${when} UTC, ${machine}, load ${loads.join(' → ')}, ${took} s in all\n`);
// LevelDB keeps threads of its own.
process.exit(0);
