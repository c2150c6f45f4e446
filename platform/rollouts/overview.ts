/** How a roll-out stands, stage by stage, for whoever watches it; and the ones before it. */
import { toHex } from '../../base/bytes.ts';
import type { PlatformContext } from '../context.ts';
import type { Db } from '../store/store.ts';
import { type Health, type RolloutMachine, reachedBy, type Standing } from './decide.ts';
import { healthOf, machinesOf } from './keep-offers.ts';
import type { Plan, Stage } from './plan.ts';
import { findRollout, type Rollout } from './rollouts.ts';

/** How the machines of a stage stand: each is counted once, in the first stage that reaches it. */
export type StageCounts = Readonly<Record<Health | 'waiting' | 'pinned', number>>;

/** One stage. */
export interface StageView {
  readonly stage: Stage;
  readonly at: 'over' | 'now' | 'to-come';
  readonly counts: StageCounts;
  /** All machines that it reaches, those of the stages before it too, and how many of them said that they are well. */
  readonly reached: number;
  readonly well: number;
}

/** What was done to a roll-out, and by whom; `staffName` null: by itself. */
export interface RolloutActView {
  readonly atMs: number;
  readonly act: string;
  readonly stage: number;
  readonly words: string;
  readonly staffName: string | null;
}

/** The newest roll-out, whole. */
export interface RolloutView extends Rollout {
  readonly stages: readonly StageView[];
  /** Machines that went back or end again and again, ids in hex. */
  readonly ill: readonly { readonly id: string; readonly health: Exclude<Health, 'well'> }[];
  /** Newest first. */
  readonly acts: readonly RolloutActView[];
}

type Context = Pick<PlatformContext, 'store' | 'crypto' | 'clock'>;

/** The newest roll-out; nothing where there never was one. */
export async function findRolloutView(context: Context): Promise<RolloutView | undefined> {
  const { db } = context.store;
  const rollout = await findRollout(db);
  if (rollout === undefined) return undefined;
  const machines = await machinesOf(context, rollout.rolloutNo);
  const health = await healthOf(db, rollout, context.clock.wallMs());
  const ill = [...health].flatMap(([id, one]) => (one === 'well' ? [] : [{ id, health: one }]));
  return {
    ...{ ...rollout, ill },
    stages: stagesOf(rollout.plan, rollout.standing, machines, health),
    acts: await actsOf(db, rollout.rolloutNo),
  };
}

/** The stages of a plan with the machines of each. */
export function stagesOf(
  plan: Plan,
  standing: Pick<Standing, 'stage'>,
  machines: readonly RolloutMachine[],
  health: ReadonlyMap<string, Health>,
): readonly StageView[] {
  const reached = new Map<string, RolloutMachine>();
  return plan.stages.map((stage, number) => {
    const counts = { well: 0, crashing: 0, failed: 0, waiting: 0, pinned: 0 };
    for (const machine of reachedBy(plan, stage, machines)) {
      if (reached.has(machine.id)) continue;
      reached.set(machine.id, machine);
      counts[machine.pinned ? 'pinned' : (health.get(machine.id) ?? 'waiting')] += 1;
    }
    const free = [...reached.values()].filter(({ pinned }) => !pinned);
    const at = number < standing.stage ? 'over' : number === standing.stage ? 'now' : 'to-come';
    const well = free.filter(({ id }) => health.get(id) === 'well').length;
    return { stage, at, counts, reached: free.length, well };
  });
}

/** What a plan would come to, begun now: machines by stage, none of which has the release. */
export async function foreseeStages(context: Context, plan: Plan): Promise<readonly StageView[]> {
  const last = await findRollout(context.store.db);
  const machines = await machinesOf(context, (last?.rolloutNo ?? 0) + 1);
  return stagesOf(plan, { stage: -1 }, machines, new Map());
}

async function actsOf(db: Db, rolloutNo: number): Promise<readonly RolloutActView[]> {
  return db
    .selectFrom('rolloutActs')
    .leftJoin('staff', 'staff.staffId', 'rolloutActs.staffId')
    .select(['atMs', 'act', 'stage', 'words', 'staff.name as staffName'])
    .where('rolloutNo', '=', rolloutNo)
    .orderBy('actNo', 'desc')
    .execute();
}

/** A machine that stays with what it has, and who said so. */
export interface Pin {
  /** In hex. */
  readonly id: string;
  readonly atMs: number;
  readonly words: string;
  readonly staffName: string;
}

/** The machines that stay with what they have, the last pinned first. */
export async function pinsOf(db: Db): Promise<readonly Pin[]> {
  const rows = await db
    .selectFrom('softwarePins')
    .innerJoin('staff', 'staff.staffId', 'softwarePins.staffId')
    .select(['terminalId', 'pinned', 'atMs', 'words', 'staff.name as staffName'])
    .orderBy('pinNo', 'desc')
    .execute();
  const last = new Map(rows.toReversed().map((row) => [toHex(row.terminalId), row]));
  return rows.flatMap((row) => {
    const id = toHex(row.terminalId);
    return last.get(id) === row && row.pinned === 1 ? [{ id, ...row }] : [];
  });
}

/** That a machine stays with what it has; nothing where it goes along. */
export async function findPin(db: Db, terminalId: Uint8Array): Promise<Pin | undefined> {
  const row = await db
    .selectFrom('softwarePins')
    .innerJoin('staff', 'staff.staffId', 'softwarePins.staffId')
    .select(['pinned', 'atMs', 'words', 'staff.name as staffName'])
    .where('terminalId', '=', terminalId)
    .orderBy('pinNo', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.pinned === 1 ? { id: toHex(terminalId), ...row } : undefined;
}

/** A roll-out that another one followed. */
export interface FormerRollout {
  readonly rolloutNo: number;
  readonly version: number;
  readonly madeMs: number;
  readonly staffName: string;
  /** The last thing that was done to it. */
  readonly last: { readonly act: string; readonly atMs: number; readonly words: string } | undefined;
}

/** The ones before the newest, the last first. */
export async function formerRollouts(db: Db, most: number): Promise<readonly FormerRollout[]> {
  const rows = await db
    .selectFrom('rollouts')
    .innerJoin('staff', 'staff.staffId', 'rollouts.staffId')
    .select(['rolloutNo', 'plan', 'madeMs', 'staff.name as staffName'])
    .orderBy('rolloutNo', 'desc')
    .limit(most + 1)
    .execute();
  const former: FormerRollout[] = [];
  for (const { plan, ...row } of rows.slice(1)) {
    const [last] = await actsOf(db, row.rolloutNo);
    const { version } = JSON.parse(plan) as Pick<Plan, 'version'>;
    former.push({ ...row, version, last });
  }
  return former;
}
