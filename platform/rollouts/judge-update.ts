/** What is thought of a release on one machine, from what the machine said of it. */
import type { Health } from './decide.ts';

/** What a machine said. */
export interface UpdateSaid {
  /** `committed`, or why it went back: at its trial, or later. */
  readonly state: string;
  /** Crashes told since it said so. */
  readonly crashes: number;
  /** Since when it says so. */
  readonly sinceMs: number;
}

/** Fewer crashes than this are chance. */
const LEAST_CRASHES = 5;
/** And fewer a day than this are a village's power, which goes every night in some. */
const CRASHES_A_DAY = 3;
const DAY_MS = 86_400_000;

/** Judges it. */
export function judgeUpdate({ state, crashes, sinceMs }: UpdateSaid, nowMs: number): Health {
  if (state !== 'committed') return 'failed';
  const days = Math.max(1, (nowMs - sinceMs) / DAY_MS);
  return crashes >= LEAST_CRASHES && crashes >= CRASHES_A_DAY * days ? 'crashing' : 'well';
}
