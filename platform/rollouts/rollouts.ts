/** Roll-outs of the software on record: begun, paused, gone on with, stopped; and pins. Who did it stays with it. */
import type { PlatformContext } from '../context.ts';
import type { Db } from '../store/store.ts';
import type { Standing } from './decide.ts';
import { type Plan, planSchema } from './plan.ts';

/** What may be done to a roll-out. `stage`: on to the next, by itself or by somebody who will not wait. */
export const ROLLOUT_ACTS = ['begin', 'pause', 'go-on', 'stop', 'stage'] as const;
export type RolloutAct = (typeof ROLLOUT_ACTS)[number];

/** The newest roll-out, as it stands. */
export interface Rollout {
  readonly rolloutNo: number;
  readonly plan: Plan;
  readonly standing: Standing;
}

type Context = Pick<PlatformContext, 'store' | 'clock'>;

/** Which states an act may be done in, and the one that follows. */
const ACTS: Readonly<
  Record<RolloutAct, { readonly in: readonly Standing['state'][]; readonly next: Standing['state'] }>
> = {
  begin: { in: [], next: 'running' },
  pause: { in: ['running'], next: 'paused' },
  'go-on': { in: ['paused'], next: 'running' },
  stop: { in: ['running', 'paused'], next: 'stopped' },
  stage: { in: ['running'], next: 'running' },
};

/** Begins one; the one before it is over. */
export async function beginRollout(
  { store, clock }: Context,
  plan: Plan,
  staffId: number,
  words: string,
): Promise<number> {
  const nowMs = clock.wallMs();
  return store.transaction(async (tx) => {
    const { rolloutNo } = await tx
      .insertInto('rollouts')
      .values({ plan: JSON.stringify(plan), madeMs: nowMs, staffId })
      .returning('rolloutNo')
      .executeTakeFirstOrThrow();
    await note(tx, { rolloutNo, atMs: nowMs, staffId, act: 'begin', stage: 0, words });
    return rolloutNo;
  });
}

/**
 * Does something to the newest; false where that cannot be done to it now. `staffId` null: by itself. `from`: only
 * where it stands in that stage, so that two who saw the same do not go on twice.
 */
export async function actOnRollout(
  { store, clock }: Context,
  rolloutNo: number,
  act: Exclude<RolloutAct, 'begin'>,
  by: { readonly staffId: number | null; readonly words: string },
  from?: number,
): Promise<boolean> {
  return store.transaction(async (tx) => {
    const now = await findRollout(tx);
    if (now?.rolloutNo !== rolloutNo || !ACTS[act].in.includes(now.standing.state)) return false;
    if (from !== undefined && now.standing.stage !== from) return false;
    const stage = now.standing.stage + (act === 'stage' ? 1 : 0);
    if (stage >= now.plan.stages.length) return false;
    await note(tx, { rolloutNo, atMs: clock.wallMs(), act, stage, ...by });
    return true;
  });
}

/** Lets a machine stay with what it has, or no more. */
export async function pinMachine(
  { store, clock }: Context,
  pin: {
    readonly terminalId: Uint8Array;
    readonly pinned: boolean;
    readonly staffId: number;
    readonly words: string;
  },
): Promise<void> {
  await store.db
    .insertInto('softwarePins')
    .values({ ...pin, pinned: pin.pinned ? 1 : 0, atMs: clock.wallMs() })
    .execute();
}

/** The newest roll-out; `undefined` where there never was one. */
export async function findRollout(db: Db): Promise<Rollout | undefined> {
  const row = await db.selectFrom('rollouts').selectAll().orderBy('rolloutNo', 'desc').executeTakeFirst();
  const plan = row && planSchema.safeParse(JSON.parse(row.plan));
  if (!row || !plan?.success) return undefined;
  const acts = await db
    .selectFrom('rolloutActs')
    .select(['act', 'stage', 'atMs'])
    .where('rolloutNo', '=', row.rolloutNo)
    .orderBy('actNo')
    .execute();
  const first: Standing = { state: 'stopped', stage: 0, sinceMs: row.madeMs };
  const standing = acts.reduce<Standing>((before, { act, stage, atMs }) => {
    const known = ROLLOUT_ACTS.find((one) => one === act);
    if (known === undefined) return { state: 'stopped', stage, sinceMs: atMs };
    // Two may have acted on what both still saw: what came second counts only where it still could be done.
    const counts = known === 'begin' || ACTS[known].in.includes(before.state);
    return counts ? { state: ACTS[known].next, stage, sinceMs: atMs } : before;
  }, first);
  return { rolloutNo: row.rolloutNo, plan: plan.data, standing };
}

async function note(
  tx: Db,
  act: {
    readonly rolloutNo: number;
    readonly atMs: number;
    readonly staffId: number | null;
    readonly act: RolloutAct;
    readonly stage: number;
    readonly words: string;
  },
): Promise<void> {
  await tx.insertInto('rolloutActs').values(act).execute();
}
