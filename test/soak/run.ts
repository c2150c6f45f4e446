/**
 * `npm run soak -- --visits 5000 [--seed N] [--leak heap|handles|log]`: a day in short at a real terminal, with faults.
 * With `--browser` it is the page in Chromium that is soaked, alone: every view of every visit drawn and left.
 * Ends with 0 when nothing grew by more a visit than it may.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { growths, type Sample, tableOf } from './growth.ts';
import { soakPage } from './page-soak.ts';
import { soak } from './soak.ts';

const { values } = parseArgs({
  options: {
    visits: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
    leak: { type: 'string', default: '' },
    browser: { type: 'boolean', default: false },
  },
});
const visits = Number(values.visits);
if (!Number.isSafeInteger(visits) || visits < 100) {
  process.stderr.write('at least 100 visits: fewer are no line\n');
  process.exit(64);
}
const say = (line: string) => process.stderr.write(`\x1b[36m·\x1b[0m ${line}\n`);
const print = (line: string) => process.stdout.write(`${line}\n`);
const startMs = performance.now();
const plan = { visits, seed: Number(values.seed), sampleEvery: Math.max(5, Math.floor(visits / 100)), say };
const isWell = values.browser ? await isPageWell() : await isTerminalWell();
const minutes = ((performance.now() - startMs) / 60_000).toFixed(1);
const load = loadavg().map((value) => value.toFixed(1));
print(`${visits} visits in ${minutes} min, seed ${values.seed}, load ${load.join(' ')}`);
process.exit(isWell ? 0 : 1);

async function isTerminalWell(): Promise<boolean> {
  const report = await soak({ ...plan, leak: values.leak, faultEvery: 40 });
  for (const [what, times] of Object.entries(report.done)) print(`${String(times).padStart(6)} × ${what}`);
  print(`${String(report.lost).padStart(6)} × broken off where something was away`);
  for (const path of report.strange) print(`nobody bounds ${path}`);
  return isBounded(report.samples) && report.strange.length === 0 && report.lost < visits / 3;
}

async function isPageWell(): Promise<boolean> {
  return isBounded(await soakPage({ ...plan, leaks: values.leak !== '' }));
}

function isBounded(samples: readonly Sample[]): boolean {
  const all = growths(samples);
  print(`\n${tableOf(all)}\n`);
  return all.every((one) => one.isBounded);
}
