/** Tells each machine by the feed what it may install, and takes it back; goes on by itself, and stops by itself. */
import { findHex, toHex } from '../../base/bytes.ts';
import { isoDate } from '../../base/calendar.ts';
import { invariant } from '../../base/result.ts';
import { encodeContent } from '../../sync/content-coding.ts';
import { FEED_KIND } from '../../sync/formats/feed.ts';
import { reportSchema } from '../../sync/report-contents.ts';
import type { SoftwareContent } from '../../sync/software-contents.ts';
import type { PlatformContext } from '../context.ts';
import { flushOutbox, type Outbox, ringFor } from '../feed/outbox.ts';
import { keepLooking } from '../keep-looking.ts';
import type { Db } from '../store/store.ts';
import { placeOf } from '../terminals/terminals.ts';
import { decide, type Health, type RolloutMachine } from './decide.ts';
import { rankOf } from './rank.ts';
import { actOnRollout, findRollout, type Rollout } from './rollouts.ts';

type Context = Pick<PlatformContext, 'store' | 'clock' | 'crypto' | 'bell' | 'log'>;

const LOOK_EVERY_MS = 30_000;
/** What runs ended unasked so often since the release was offered: it is not well. */
const MOST_ENDS = 5;

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
  const machines = await machinesOf(context, rollout.rolloutNo);
  const health = await healthOf(db, rollout);
  const decided = decide(rollout.plan, rollout.standing, machines, health, nowMs);
  if (decided.stop !== null) {
    const { failed, tried } = decided.stop;
    await actOnRollout(context, rollout.rolloutNo, 'stop', { staffId: null, words: `${failed}/${tried}` });
    context.log('platform.alarm', { kind: 'rollout-stopped' });
  } else if (decided.advance) {
    await actOnRollout(context, rollout.rolloutNo, 'stage', { staffId: null, words: '' });
    return offerNow(context);
  }
  await tell(context, rollout, machines, decided.offered);
}

async function machinesOf({ store, crypto }: Context, rolloutNo: number): Promise<readonly RolloutMachine[]> {
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
  return rows.map((row) => {
    const id = toHex(row.terminalId);
    const { county, town, village } = placeOf(row);
    return {
      ...{ id, pinned: pinned.get(id) ?? false, rank: rankOf(crypto, rolloutNo, row.terminalId) },
      areas: [county.code, town.code, village.code],
    };
  });
}

/** What machines said of this release since it was offered to them; who said nothing is not in it. */
async function healthOf(db: Db, { rolloutNo, plan }: Rollout): Promise<ReadonlyMap<string, Health>> {
  const offers = await db
    .selectFrom('softwareOffers')
    .innerJoin('fleetReports', 'fleetReports.terminalId', 'softwareOffers.terminalId')
    .select(['softwareOffers.terminalId', 'softwareOffers.firstMs', 'fleetReports.content'])
    .where('rolloutNo', '=', rolloutNo)
    .execute();
  const ends = await db
    .selectFrom('fleetCounts')
    .innerJoin('softwareOffers', 'softwareOffers.terminalId', 'fleetCounts.terminalId')
    .select(['fleetCounts.terminalId', 'fleetCounts.day', 'fleetCounts.count', 'softwareOffers.firstMs'])
    .where('rolloutNo', '=', rolloutNo)
    .where('what', 'in', ['unclean-end', 'devices-lost', 'device-hung'])
    .execute();
  const endsOf = Map.groupBy(
    ends.filter(({ day, firstMs }) => day > isoDate(firstMs)),
    ({ terminalId }) => toHex(terminalId),
  );
  return new Map(
    offers.flatMap(({ terminalId, content }) => {
      const id = toHex(terminalId);
      const report = reportSchema.safeParse(JSON.parse(content));
      const update = report.success ? report.data.update : undefined;
      if (update?.version !== String(plan.version)) return [];
      const count = (endsOf.get(id) ?? []).reduce((sum, one) => sum + one.count, 0);
      const runs: Health = count >= MOST_ENDS ? 'crashing' : 'well';
      return [[id, update.state === 'committed' ? runs : 'failed'] as const];
    }),
  );
}

/** Writes to the feed what is another word than the last. */
async function tell(
  context: Context,
  { rolloutNo, plan }: Rollout,
  machines: readonly RolloutMachine[],
  offered: ReadonlySet<string>,
): Promise<void> {
  const nowMs = context.clock.wallMs();
  const outbox: Outbox = [];
  await context.store.transaction(async (tx) => {
    outbox.length = 0;
    // Somebody may have stopped it since it was looked at: nothing is offered then.
    const now = await findRollout(tx);
    const mayOffer = now?.rolloutNo === rolloutNo && now.standing.state === 'running';
    const told = await tx.selectFrom('softwareOffers').selectAll().execute();
    const last = new Map(told.map((row) => [toHex(row.terminalId), row]));
    for (const { id } of machines) {
      const before = last.get(id);
      const version = mayOffer && offered.has(id) ? plan.version : null;
      if ((before?.version ?? null) === version && (before === undefined || before.rolloutNo === rolloutNo))
        continue;
      const terminalId = before?.terminalId ?? hexBytes(id);
      const firstMs = before?.rolloutNo === rolloutNo ? before.firstMs : nowMs;
      await tx
        .insertInto('softwareOffers')
        .values({ terminalId, rolloutNo, version, firstMs })
        .onConflict((conflict) => conflict.column('terminalId').doUpdateSet({ rolloutNo, version, firstMs }))
        .execute();
      const content: SoftwareContent =
        version === null
          ? { schema: 1, kind: 'software.none' }
          : { schema: 1, kind: 'software.offer', channel: plan.channel, version, hours: plan.hours };
      outbox.push({
        ...{ itemId: context.crypto.randomBytes(16), terminalId, kind: FEED_KIND.software },
        ...{ expiresMs: null, caseId: null, content: encodeContent(content) },
      });
    }
    await flushOutbox(tx, outbox, nowMs);
  });
  ringFor(context.bell, outbox);
}

function hexBytes(id: string): Uint8Array {
  const found = findHex(id);
  invariant(found !== undefined, 'an id that was written in hex');
  return found;
}
