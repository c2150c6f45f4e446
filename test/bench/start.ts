import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Figure, ms, percentile, times } from './measure.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const CHROMIUM = process.env.YIZHAN_CHROMIUM ?? '/usr/bin/chromium';
/** Nobody looks at this browser, and as root Chromium has no sandbox. */
const HEADLESS = ['--headless=new', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
const STARTS = 3;
const TROUBLES = 3;
const AIM = { startMs: 90_000, againMs: 3_000 };
const PATIENCE_MS = 120_000;

/** The terminal as a machine has it: from its first process to a page that lives, and from each trouble to the next one. */
export async function benchStart(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-bench-'));
  layMachine(folder);
  const starts: number[] = [];
  const noticed: number[] = [];
  const frozen: number[] = [];
  const killed: number[] = [];
  for (let start = 0; start < STARTS; start++) {
    const machine = startMachine(folder);
    starts.push(await machine.usable);
    for (let trouble = 0; start === 0 && trouble < TROUBLES; trouble++) {
      noticed.push(await machine.until('"screen.restart"', () => signalPages(folder)));
      frozen.push(await machine.until('"screen.up"', () => {}));
      killed.push(await machine.untilTerminalAnswers());
    }
    await machine.stop();
  }
  const bareNode = timesOf(() => spawnSync(process.execPath, ['--eval', '']));
  const bareBrowser = timesOf((turn) =>
    spawnSync(CHROMIUM, [
      ...[...HEADLESS, `--user-data-dir=${join(folder, `bare-${turn}`)}`],
      ...['--dump-dom', 'data:text/html,<h1>one'],
    ]),
  );
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  const against = (measured: readonly number[], what: string, bare: readonly number[]) => ({
    what,
    theirs: ms(percentile(bare, 50)),
    ratio: times(percentile(measured, 50) / percentile(bare, 50)),
  });
  const figure = (what: string, measured: readonly number[], aimMs: number, beside: Figure['beside']) => ({
    what,
    ours: `${ms(percentile(measured, 50))} (${ms(Math.max(...measured))})`,
    aim: { text: `≤ ${aimMs / 1000} s`, met: Math.max(...measured) <= aimMs },
    beside,
  });
  return [
    figure(
      'the launcher begins, until the page lives and the terminal answers, p50 (most)',
      starts,
      AIM.startMs,
      [against(starts, 'Chromium alone on a page of one word, begun and ended', bareBrowser)],
    ),
    figure('a frozen page is noticed, until another lives, p50 (most)', frozen, AIM.againMs, [
      {
        what: 'before it: until it is noticed (four seconds of silence)',
        theirs: ms(percentile(noticed, 50)),
        ratio: '',
      },
      against(frozen, 'Chromium alone on a page of one word, begun and ended', bareBrowser),
    ]),
    figure('the terminal is killed, until it answers again, p50 (most)', killed, AIM.againMs, [
      against(killed, 'a bare Node program, begun and ended', bareNode),
    ]),
  ];
}

/** Bundles what runs, and lays it as a version with its configuration. */
function layMachine(folder: string): void {
  const run = (...args: readonly string[]) => {
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  };
  run('scripts/build.ts', '--if-stale', '--programs');
  const config = join(folder, 'host.json');
  run('test/ops/lay-version-program.ts', join(folder, 'software/a'), config, folder);
  mkdirSync(join(folder, 'yizhan/profiles'), { recursive: true, mode: 0o700 });
  const given = JSON.parse(readFileSync(config, 'utf8')) as { readonly browser: object };
  const browser = { ...given.browser, program: CHROMIUM, more: HEADLESS };
  writeFileSync(config, JSON.stringify({ ...given, port: 0, browser }));
}

interface Machine {
  /** How long from its first process until its page lives and its terminal answers. */
  readonly usable: Promise<number>;
  /** How long from `trouble` until the log says the next `word`. */
  until(word: string, trouble: () => void): Promise<number>;
  untilTerminalAnswers(): Promise<number>;
  stop(): Promise<void>;
}

function startMachine(folder: string): Machine {
  const startMs = performance.now();
  const launcher: ChildProcess = spawn(
    process.execPath,
    [
      ...[join(ROOT, 'dist/programs/launcher.js'), '--software', join(folder, 'software')],
      ...['--', '--config', join(folder, 'host.json')],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], cwd: folder },
  );
  const ended = new Promise<void>((resolve) => launcher.once('exit', () => resolve()));
  let listeners: readonly ((line: string) => void)[] = [];
  for (const output of [launcher.stdout, launcher.stderr])
    if (output)
      createInterface(output).on('line', (line) => {
        for (const hear of listeners) hear(line);
      });
  const hears = (word: string) =>
    new Promise<number>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`never said ${word}`)), PATIENCE_MS);
      const hear = (line: string) => {
        if (!line.includes(word)) return;
        clearTimeout(late);
        listeners = listeners.filter((other) => other !== hear);
        resolve(performance.now());
      };
      listeners = [...listeners, hear];
    });
  const until = async (word: string, trouble: () => void) => {
    const heard = hears(word);
    const fromMs = performance.now();
    trouble();
    return (await heard) - fromMs;
  };
  return {
    usable: Promise.all([hears('"screen.up"'), hears('"ready"')]).then((both) => Math.max(...both) - startMs),
    until,
    async untilTerminalAnswers() {
      const log = join(folder, 'yizhan/log/terminal.log');
      const answers = () => readFileSync(log, 'utf8').split('"program.started"').length;
      const before = answers();
      const fromMs = performance.now();
      for (const pid of pidsOf((line) => line.includes('terminal.js') && line.includes(folder)))
        process.kill(pid, 'SIGKILL');
      while (answers() === before) await new Promise((resolve) => setTimeout(resolve, 10));
      return performance.now() - fromMs;
    },
    async stop() {
      launcher.kill('SIGTERM');
      await ended;
    },
  };
}

/** Stops the page's own processes, as one that hangs. */
function signalPages(folder: string): void {
  const whole = pidsOf((line) => line.includes(`--user-data-dir=${folder}`) && !line.includes('--type='));
  const groupOf = (pid: number) => Number(readProc(pid, 'stat').split(') ')[1]?.split(' ')[2]);
  const pages = pidsOf((line) => line.includes('--type=renderer')).filter((pid) =>
    whole.includes(groupOf(pid)),
  );
  for (const pid of pages) process.kill(pid, 'SIGSTOP');
}

function pidsOf(isMeant: (commandLine: string) => boolean): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => isMeant(readProc(pid, 'cmdline')));
}

/** Empty where the process has ended meanwhile. */
function readProc(pid: number, file: string): string {
  try {
    return readFileSync(join('/proc', String(pid), file), 'latin1');
  } catch {
    return '';
  }
}

function timesOf(work: (turn: number) => unknown): readonly number[] {
  return [0, 1, 2].map((turn) => {
    const startMs = performance.now();
    work(turn);
    return performance.now() - startMs;
  });
}
