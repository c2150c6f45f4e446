/** How a version is doing, from what it says: pure, counted in looks, so that a machine that slept is not held against it. */
import { isCount, isRecord } from './manifest.ts';

/** How long is waited for what, in looks of a second. */
export const PATIENCE = {
  lookEveryMs: 1_000,
  /** All checks must have been well for so long. */
  settleLooks: 30,
  /** Ten minutes: a damaged database is rebuilt, a slow reader wakes, a far platform answers. */
  trialLooks: 600,
  /** Said nothing for so long, it hangs. */
  silentLooks: 15,
  /** Before it is up. */
  silentLooksAtStart: 150,
  /** Ends and restarts in a trial that are forgiven: what ran before may still hold a lock. */
  forgivenEnds: 3,
  /** A start is good once the version ran for so long; what ends before has stumbled. */
  soonLooks: 300,
  /** So many stumbles in a row of a committed version, and the one before it is gone back to. */
  mostStumbles: 5,
  /** How long what a version had started may take to end by itself, in looks of a twentieth of a second. */
  leftoverLooks: 100,
} as const;
export type Patience = { readonly [Name in keyof typeof PATIENCE]: number };

/** What must be well before a version is kept; it may name more. */
export const CHECKS = ['screen', 'store', 'known-answers', 'devices', 'platform', 'visit'] as const;

/** One line of a version's standard output. */
export type Word =
  | { readonly kind: 'ready' }
  | { readonly kind: 'alive' }
  | {
      readonly kind: 'health';
      readonly restarts: number;
      /** How often the program that serves people ended by itself since the version's start. */
      readonly crashes: number;
      readonly checks: Readonly<Record<string, 'ok' | 'waiting' | 'ill'>>;
    };

/** What a line says; `undefined` for a line that is not for the launcher. */
export function findWord(line: string): Word | undefined {
  let said: unknown;
  try {
    said = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isRecord(said)) return undefined;
  if (isRecord(said.ready)) return { kind: 'ready' };
  if (typeof said.alive === 'number') return { kind: 'alive' };
  return isRecord(said.health) ? findHealth(said.health) : undefined;
}

function findHealth({ restarts, crashes, checks }: Readonly<Record<string, unknown>>): Word | undefined {
  if (typeof restarts !== 'number' || !isRecord(checks)) return undefined;
  const well = Object.entries(checks).map(([name, how]) => [
    name,
    how === 'ok' || how === 'waiting' ? how : 'ill',
  ]);
  return {
    ...{ kind: 'health', restarts, checks: Object.fromEntries(well) },
    crashes: isCount(crashes) ? crashes : 0,
  };
}

/** What is thought of a version now. */
export type Verdict = 'waiting' | 'well' | 'ill' | 'hung' | 'crashed' | 'late';

/** Listens to one version from its start on, through ends and restarts of its process. */
export interface Judge {
  hear(word: Word): void;
  /** Its process ended. */
  ended(): void;
  /** A look later. */
  look(): void;
  /** On trial. */
  verdict(): Verdict;
  /** Whether the process that runs says nothing any more; on trial or not. */
  isHung(): boolean;
}

/** A judge for a version that is being started. */
export function createJudge(patience: Patience = PATIENCE): Judge {
  let isUp = false;
  let silent = 0;
  let looks = 0;
  let wellFor = 0;
  let ends = 0;
  let health: Extract<Word, { kind: 'health' }> | undefined;

  const isHung = () => silent >= (isUp ? patience.silentLooks : patience.silentLooksAtStart);
  const isWell = () =>
    isUp && health !== undefined && namesAll(health.checks) && all(health.checks, (how) => how === 'ok');
  return {
    hear(word) {
      silent = 0;
      if (word.kind === 'ready') isUp = true;
      if (word.kind !== 'health') return;
      if (word.restarts !== health?.restarts) wellFor = 0;
      health = word;
      if (!isWell()) wellFor = 0;
    },
    ended() {
      ends += 1;
      isUp = false;
      silent = 0;
      wellFor = 0;
      health = undefined;
    },
    look() {
      looks += 1;
      silent += 1;
      wellFor = isWell() ? wellFor + 1 : 0;
    },
    verdict() {
      if (ends + (health?.restarts ?? 0) > patience.forgivenEnds) return 'crashed';
      if (isHung()) return 'hung';
      if (health !== undefined && !all(health.checks, (how) => how !== 'ill')) return 'ill';
      if (wellFor >= patience.settleLooks) return 'well';
      return looks >= patience.trialLooks ? 'late' : 'waiting';
    },
    isHung,
  };
}

function namesAll(checks: Readonly<Record<string, string>>): boolean {
  return CHECKS.every((name) => Object.hasOwn(checks, name));
}

function all(checks: Readonly<Record<string, string>>, fits: (how: string) => boolean): boolean {
  return Object.values(checks).every(fits);
}
