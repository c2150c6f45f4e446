/**
 * Machines that take releases and say so, by a clock that is moved by hand: trials that pass, programs that begin to end
 * an hour later, power that goes at night. What decides is handed in.
 */
import type { MachineReport } from '../../../sync/report-contents.ts';

/** How a release behaves where it runs. */
export type Nature =
  | 'sound'
  /** Passes its trial, and ends every few minutes from about an hour later on. */
  | 'sours'
  /** Fails its trial. */
  | 'ill';

/** A machine of the world. */
export interface SimMachine {
  readonly index: number;
  /** Its village switches everything off at night. */
  readonly powerOffAtNight: boolean;
  /** What runs, and since when; null: what it came with. */
  takenMs: number | null;
  crashes: number;
  state: 'none' | 'committed' | 'ill';
  nextReportMs: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
export const TICK_MS = 10 * MINUTE_MS;
const REPORT_MS = 15 * MINUTE_MS;
const CRASH_EVERY_MS = 10 * MINUTE_MS;

/** Numbers of 0 to 1 from a seed: the same seed gives the same world. */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** So many machines, a few of them in villages without power at night. */
export function makeMachines(count: number, chance: () => number): readonly SimMachine[] {
  return Array.from({ length: count }, (_, index) => ({
    ...{ index, powerOffAtNight: chance() < 0.2, takenMs: null, crashes: 0 },
    ...{ state: 'none', nextReportMs: 0 },
  }));
}

/** Lets ten minutes pass for a machine that is offered the release or not; true when it reports now. */
export function passTick(
  machine: SimMachine,
  offered: boolean,
  {
    nature,
    nowMs,
    chance,
  }: { readonly nature: Nature; readonly nowMs: number; readonly chance: () => number },
): boolean {
  if (offered && machine.state === 'none' && chance() < 0.5) {
    machine.state = nature === 'ill' ? 'ill' : 'committed';
    machine.takenMs = nowMs;
    machine.nextReportMs = nowMs;
  }
  const sinceMs = machine.takenMs === null ? 0 : nowMs - machine.takenMs;
  if (nature === 'sours' && machine.state === 'committed' && sinceMs > HOUR_MS)
    machine.crashes += Math.round(TICK_MS / CRASH_EVERY_MS);
  // The power goes once a night where it does.
  const isMidnight = nowMs % DAY_MS < TICK_MS;
  if (machine.powerOffAtNight && isMidnight) machine.crashes += 1;
  if (nowMs < machine.nextReportMs) return false;
  machine.nextReportMs = nowMs + REPORT_MS * (0.9 + 0.2 * chance());
  return true;
}

/** What of its report tells of the release and of crashes. */
export function saidBy(machine: SimMachine, version: number): Pick<MachineReport, 'counts' | 'update'> {
  const { crashes, state } = machine;
  const each = crashes > 0 ? [{ what: 'unclean-end' as const, on: null, matter: null, count: crashes }] : [];
  return {
    counts: { countsId: machine.index.toString(16).padStart(16, '0'), sinceMs: 0, dropped: 0, each },
    ...(state !== 'none' && { update: { version: String(version), state } }),
  };
}
