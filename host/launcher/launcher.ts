/** The loop: starts the version the state names, follows its wishes, judges trials. */
import { type Child, startChild } from './child.ts';
import type { After } from './clock.ts';
import type { Files } from './files.ts';
import { followWish } from './follow.ts';
import { createFooting, type Footing } from './footing.ts';
import { createHappenings, type Happenings } from './happenings.ts';
import { createJudge, type Judge, PATIENCE, type Patience, type Word } from './judge.ts';
import { giveWay, type Ledger, openLedger, type Say } from './ledger.ts';
import { endLeftovers } from './leftovers.ts';
import { runningSlot } from './states.ts';
import { walkOn } from './walk-on.ts';
import { findVersion, refOf, type Version } from './whole.ts';
import { takeWish } from './wishes.ts';

/** What a launcher is made of. */
export interface LauncherParts {
  /** The folder of the software, absolute, and the files in it. */
  readonly software: string;
  readonly files: Files;
  /** For the version, behind the arguments of its manifest. */
  readonly args: readonly string[];
  readonly after: After;
  /** As in a manifest's `architecture`. */
  readonly machine: string;
  readonly patience?: Patience;
  readonly say: Say;
  /** Is given what the version says to others than the launcher. */
  readonly onLine: (line: string) => void;
}

/** How a launcher's run ended: asked to, or because there is nothing to start. */
export type RunEnd = 'stopped' | 'no-version';

/** A launcher that runs. */
export interface Launcher {
  /** Resolves when what it started has ended too. */
  readonly done: Promise<RunEnd>;
  stop(): void;
}

/** Restarts of a version: at once, then ever more slowly, without end. */
const RESTART = { firstMs: 100, mostMs: 10_000 } as const;
/** After so many ends the files are read through: a disk may have hurt them since the launcher began. */
const FAILURES_A_LOOK = 5;

type Happening =
  | { readonly kind: 'word'; readonly child: Child; readonly word: Word }
  | { readonly kind: 'ended'; readonly child: Child }
  | { readonly kind: 'look' }
  | { readonly kind: 'paused' }
  | { readonly kind: 'stop' };

interface Run extends LauncherParts {
  readonly patience: Patience;
  readonly happenings: Happenings<Happening>;
  readonly ledger: Ledger;
}

/** Starts the launcher. */
export function runLauncher(parts: LauncherParts): Launcher {
  const happenings = createHappenings<Happening>();
  return {
    done: begin(parts, happenings),
    stop: () => happenings.add({ kind: 'stop' }),
  };
}

async function begin(parts: LauncherParts, happenings: Happenings<Happening>): Promise<RunEnd> {
  const { patience = PATIENCE } = parts;
  // What ran before may be ending still, where the launcher alone was killed.
  await endLeftovers(parts.software, parts.after, patience.leftoverLooks);
  const ledger = await openLedger(parts.files, parts.say);
  if (ledger === undefined) return 'no-version';
  // Of a version that is gone: whoever wished for it hears no answer, and wishes again.
  takeWish(parts.files);
  const look = () => {
    happenings.add({ kind: 'look' });
    cancel = parts.after(patience.lookEveryMs, look);
  };
  let cancel = parts.after(patience.lookEveryMs, look);
  const run = { ...parts, patience, happenings, ledger };
  let end: 'stopped' | 'other';
  do end = await runVersion(run);
  while (end === 'other');
  cancel();
  return end;
}

/** What is thought of the version that runs: on trial, and once it is committed. */
interface Watch {
  readonly judge: Judge;
  readonly footing: Footing;
}

/** Runs the version of the state until another one's turn comes. */
async function runVersion(run: Run): Promise<'stopped' | 'other'> {
  const { ledger, files, patience, say } = run;
  const slot = runningSlot(ledger.state());
  const version = findVersion(files, slot);
  const watch: Watch = { judge: createJudge(patience), footing: createFooting(patience) };
  ledger.tell();
  say('start', { slot, version: version?.version ?? 0, phase: ledger.state().phase });
  for (let failures = 0; ; failures += 1) {
    const end = version === undefined ? 'ended' : await runOnce(run, version, watch);
    if (end !== 'ended') return end;
    say('ended', { slot });
    watch.judge.ended();
    watch.footing.ended();
    if ((await settle(run, watch)) === 'back') return 'other';
    if (failures % FAILURES_A_LOOK === FAILURES_A_LOOK - 1 && (await isLost(run))) return 'other';
    const pauseMs = Math.min(RESTART.firstMs * 2 ** failures, RESTART.mostMs);
    if ((await pause(run, pauseMs)) === 'stopped') return 'stopped';
  }
}

/** Whether what ends again and again was hurt by the disk since the launcher began, and has given way to the other. */
async function isLost({ ledger, files }: Run): Promise<boolean> {
  const { phase, on } = ledger.state();
  if (phase !== 'trial') await giveWay(ledger, files);
  return ledger.state().on !== on;
}

async function pause({ after, happenings }: Run, pauseMs: number): Promise<'stopped' | 'over'> {
  after(pauseMs, () => happenings.add({ kind: 'paused' }));
  for (;;) {
    const { kind } = await happenings.next();
    if (kind === 'stop') return 'stopped';
    if (kind === 'paused') return 'over';
  }
}

/** Runs its process once. `other`: it was ended, since another version's turn has come. */
async function runOnce(run: Run, version: Version, watch: Watch): Promise<'stopped' | 'other' | 'ended'> {
  const { judge, footing } = watch;
  const { ledger, files, happenings } = run;
  const child: Child = startChild({
    ...{ software: run.software, slot: runningSlot(ledger.state()), start: version.said.start },
    ...{ args: run.args, after: run.after, leftoverLooks: run.patience.leftoverLooks, onLine: run.onLine },
    onWord: (word) => happenings.add({ kind: 'word', child, word }),
  });
  void child.ended.then(() => happenings.add({ kind: 'ended', child }));
  for (;;) {
    const happening = await happenings.next();
    if (happening.kind === 'stop') {
      await child.stop();
      return 'stopped';
    }
    if (happening.kind === 'word' && happening.child === child) {
      judge.hear(happening.word);
      footing.hear(happening.word);
    }
    if (happening.kind === 'ended' && happening.child === child) return 'ended';
    if (happening.kind !== 'look') continue;
    judge.look();
    footing.look();
    if ((await settle(run, watch)) === 'back') {
      if (judge.isHung()) child.kill();
      await child.stop();
      return 'other';
    }
    if (judge.isHung()) {
      run.say('hung', { version: version.version });
      child.kill();
    } else if (await followWish(ledger, files, run.machine)) {
      await child.stop();
      return 'other';
    }
  }
}

/** Ends a trial whose verdict stands; leaves a committed version that keeps stumbling, where there is a way back. */
async function settle(run: Run, { judge, footing }: Watch): Promise<'goes-on' | 'back'> {
  const { ledger, files } = run;
  const step = footing.take();
  if (ledger.state().phase !== 'trial') return walkOn(run, step);
  const verdict = judge.verdict();
  if (verdict === 'waiting') return 'goes-on';
  if (verdict !== 'well') {
    ledger.happenedAnyway({ type: 'failed', why: verdict });
    return 'back';
  }
  const before = findVersion(files, ledger.state().on);
  // What cannot be written down is not so yet: the next look tries again.
  if (ledger.happened({ type: 'healthy', before: before ? refOf(before) : null })) ledger.tell();
  return 'goes-on';
}
