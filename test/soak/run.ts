/**
 * `npm run soak -- --visits 5000 [--seed N] [--leak heap|handles|log]`: a day in short at a real terminal, with faults.
 * Ends with 0 when nothing grew by more a visit than it may.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { growths, tableOf } from './growth.ts';
import { soak } from './soak.ts';

const { values } = parseArgs({
  options: {
    visits: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
    leak: { type: 'string', default: '' },
  },
});
const visits = Number(values.visits);
if (!Number.isSafeInteger(visits) || visits < 100) {
  process.stderr.write('at least 100 visits: fewer are no line\n');
  process.exit(64);
}
const print = (line: string) => process.stdout.write(`${line}\n`);
const startMs = performance.now();
const report = await soak({
  visits,
  seed: Number(values.seed),
  leak: values.leak,
  sampleEvery: Math.max(5, Math.floor(visits / 100)),
  faultEvery: 40,
  say: (line) => process.stderr.write(`\x1b[36m·\x1b[0m ${line}\n`),
});
for (const [what, times] of Object.entries(report.done)) print(`${String(times).padStart(6)} × ${what}`);
print(`${String(report.lost).padStart(6)} × broken off where something was away`);
const all = growths(report.samples);
print(`\n${tableOf(all)}\n`);
const minutes = ((performance.now() - startMs) / 60_000).toFixed(1);
const load = loadavg().map((value) => value.toFixed(1));
print(`${visits} visits in ${minutes} min, seed ${values.seed}, load ${load.join(' ')}`);
for (const path of report.strange) print(`nobody bounds ${path}`);
const isWell =
  report.strange.length === 0 && all.every(({ isBounded }) => isBounded) && report.lost < visits / 3;
process.exit(isWell ? 0 : 1);
