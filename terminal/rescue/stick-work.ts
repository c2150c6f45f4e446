/** What a maintainer does with a stick at the machine: one thing at a time, in slices between which all else goes on. */
import type { Clock } from '../../base/clock.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Disk } from '../../base/disk.ts';
import type { Result } from '../../base/result.ts';
import { type AnswersReport, readAnswers, type TakeAnswers } from './answers.ts';
import { type ExportReport, type ExportTrouble, exportRescue, type RescueSigner } from './export.ts';
import type { RescueSource } from './source.ts';
import { findRescues } from './stick.ts';

/** A stick that somebody, or the system, has mounted. */
export interface MountedStick {
  readonly name: string;
  /** From its root. */
  readonly disk: Disk;
}

/** What the work is done with. */
export interface RescueTools {
  readonly crypto: Crypto;
  readonly source: RescueSource;
  /** Undefined before enrolment. */
  findSigner(): RescueSigner | undefined;
  /** The sticks that are mounted now. */
  sticks(): readonly MountedStick[];
  readonly takeAnswers: TakeAnswers;
  /** Terminals that this machine was before it was enrolled anew, in hex; what they owe is carried by the program. */
  readonly former: readonly string[];
  /** By the best clock there is, milliseconds since 1970 UTC. */
  nowMs(): number;
}

/** A stick as its line shows it. */
export interface StickView {
  readonly name: string;
  readonly freeBytes: number | null;
  /** Rescue folders on it. */
  readonly folders: number;
  /** Of these, those that a platform has answered. */
  readonly answered: number;
}

/** What came of the last thing that was asked for. */
export type StickOutcome =
  /** `left`: entries and files that could not be taken along. */
  | { readonly did: 'exported'; readonly entries: number; readonly files: number; readonly left: number }
  | { readonly did: 'nothing-owed' }
  | { readonly did: 'failed'; readonly why: ExportTrouble['code'] | 'gone' }
  | ({ readonly did: 'read' } & AnswersReport);

/** The work, for the page that shows it. */
export interface StickWork {
  sticks(): readonly StickView[];
  running(): { readonly entries: number; readonly of: number | null } | null;
  outcome(): StickOutcome | null;
  /** Begins an export; false where there is no such stick, or something is under way. */
  exportTo(name: string): boolean;
  /** Reads the answers back; false likewise. */
  readBack(name: string): boolean;
  /** Forgets what came of the last, once nothing is under way. */
  forget(): void;
  /** Breaks an export off; what is on the stick is known to be incomplete. */
  stop(): void;
}

/** How long a slice takes before everything else has its turn. */
const SLICE_MS = 20;

/** With nothing under way. `onChange`: what it shows is another. */
export function createStickWork(clock: Clock, tools: RescueTools, onChange: () => void): StickWork {
  let progress: { readonly entries: number; readonly of: number | null } | null = null;
  let outcome: StickOutcome | null = null;
  let cancel = () => {};

  function find(name: string): MountedStick | undefined {
    return progress === null ? tools.sticks().find((stick) => stick.name === name) : undefined;
  }

  function end(came: StickOutcome): void {
    progress = null;
    outcome = came;
    onChange();
  }

  function slice(stick: MountedStick, steps: ReturnType<typeof exportRescue>): void {
    const came = advance(stick, steps);
    if (came) end(came);
    else {
      cancel = clock.after(0, () => slice(stick, steps));
      onChange();
    }
  }

  /** Goes on for a slice; what came of it once it is through. */
  function advance(stick: MountedStick, steps: ReturnType<typeof exportRescue>): StickOutcome | undefined {
    // Where it was pulled, its folder is one of the machine's own disk.
    if (!tools.sticks().some(({ name }) => name === stick.name)) return { did: 'failed', why: 'gone' };
    const endMs = clock.monoMs() + SLICE_MS;
    do {
      const step = steps.next();
      if (step.done) return toOutcome(step.value);
      progress = step.value;
    } while (clock.monoMs() < endMs);
    return undefined;
  }

  return {
    sticks: () => tools.sticks().map(toView),
    running: () => progress,
    outcome: () => outcome,
    exportTo(name) {
      const stick = find(name);
      const signer = tools.findSigner();
      if (!stick || !signer) return false;
      const { crypto, source, nowMs } = tools;
      const steps = exportRescue({ crypto, source, nowMs, signer, stick: stick.disk });
      [progress, outcome] = [{ entries: 0, of: null }, null];
      cancel = clock.after(0, () => slice(stick, steps));
      onChange();
      return true;
    },
    readBack(name) {
      const stick = find(name);
      if (!stick) return false;
      end({ did: 'read', ...readAnswers(stick.disk, tools.takeAnswers) });
      return true;
    },
    forget() {
      if (progress === null) outcome = null;
    },
    stop: () => cancel(),
  };
}

function toOutcome(exported: Result<ExportReport, ExportTrouble>): StickOutcome {
  if (!exported.ok) return { did: 'failed', why: exported.error.code };
  const { folder, entries, files, unreadable, missingFiles, damaged } = exported.value;
  const left = unreadable + missingFiles;
  if (folder === null && left + damaged.length === 0) return { did: 'nothing-owed' };
  return { did: 'exported', entries, files, left };
}

function toView({ name, disk }: MountedStick): StickView {
  const rescues = findRescues(disk);
  return {
    name,
    freeBytes: disk.findFreeBytes() ?? null,
    folders: rescues.length,
    answered: rescues.filter(({ state }) => state === 'answered').length,
  };
}
