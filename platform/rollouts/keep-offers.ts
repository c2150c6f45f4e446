/** Tells each machine by the feed what it may install, and takes it back; goes on by itself, and stops by itself. */
import { toHex } from '../../base/bytes.ts';
import type { PlatformContext } from '../context.ts';
import { readReport } from '../fleet/read-report.ts';
import { keepLooking } from '../keep-looking.ts';
import type { Db } from '../store/store.ts';
import { placeOf } from '../terminals/terminals.ts';
import { decide, type Health, type RolloutMachine } from './decide.ts';
import { judgeUpdate } from './judge-update.ts';
import { ranksOf } from './rank.ts';
import { actOnRollout, findRollout, type Rollout } from './rollouts.ts';
import { offerTo, takeBackOffers } from './write-offers.ts';

type Context = Pick<PlatformContext, 'store' | 'clock' | 'crypto' | 'bell' | 'log'>;

const LOOK_EVERY_MS = 30_000;

/** Keeps offers in step with the newest roll-out. */
export function keepOffers(context: Context): { stop(): Promise<void> } {
  return keepLooking(context, {
    ...{ program: 'rollouts', everyMs: LOOK_EVERY_MS },
    look: () => offerNow(context),
  });
}

/** One look: stops or goes on where that is due, then tells whoever must be told. */
export async function offerNow(context: Context): Promise<void> {
  const { db } = context.store;
  const nowMs = context.clock.wallMs();
  const rollout = await findRollout(db);
  if (rollout === undefined) return;
  if (rollout.standing.state !== 'running') return takeBackOffers(context, rollout);
  const machines = await machinesOf(context, rollout.rolloutNo);
  const health = await healthOf(db, rollout, nowMs);
  const decided = decide(rollout.plan, rollout.standing, machines, health, nowMs);
  if (decided.stop !== null) {
    const { failed, tried } = decided.stop;
    await actOnRollout(context, rollout.rolloutNo, 'stop', { staffId: null, words: `${failed}/${tried}` });
    context.log('platform.alarm', { kind: 'rollout-stopped' });
    return takeBackOffers(context, rollout);
  }
  if (decided.advance) {
    const { stage } = rollout.standing;
    await actOnRollout(context, rollout.rolloutNo, 'stage', { staffId: null, words: '' }, stage);
    return offerNow(context);
  }
  await offerTo(context, rollout, machines, decided.offered);
}

/** A machine in service, with its id as the database has it. */
interface KnownMachine extends RolloutMachine {
  readonly terminalId: Uint8Array;
}

/** Every machine in service, as this roll-out sees it, in its order. */
export async function machinesOf(
  { store, crypto }: Pick<Context, 'store' | 'crypto'>,
  rolloutNo: number,
): Promise<readonly KnownMachine[]> {
  const pins = await store.db
    .selectFrom('softwarePins')
    .select(['terminalId', 'pinned'])
    .orderBy('pinNo')
    .execute();
  const pinned = new Map(pins.map((pin) => [toHex(pin.terminalId), pin.pinned === 1]));
  const rows = await store.db
    .selectFrom('terminals')
    .select(['terminalId', 'place'])
    .where('revokedMs', 'is', null)
    .execute();
  const rankOf = ranksOf(crypto, rolloutNo);
  return rows
    .map((row) => {
      const id = toHex(row.terminalId);
      const { county, town, village } = placeOf(row);
      const areas = [county.code, town.code, village.code];
      return {
        id,
        terminalId: row.terminalId,
        areas,
        pinned: pinned.get(id) ?? false,
        rank: rankOf(row.terminalId, id),
      };
    })
    .sort((a, b) => a.rank - b.rank);
}

/** What machines said of this release since it was offered to them; who said nothing is not in it. */
export async function healthOf(
  db: Db,
  { rolloutNo, plan }: Rollout,
  nowMs: number,
): Promise<ReadonlyMap<string, Health>> {
  const reported = db
    .selectFrom('softwareOffers')
    .innerJoin('fleetReports', 'fleetReports.terminalId', 'softwareOffers.terminalId')
    .where('rolloutNo', '=', rolloutNo);
  const version = String(plan.version);
  const said = await reported
    .select(['softwareOffers.terminalId', 'updateState', 'updateCrashes', 'updateMs', 'firstMs'])
    .where('updateVersion', '=', version)
    .execute();
  // Reports that came before what they say of an update was kept beside them.
  const unread = await reported
    .select(['softwareOffers.terminalId', 'content', 'updateCrashes', 'updateMs', 'firstMs'])
    .where('updateVersion', 'is', null)
    .execute();
  const read = unread.flatMap(({ content, ...row }) => {
    const update = readReport(content)?.update;
    return update?.version === version ? [{ ...row, updateState: update.state }] : [];
  });
  return new Map(
    [...said, ...read].map(({ terminalId, updateState, updateCrashes, updateMs, firstMs }) => [
      toHex(terminalId),
      // A machine may wait for days before it takes what it is offered: they hide no crash of the days after.
      judgeUpdate({ state: updateState ?? '', crashes: updateCrashes, sinceMs: updateMs ?? firstMs }, nowMs),
    ]),
  );
}
