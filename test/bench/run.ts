/**
 * `npm run bench [name…]`: each figure beside its floor and its peer, measured in the same run. A time alone says
 * as much of the machine as of the program; the ratios are the result. What each figure means: `docs/bench.md`.
 */
import { loadavg } from 'node:os';
import { benchCard } from './card.ts';
import { benchDrain } from './drain.ts';
import type { Figure } from './measure.ts';
import { tableOf } from './measure.ts';
import { installPeers } from './peers.ts';
import { benchRpc } from './rpc.ts';
import { benchScreen } from './screen.ts';
import { benchSubmit } from './submit.ts';

const BENCHES: Readonly<Record<string, () => Promise<Figure[]>>> = {
  submit: benchSubmit,
  card: benchCard,
  drain: benchDrain,
  rpc: benchRpc,
  screen: benchScreen,
};

const say = (text: string) => process.stderr.write(`\x1b[36m·\x1b[0m ${text}\n`);
const load = () =>
  loadavg()
    .map((value) => value.toFixed(1))
    .join(' ');

const names = process.argv.slice(2);
const unknown = names.find((name) => !(name in BENCHES));
if (unknown !== undefined) {
  say(`no benchmark ${unknown}; there are ${Object.keys(BENCHES).join(', ')}`);
  process.exit(64);
}
installPeers(say);
const figures: Figure[] = [];
for (const [name, bench] of Object.entries(BENCHES)) {
  if (names.length > 0 && !names.includes(name)) continue;
  say(`${name} (load ${load()})`);
  figures.push(...(await bench()));
}
process.stdout.write(`${tableOf(figures)}\n`);
process.exit(0);
