/**
 * `npm run soak -- --visits 5000 [--seed N] [--leak heap|handles|log|database|files] [--snapshots FOLDER]`: a day in short at a real terminal, with faults.
 * With `--browser` it is the page in Chromium that is soaked, alone: every view of every visit drawn and left.
 * Ends with 0 when nothing grew by more a visit than it may.
 */
import { readdirSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { growths, type Sample, tableOf } from './growth.ts';
import { soakPage } from './page-soak.ts';
import { compareSnapshots } from './snapshots.ts';
import { soak } from './soak.ts';

const { values } = parseArgs({
  options: {
    visits: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
    leak: { type: 'string', default: '' },
    minutes: { type: 'string', default: '600' },
    snapshots: { type: 'string' },
    browser: { type: 'boolean', default: false },
  },
});
/** Planted at each visit: some times what may grow. */
const LEAK_BYTES = 16_384;
const visits = Number(values.visits);
if (!Number.isSafeInteger(visits) || visits < 100) {
  process.stderr.write('at least 100 visits: fewer are no line\n');
  process.exit(64);
}
const say = (line: string) => process.stderr.write(`\x1b[36m·\x1b[0m ${line}\n`);
const print = (line: string) => process.stdout.write(`${line}\n`);
const snapshots = values.snapshots ?? null;
const startMs = performance.now();
const plan = { visits, seed: Number(values.seed), sampleEvery: Math.max(5, Math.floor(visits / 100)), say };
const isWell = values.browser ? await isPageWell() : await isTerminalWell();
if (snapshots !== null) print(comparison(snapshots));
const minutes = ((performance.now() - startMs) / 60_000).toFixed(1);
const load = loadavg().map((value) => value.toFixed(1));
print(`${visits} visits in ${minutes} min, seed ${values.seed}, load ${load.join(' ')}`);
process.exit(isWell ? 0 : 1);

async function isTerminalWell(): Promise<boolean> {
  const report = await soak({
    ...plan,
    leaksAt: () => [values.leak],
    leakBytes: LEAK_BYTES,
    maxMinutes: Number(values.minutes),
    faultEvery: 40,
    snapshots,
  });
  for (const [what, times] of Object.entries(report.done)) print(`${String(times).padStart(6)} × ${what}`);
  const causes = Map.groupBy(report.lost, ({ fault }) => fault ?? 'no fault was there');
  for (const [cause, lost] of causes) print(`${String(lost.length).padStart(6)} × broken off: ${cause}`);
  const unexplained = report.lost.filter(({ fault }) => fault === null);
  for (const { at, visit, why } of unexplained)
    print(`visit ${at} broke off, and no fault was there: ${visit}: ${why}`);
  for (const path of report.strange) print(`nobody bounds ${path}`);
  return isBounded(report.samples) && report.strange.length === 0 && unexplained.length === 0;
}

async function isPageWell(): Promise<boolean> {
  return isBounded(
    await soakPage({
      ...plan,
      leaks: values.leak !== '',
      snapshots,
      sampleEvery: Math.max(5, Math.floor(visits / 20)),
    }),
  );
}

/** Of the two snapshots in a folder, the one taken first against the other. */
function comparison(folder: string): string {
  const [before, after] = readdirSync(folder)
    .filter((name) => name.endsWith('.heapsnapshot'))
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    .map((name) => join(folder, name));
  return before === undefined || after === undefined ? 'nothing to compare' : compareSnapshots(before, after);
}

function isBounded(samples: readonly Sample[]): boolean {
  const all = growths(samples);
  print(`\n${tableOf(all)}\n`);
  return all.every((one) => one.isBounded);
}
