/**
 * Every check, in order of cost: format and lint, arrows, dead code, types and the catalog all at once, then unit
 * and integration tests, then the journeys in a real browser. Stops at nothing, so that one run shows all that is
 * wrong; ends with one line of counts.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
process.chdir(root);
const bin = join(root, 'node_modules', '.bin');
const env = {
  ...process.env,
  PATH: `${bin}:${process.env.PATH}`,
  // Tests start the same programs over and over: what Node made of their sources serves each start.
  NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'node-compile'),
};
const REPORTS = 'test-results/reports';
const ROOMS = ['base', 'catalog', 'drivers', 'sync', 'terminal', 'renderer', 'host', 'electron', 'platform'];

interface Step {
  readonly name: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where the step leaves its counts; without one it counts as a single check. */
  readonly report?: { readonly path: string; readonly read: (json: unknown) => Counts };
}
interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Of those passed, how many at the second try alone. */
  readonly retried?: number;
}

const vitestReport = join(REPORTS, 'vitest.json');
const journeysReport = join(REPORTS, 'journeys.json');
const galleryReport = join(REPORTS, 'gallery.json');

/** So many draw pages at once. */
const DRAWERS = availableParallelism();

/** Steps that read the sources and start nothing: they run at the same time, and each says what it said when it ends. */
const CHECKS: readonly Step[] = [
  { name: 'format and lint', command: ['biome', 'check', '.'] },
  { name: 'arrows', command: ['depcruise', '--config', '.dependency-cruiser.cjs', ...ROOMS] },
  { name: 'dead code', command: ['knip'] },
  { name: 'types', command: ['tsc', '-p', 'tsconfig.json'] },
  { name: 'types of the screens', command: ['tsc', '-p', 'renderer/tsconfig.json'] },
  { name: 'catalog', command: ['node', 'scripts/catalog-check.ts'] },
];

/** Steps that take the whole machine, one after the other, before {@link BROWSER}. */
const TESTS: readonly Step[] = [
  {
    name: 'unit and integration',
    command: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`],
    report: {
      path: vitestReport,
      read: (json) => {
        const counts = json as { numPassedTests: number; numFailedTests: number; numPendingTests: number };
        return {
          passed: counts.numPassedTests,
          failed: counts.numFailedTests,
          skipped: counts.numPendingTests,
        };
      },
    },
  },
  { name: 'programs bundled', command: ['node', 'scripts/build.ts', '--programs'] },
];

/**
 * The last two steps, one after the other: journeys wait more than they compute, but what they wait for comes late where
 * pages are drawn beside them, and a trembling hand or a dying program is then judged by a busy machine.
 */
const BROWSER: readonly Step[] = [
  {
    name: 'journeys in a browser',
    command: ['playwright', 'test', '--project=source', '--project=bundle', '--project=electron'],
    env: { YIZHAN_REPORT: journeysReport },
    report: { path: journeysReport, read: readPlaywright },
  },
  {
    name: 'every page drawn',
    command: ['playwright', 'test', '--project=gallery', `--workers=${DRAWERS}`],
    env: { YIZHAN_REPORT: galleryReport },
    report: { path: galleryReport, read: readPlaywright },
  },
];

function readPlaywright(json: unknown): Counts {
  const { stats } = json as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  };
  const { expected, flaky, unexpected, skipped } = stats;
  return { passed: expected + flaky, failed: unexpected, skipped, retried: flaky };
}

function countsOf(step: Step, succeeded: boolean): Counts {
  const alone = { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, skipped: 0 };
  if (step.report === undefined || !existsSync(step.report.path)) return alone;
  const counts = step.report.read(JSON.parse(readFileSync(step.report.path, 'utf8')));
  // A runner that fails without a failing test (a file that does not load, say) still failed.
  return succeeded || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });
const only = process.argv.slice(2);
const isWanted = ({ name }: Step) => only.length === 0 || only.some((word) => name.includes(word));
const totals = { passed: 0, failed: 0, skipped: 0 };
const lines: string[] = [];

/** Runs a step and counts what came of it; what it says is shown at once, or all of it at its end. */
async function run(step: Step, shown: 'at once' | 'at its end'): Promise<void> {
  const startedMs = performance.now();
  const said: string[] = [`\n\x1b[1m── ${step.name}\x1b[0m\n`];
  if (shown === 'at once') process.stdout.write(said.splice(0).join(''));
  const [command = '', ...args] = step.command;
  const out = shown === 'at once' ? 'inherit' : 'pipe';
  const child = spawn(command, args, { stdio: ['ignore', out, out], env: { ...env, ...step.env } });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => said.push(text));
  }
  const [status] = (await once(child, 'close')) as [number | null];
  process.stdout.write(said.join(''));
  const succeeded = status === 0;
  const counts = countsOf(step, succeeded);
  totals.passed += counts.passed;
  totals.failed += counts.failed;
  totals.skipped += counts.skipped;
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  const retried = counts.retried ? `, ${counts.retried} of them at the second try` : '';
  lines.push(
    `${succeeded ? '✓' : '✗'} ${step.name}: ${counts.passed} passed${retried}, ${counts.failed} failed (${seconds} s)`,
  );
}

await Promise.all(CHECKS.filter(isWanted).map((step) => run(step, 'at its end')));
for (const step of TESTS.filter(isWanted)) await run(step, 'at once');
for (const step of BROWSER.filter(isWanted)) await run(step, 'at once');
process.stdout.write(`\n${lines.join('\n')}\n\n`);
const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed${skipped}\n`);
process.exit(totals.failed === 0 ? 0 : 1);
