/** An update that is killed at one of its steps, started again, and looked at once everything has settled. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { toHex } from '../../base/bytes.ts';
import { systemAfter } from '../../host/launcher/clock.ts';
import { endLeftovers } from '../../host/launcher/leftovers.ts';
import { openKeeper } from '../../terminal/open-keeper.ts';
import {
  BASIS,
  caseIdsIn,
  caseWish,
  folderParts,
  idOf,
  offered,
  openEnrolled,
  parsed,
  specimenMemory,
} from '../../terminal/testing/keeper-world.ts';
import { type Conduct, lay } from './version.ts';

/** What happens at the step where the launcher is killed, or just after. */
export const MANNERS = [
  'killed',
  /** The write under way leaves half of it, or a turned bit. */
  'torn',
  'garbled',
  /** One copy of the state, or both, are hurt before the next start. */
  'one-copy',
  'both-copies',
  /** A file of the new version is cut short. */
  'half-copied',
  /** Killed at the same step of the next start too. */
  'twice',
] as const;
export type Manner = (typeof MANNERS)[number];

/** One run. */
export interface Run {
  readonly step: number;
  readonly manner: Manner;
  readonly conduct: Conduct;
}

const CONDUCTS: readonly Conduct[] = ['well', 'ill', 'sours', 'well', 'crashes', 'well', 'hangs', 'sours'];

/** So many runs, spread over all steps, manners and conducts; the same each time. */
export function planRuns(
  steps: number,
  count: number,
  of: { readonly conducts: readonly Conduct[]; readonly after: number } = { conducts: CONDUCTS, after: 0 },
): readonly Run[] {
  const { conducts, after } = of;
  const own = steps - after;
  return Array.from({ length: count }, (_, index) => ({
    // Few enough runs still reach from the first step to the last.
    step: after + 1 + (Math.floor((index * own) / Math.min(count, own)) % own),
    manner: MANNERS[index % MANNERS.length]!,
    conduct: conducts[(index + Math.floor(index / own)) % conducts.length]!,
  }));
}

/** Runs that are killed while a committed version is given up: at the steps beyond those of an update that is well. */
export function planReturns(wellSteps: number, sourSteps: number, count: number): readonly Run[] {
  return planRuns(sourSteps, count, { conducts: ['sours'], after: Math.min(wellSteps, sourSteps - 1) });
}

/** Plays runs, some at a time, and tells of each that went wrong. */
export async function playRuns(
  data: string,
  runs: readonly Run[],
  atOnce: number,
  onFault: (run: Run, faults: readonly string[]) => void,
): Promise<void> {
  const waiting = [...runs];
  const play = async () => {
    for (let run = waiting.shift(); run !== undefined; run = waiting.shift()) {
      const faults = await playRun(data, run);
      if (faults.length > 0) onFault(run, faults);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, play));
}

const PROGRAM = new URL('./launcher-program.ts', import.meta.url).pathname;
const KEPT = ['a', 'b', 'c'].map((name) => toHex(idOf(`case ${name}`))).sort();
/** The opening entry and three cases. */
const ENTRIES = 4;
const SETTLES_MS = 60_000;

/** A machine's kept cases, made once and copied for each run. */
export function makeData(): string {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-update-data-'));
  const opened = openEnrolled(folderParts(folder));
  const person = specimenMemory(opened);
  for (const name of ['a', 'b', 'c']) {
    if (!opened.keeper.keep(caseWish(person, name)).ok) throw new Error('keeps');
  }
  opened.close();
  return folder;
}

/** How many steps an update has that nothing disturbs, to its end: with `sours`, to the version before. */
export async function countSteps(data: string, conduct: 'well' | 'sours' = 'well'): Promise<number> {
  return await inMachine(data, conduct, async (machine) => {
    const launcher = machine.start();
    await machine.settled(conduct === 'well' ? 2 : 1);
    launcher.kill('SIGTERM');
    await once(launcher, 'exit');
    return Number(readFileSync(join(machine.software, 'steps'), 'utf8'));
  });
}

/** Plays a run. Resolves with what is wrong afterwards; nothing, when all is as it should be. */
export async function playRun(data: string, { step, manner, conduct }: Run): Promise<readonly string[]> {
  return await inMachine(data, conduct, async (machine) => {
    const dies = async () => {
      const launcher = machine.start(step, manner);
      // A step beyond the last: the update came to its end before.
      const settled = machine.settled(undefined);
      await Promise.race([once(launcher, 'exit'), settled]);
      launcher.kill('SIGKILL');
    };
    await dies();
    if (manner === 'twice') await dies();
    harm(machine.software, manner);
    rmSync(join(machine.software, 'up'), { force: true });
    const launcher = machine.start();
    try {
      const runs = await machine.settled(undefined);
      if (runs === undefined) return [`no working version: ${machine.say()}`];
      const wrong = judge(machine.software, runs, conduct, manner);
      launcher.kill('SIGTERM');
      await once(launcher, 'exit');
      return [...wrong, ...judgeData(join(machine.software, '..', 'data'))];
    } finally {
      launcher.kill('SIGKILL');
    }
  });
}

function harm(software: string, manner: Manner): void {
  const copies = ['state/0', 'state/1']
    .map((name) => join(software, name))
    .filter((path) => existsSync(path));
  const hurt = manner === 'both-copies' ? copies : manner === 'one-copy' ? copies.slice(0, 1) : [];
  for (const path of hurt)
    writeFileSync(
      path,
      readFileSync(path).map((byte) => byte ^ 4),
    );
  const page = join(software, 'b/screen/index.html');
  if (manner === 'half-copied' && existsSync(page)) truncateSync(page, 100);
}

/** A bad version never stays; a good one comes, unless the power went twice while it was on trial. */
function judge(software: string, runs: number, conduct: Conduct, manner: Manner): readonly string[] {
  const { refused } = JSON.parse(readFileSync(join(software, 'status.json'), 'utf8')) as {
    readonly refused: readonly { readonly why: string }[];
  };
  const power = refused.some(({ why }) => why === 'power');
  if (power && manner !== 'twice') return ['one power cut was not forgiven'];
  if (conduct !== 'well' && runs !== 1) return ['a version that is no good runs'];
  if (conduct === 'well' && runs !== 2 && !power) return ['a version that is well was not taken'];
  return [];
}

/** What is wrong with the kept cases. */
export function judgeData(data: string): readonly string[] {
  const opened = openKeeper(folderParts(data));
  if (!opened.ok) return [`the store does not open: ${JSON.stringify(opened.error)}`];
  try {
    const { origin, healed } = opened.value.recovery;
    const entries = offered(opened.value, { ...BASIS, epoch: idOf('another epoch') });
    const wrong = origin === 'as-it-was' && healed === 0 ? [] : [`the store was ${origin}, ${healed} healed`];
    if (entries.length !== ENTRIES) wrong.push(`${entries.length} entries`);
    if (String(caseIdsIn(parsed(entries))) !== String(KEPT)) wrong.push('not the cases that were kept');
    return wrong;
  } finally {
    opened.value.close();
  }
}

interface Machine {
  readonly software: string;
  start(step?: number, manner?: Manner): ChildProcess;
  /** The version that runs once all is quiet; `undefined` when that never comes. */
  settled(version: number | undefined): Promise<number | undefined>;
  say(): string;
}

async function inMachine<T>(
  data: string,
  conduct: Conduct,
  work: (machine: Machine) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-update-'));
  const software = join(folder, 'software');
  cpSync(data, join(folder, 'data'), { recursive: true });
  mkdirSync(software);
  lay(software, 'a', 1, 'well');
  lay(folder, 'next', 2, conduct);
  const started: ChildProcess[] = [];
  let isOver = false;
  try {
    return await work({
      software,
      start(step, manner) {
        const more = step === undefined ? [] : [String(step), manner ?? 'killed'];
        const child = spawn(process.execPath, [PROGRAM, software, ...more], {
          stdio: ['ignore', 'inherit', 'inherit'],
        });
        started.push(child);
        return child;
      },
      async settled(version) {
        for (let waitedMs = 0; waitedMs < SETTLES_MS && !isOver; waitedMs += 10) {
          const runs = findSettled(software, conduct);
          if (runs !== undefined && (version ?? runs) === runs) return runs;
          await sleep(10);
        }
        return undefined;
      },
      say: () => ['status.json', 'up'].map((name) => readText(join(software, name))).join(' '),
    });
  } finally {
    isOver = true;
    for (const child of started) child.kill('SIGKILL');
    // A version ends with its launcher; one that hangs does not.
    await endLeftovers(software, systemAfter, 0);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The version that has the database open, once nothing is under way any more. */
function findSettled(software: string, conduct: Conduct): number | undefined {
  const [status, up] = ['status.json', 'up'].map((name) => findJson(readText(join(software, name))));
  if (!status || !up || status.phase !== 'steady' || existsSync(join(software, 'wish.json')))
    return undefined;
  const running = status.running as { readonly version: number };
  const refused = status.refused as readonly { readonly version: number }[];
  const isDone =
    (running.version === 2 && conduct !== 'sours') || refused.some(({ version }) => version === 2);
  return isDone && up.version === running.version && up.count === ENTRIES && isAlive(Number(up.pid))
    ? running.version
    : undefined;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function readText(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

function findJson(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}
