/**
 * Every check, in order of cost: format and lint, arrows, dead code, types and the catalog all at once, then unit
 * and integration tests, then the journeys in a real browser. Stops at nothing, so that one run shows all that is
 * wrong; ends with one line of counts.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';

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
  /** What failed is tried once more, alone: the runner's words for it. Its report goes to {@link aloneReport}. */
  readonly alone?: (json: unknown) => readonly string[];
}
interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Of those passed, how many at another try alone. */
  readonly retried?: number;
  /** Which failed, or passed at another try alone, each in a line. */
  readonly named?: readonly string[];
}

const vitestReport = join(REPORTS, 'vitest.json');
const journeysReport = join(REPORTS, 'journeys.json');
const galleryReport = join(REPORTS, 'gallery.json');
const aloneReport = join(REPORTS, 'alone.json');

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
      read: readVitest,
    },
    alone: (json) => [
      ...['vitest', 'run', '--no-file-parallelism', '--reporter=default', '--reporter=json'],
      `--outputFile.json=${aloneReport}`,
      ...failedFilesOf(json),
    ],
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
    alone: (json) => [
      'playwright',
      'test',
      '--project=source',
      '--project=bundle',
      '--project=electron',
      '--workers=1',
      '--retries=0',
      ...new Set(playedIn(json).flatMap(({ outcome, at }) => (outcome === 'unexpected' ? [at] : []))),
    ],
  },
  {
    name: 'every page drawn',
    command: ['playwright', 'test', '--project=gallery', `--workers=${DRAWERS}`],
    env: { YIZHAN_REPORT: galleryReport },
    report: { path: galleryReport, read: readPlaywright },
  },
];

interface VitestReport {
  readonly numPassedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    /** Where the file lies. */
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

function failedOf(json: unknown): { file: string; name: string }[] {
  return (json as VitestReport).testResults.flatMap(({ name, status, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter((one) => one.status === 'failed');
    // A file that does not load, or holds no test, fails without one.
    if (status === 'failed' && failed.length === 0) return [{ file, name: 'as a whole' }];
    return failed.map(({ fullName }) => ({ file, name: fullName }));
  });
}

function failedFilesOf(json: unknown): readonly string[] {
  return [...new Set(failedOf(json).map(({ file }) => file))];
}

function readVitest(json: unknown): Counts {
  const { numPassedTests, numPendingTests } = json as VitestReport;
  const failed = failedOf(json);
  return {
    ...{ passed: numPassedTests, failed: failed.length, skipped: numPendingTests },
    named: failed.map(({ file, name }) => `✗ ${file} ${name}`),
  };
}

interface Suite {
  readonly title: string;
  readonly specs?: readonly {
    readonly title: string;
    readonly file: string;
    readonly line: number;
    readonly tests: readonly { readonly projectName: string; readonly status: string }[];
  }[];
  readonly suites?: readonly Suite[];
}

/** Every browser check of a report: `expected`, `unexpected`, `flaky` or `skipped`, and where it stands. */
function playedIn(json: unknown): { outcome: string; at: string; name: string }[] {
  const walk = (suite: Suite): { outcome: string; at: string; name: string }[] => [
    ...(suite.specs ?? []).flatMap(({ title, file, line, tests }) =>
      tests.map(({ projectName, status }) => ({
        outcome: status,
        at: `test/${file}:${line}`,
        name: `[${projectName}] ${file}:${line} ${title}`,
      })),
    ),
    ...(suite.suites ?? []).flatMap(walk),
  ];
  return (json as { suites: readonly Suite[] }).suites.flatMap(walk);
}

function readPlaywright(json: unknown): Counts {
  const played = playedIn(json);
  const count = (outcome: string) => played.filter((check) => check.outcome === outcome).length;
  const named = (outcome: string, mark: string) =>
    played.flatMap((check) => (check.outcome === outcome ? [`${mark} ${check.name}`] : []));
  return {
    passed: count('expected') + count('flaky'),
    failed: count('unexpected'),
    skipped: count('skipped'),
    retried: count('flaky'),
    named: [...named('flaky', '↻'), ...named('unexpected', '✗')],
  };
}

/** The counts when what failed was tried alone: what then passed counts as passed, at another try. */
function withTriedAlone(counts: Counts, alone: Counts): Counts {
  // What fell over alone told nothing: then nothing is saved.
  const saved = alone.named === undefined ? 0 : counts.failed - alone.failed;
  return {
    ...counts,
    passed: counts.passed + saved,
    failed: counts.failed - saved,
    retried: (counts.retried ?? 0) + saved,
    named:
      alone.named === undefined
        ? counts.named
        : (counts.named ?? []).map((line) => (alone.named?.includes(line) ? line : line.replace('✗', '↻'))),
  };
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
const named: string[] = [];

/** Runs a command to its end; true when it succeeded. What it says goes out at once, or is put to `said` and out at its end. */
async function runCommand(
  [command = '', ...args]: readonly string[],
  more: Step['env'],
  shown: 'at once' | 'at its end',
  said: string[],
): Promise<boolean> {
  const out = shown === 'at once' ? 'inherit' : 'pipe';
  if (shown === 'at once') process.stdout.write(said.splice(0).join(''));
  const child = spawn(command, args, { stdio: ['ignore', out, out], env: { ...env, ...more } });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => said.push(text));
  }
  const [status] = (await once(child, 'close')) as [number | null];
  process.stdout.write(said.splice(0).join(''));
  return status === 0;
}

/** Runs a step and counts what came of it; what it says is shown at once, or all of it at its end. */
async function run(step: Step, shown: 'at once' | 'at its end'): Promise<void> {
  const startedMs = performance.now();
  const said: string[] = [`\n\x1b[1m── ${step.name}\x1b[0m\n`];
  let succeeded = await runCommand(step.command, step.env, shown, said);
  let counts = countsOf(step, succeeded);
  // A runner that fell over without a failed check has nothing to name: it is not run again.
  if (
    step.alone !== undefined &&
    step.report !== undefined &&
    counts.named?.some((line) => line.startsWith('✗'))
  ) {
    const command = step.alone(JSON.parse(readFileSync(step.report.path, 'utf8')));
    rmSync(aloneReport, { force: true });
    said.push('\nwhat failed is tried once more, alone\n');
    succeeded = await runCommand(command, { YIZHAN_REPORT: aloneReport }, shown, said);
    counts = withTriedAlone(
      counts,
      countsOf({ ...step, report: { ...step.report, path: aloneReport } }, succeeded),
    );
  }
  totals.passed += counts.passed;
  totals.failed += counts.failed;
  totals.skipped += counts.skipped;
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  const retried = counts.retried ? `, ${counts.retried} of them at another try` : '';
  named.push(...(counts.named ?? []));
  lines.push(
    `${counts.failed === 0 ? '✓' : '✗'} ${step.name}: ${counts.passed} passed${retried}, ${counts.failed} failed (${seconds} s)`,
  );
}

await Promise.all(CHECKS.filter(isWanted).map((step) => run(step, 'at its end')));
for (const step of TESTS.filter(isWanted)) await run(step, 'at once');
for (const step of BROWSER.filter(isWanted)) await run(step, 'at once');
// The names stand last, where whoever reads the end of a long log looks.
process.stdout.write(`\n${[...lines, '', ...named].join('\n')}\n\n`);
const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed${skipped}\n`);
process.exit(totals.failed === 0 ? 0 : 1);
