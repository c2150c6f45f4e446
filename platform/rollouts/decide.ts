/**
 * Who is offered a release now, and whether a roll-out goes on, stands or stops: from what is known, without effects.
 * What is not offered here is offered to nobody.
 */
import type { Plan, Stage } from './plan.ts';

/** A machine in service. */
export interface RolloutMachine {
  /** In hex. */
  readonly id: string;
  /** Statistics codes of its county, town and village. */
  readonly areas: readonly string[];
  /** It stays with what it has. */
  readonly pinned: boolean;
  /** Where it stands among the others in this roll-out: the same for ever (`rank.ts`). */
  readonly rank: number;
}

/** What became of the release on a machine, as it reported. */
export type Health =
  /** It runs, and is well. */
  | 'well'
  /** It failed its trial, and the machine went back. */
  | 'failed'
  /** It runs, and what runs ended unasked more often than before. */
  | 'crashing';

/** How a roll-out stands. */
export interface Standing {
  readonly state: 'running' | 'paused' | 'stopped';
  /** Index into the plan's stages. */
  readonly stage: number;
  readonly sinceMs: number;
}

/** What follows. */
export interface Decision {
  /** Machines that may install it now, by id. */
  readonly offered: ReadonlySet<string>;
  /** Stop it, and why. */
  readonly stop: { readonly failed: number; readonly tried: number } | null;
  /** Go on to the next stage. */
  readonly advance: boolean;
}

const NOBODY: Decision = { offered: new Set(), stop: null, advance: false };
const HOUR_MS = 3_600_000;

/** Decides; `health` has the machines that took the release, or tried to. */
export function decide(
  plan: Plan,
  { state, stage, sinceMs }: Standing,
  machines: readonly RolloutMachine[],
  health: ReadonlyMap<string, Health>,
  nowMs: number,
): Decision {
  if (state !== 'running') return NOBODY;
  const stop = findStop(plan, health);
  if (stop !== null) return { ...NOBODY, stop };
  const stages = plan.stages.slice(0, stage + 1);
  const offered = new Set(stages.flatMap((one) => membersOf(plan, one, machines)));
  const isLast = stage + 1 >= plan.stages.length;
  return { offered, stop: null, advance: !isLast && isOver(plan, stage, sinceMs, offered, health, nowMs) };
}

/** The machines of a stage: those of its place in their order, as many as its share, and at least one; pinned ones too. */
export function reachedBy<M extends RolloutMachine>(
  plan: Plan,
  { area, percent }: Stage,
  machines: readonly M[],
): readonly M[] {
  const there = machines
    .filter(({ id, areas }) => isIn(plan, area, id, areas))
    .toSorted((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1));
  return there.slice(0, shareOf(there.length, percent));
}

/** Pinned ones count for their place in the order, so that a pin moves nobody else; they are offered nothing. */
function membersOf(plan: Plan, stage: Stage, machines: readonly RolloutMachine[]): readonly string[] {
  return reachedBy(plan, stage, machines)
    .filter(({ pinned }) => !pinned)
    .map(({ id }) => id);
}

/** So many machines are `percent` of `count`: rounded down, and one where there is any. */
export function shareOf(count: number, percent: number): number {
  return Math.min(count, Math.max(1, Math.floor((count * percent) / 100)));
}

function isIn(plan: Plan, area: Stage['area'], id: string, areas: readonly string[]): boolean {
  if (area === 'pilot') return plan.pilot.includes(id);
  return area === 'all' || areas.includes(area);
}

function findStop({ stop }: Plan, health: ReadonlyMap<string, Health>): Decision['stop'] {
  const tried = health.size;
  const failed = [...health.values()].filter((one) => one !== 'well').length;
  return failed >= stop.least && failed * 100 > tried * stop.percent ? { failed, tried } : null;
}

/** Whether a stage has stood long enough, and half of those it is offered to have taken it: silence proves nothing. */
function isOver(
  plan: Plan,
  stage: number,
  sinceMs: number,
  offered: ReadonlySet<string>,
  health: ReadonlyMap<string, Health>,
  nowMs: number,
): boolean {
  const holdMs = (plan.stages[stage]?.holdHours ?? 0) * HOUR_MS;
  const well = [...offered].filter((id) => health.get(id) === 'well').length;
  return nowMs - sinceMs >= holdMs && well * 2 >= offered.size;
}
