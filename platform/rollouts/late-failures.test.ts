/**
 * A release that fails only an hour after its trial, among machines of several towns: the roll-out stops by itself where
 * it stands, and few have it. By the rules alone over many seeds, with faults planted in them; and on a whole platform.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { takeReport } from '../fleet/take.ts';
import { sampleReport } from '../fleet/testing/sample-report.ts';
import { describeOnBoth, type TestPlatform } from '../testing/test-platform.ts';
import { decide, type Health, type RolloutMachine, reachedBy, type Standing } from './decide.ts';
import { judgeUpdate } from './judge-update.ts';
import { healthOf, offerNow } from './keep-offers.ts';
import { type Plan, usualPlan } from './plan.ts';
import { rankOf } from './rank.ts';
import { beginRollout, findRollout } from './rollouts.ts';
import { chanceOf, makeMachines, type Nature, passTick, saidBy, TICK_MS } from './testing/machine-world.ts';

const HOUR_MS = 3_600_000;
const TOWNS = ['330624108', '330624109', '330624110'] as const;
const crypto = createCrypto();
const idBytes = (index: number) => new Uint8Array(16).fill(index + 1);
const idOf = (index: number) => Buffer.from(idBytes(index)).toString('hex');
const townOf = (index: number) => TOWNS[index % TOWNS.length] ?? TOWNS[0];
const villageOf = (index: number) => `${townOf(index)}20${index % 6 > 2 ? 1 : 0}`;

/** Pilot, a village, its town, the county, all. */
const planFor = (pilots: number, version = 2): Plan => ({
  ...usualPlan({
    version,
    channel: 'pilot',
    pilot: Array.from({ length: pilots }, (_, at) => idOf(at)),
  }),
  stages: [
    { area: 'pilot', percent: 100, holdHours: 4 },
    { area: villageOf(0), percent: 100, holdHours: 4 },
    { area: townOf(0), percent: 50, holdHours: 24 },
    { area: '330624', percent: 60, holdHours: 24 * 6 },
    { area: 'all', percent: 100, holdHours: 0 },
  ],
});

/** The rules, to be bent. */
interface Rules {
  readonly decide: typeof decide;
  readonly judge: typeof judgeUpdate;
}
const RULES: Rules = { decide, judge: judgeUpdate };

interface Ended {
  readonly standing: Standing;
  /** So many have the release. */
  readonly taken: number;
  /** So many the stage reaches at which it ended, and those before. */
  readonly reached: number;
}

/** Plays a roll-out by the rules alone. */
function play(rules: Rules, nature: Nature, seed: number, count = 48): Ended {
  const chance = chanceOf(seed);
  const plan = planFor(2 + Math.floor(chance() * 3));
  const machines = makeMachines(count, chance);
  const known: RolloutMachine[] = machines.map(({ index }) => ({
    ...{ id: idOf(index), pinned: false, rank: rankOf(crypto, seed, idBytes(index)) },
    areas: ['330624', townOf(index), villageOf(index)],
  }));
  let standing: Standing = { state: 'running', stage: 0, sinceMs: 0 };
  let offered: ReadonlySet<string> = new Set();
  const said = new Map<string, { state: string; crashesBefore: number; crashes: number; sinceMs: number }>();
  for (let nowMs = 0; nowMs < 12 * 24 * HOUR_MS && standing.state === 'running'; nowMs += TICK_MS) {
    for (const machine of machines) {
      const id = idOf(machine.index);
      const crashesBefore = machine.crashes;
      if (!passTick(machine, offered.has(id), { nature, nowMs, chance }) || machine.state === 'none')
        continue;
      const first = said.get(id) ?? { state: machine.state, crashesBefore, sinceMs: nowMs, crashes: 0 };
      said.set(id, { ...first, crashes: machine.crashes - first.crashesBefore });
    }
    const health = new Map<string, Health>([...said].map(([id, one]) => [id, rules.judge(one, nowMs)]));
    const decided = rules.decide(plan, standing, known, health, nowMs);
    offered = decided.offered;
    if (decided.stop !== null) standing = { ...standing, state: 'stopped' };
    else if (decided.advance) standing = { ...standing, stage: standing.stage + 1, sinceMs: nowMs };
  }
  const stages = plan.stages.slice(0, standing.stage + 1);
  const reached = new Set(stages.flatMap((stage) => reachedBy(plan, stage, known).map(({ id }) => id))).size;
  return { standing, reached, taken: machines.filter(({ takenMs }) => takenMs !== null).length };
}

/** What is wrong with how it ended; nothing when it ended as it should. */
function faultsOf(nature: Nature, { standing, taken, reached }: Ended, count = 48): readonly string[] {
  if (taken > reached) return ['more have it than the stage reaches'];
  if (nature === 'sound') {
    if (standing.state !== 'running') return ['a sound release was stopped'];
    return taken === count ? [] : [`a sound release came to ${taken} machines alone`];
  }
  if (standing.state !== 'stopped') return ['it was not stopped'];
  return standing.stage === 0 ? [] : [`it went on to stage ${standing.stage}`];
}

const faultsOver = (rules: Rules, seeds: number) =>
  (['sound', 'sours', 'ill'] as const).flatMap((nature) =>
    Array.from({ length: seeds }, (_, seed) => faultsOf(nature, play(rules, nature, seed + 1))).flat(),
  );

describe('by the rules alone', () => {
  it('what fails after an hour is stopped among the pilots, and what is sound comes to all', () => {
    expect(faultsOver(RULES, 12)).toEqual([]);
  });

  const planted: Readonly<Record<string, Partial<Rules>>> = {
    'crashes do not count': { judge: ({ state }) => (state === 'committed' ? 'well' : 'failed') },
    'they count from the next day on': {
      judge: (said, nowMs) =>
        nowMs - said.sinceMs < 24 * HOUR_MS && said.state === 'committed' ? 'well' : judgeUpdate(said, nowMs),
    },
    'a village without power at night crashes': {
      judge: ({ state, crashes }) => (state !== 'committed' ? 'failed' : crashes >= 5 ? 'crashing' : 'well'),
    },
    'no stage is held': {
      decide: (plan, standing, ...rest) =>
        decide({ ...plan, stages: plan.stages.map((one) => ({ ...one, holdHours: 0 })) }, standing, ...rest),
    },
    'what is offered runs ahead of the stage': {
      decide: (plan, standing, ...rest) => decide(plan, { ...standing, stage: standing.stage + 1 }, ...rest),
    },
    'nothing stops it': {
      decide: (plan, ...rest) => decide({ ...plan, stop: { percent: 100, least: 1 } }, ...rest),
    },
  };
  it.each(Object.entries(planted))('a fault is found: %s', (_name, bent) => {
    expect(faultsOver({ ...RULES, ...bent }, 4)).not.toEqual([]);
  });
});

describeOnBoth('on a platform', (host) => {
  let test: TestPlatform;
  let staffId: number;
  const COUNT = 18;
  beforeAll(async () => {
    test = await host.shared();
    const { db } = test.platform.context.store;
    const row = await db
      .insertInto('staff')
      .values({ name: '石维护', signIn: 'keeper', password: '-', deskCode: '330624', disabled: 0 })
      .returning('staffId')
      .executeTakeFirstOrThrow();
    staffId = row.staffId;
    for (let index = 0; index < COUNT; index += 1) {
      const place = JSON.stringify({
        county: { code: '330624', name: '新昌县' },
        town: { code: townOf(index), name: '某镇' },
        village: { code: villageOf(index), name: '某村' },
      });
      await db
        .insertInto('terminals')
        .values({ terminalId: idBytes(index), place, enrolledMs: 0, revokedMs: null, currentBootId: null })
        .execute();
    }
  }, 60_000);

  it.each([
    ['sours', 'stopped', 2],
    ['sound', 'running', 3],
  ] as const)(
    'a release that is %s ends %s',
    async (nature, state, number) => {
      const { context } = test.platform;
      const plan = planFor(3, number);
      const chance = chanceOf(7);
      const machines = makeMachines(COUNT, chance);
      const held = plan.stages.map((stage) => ({ ...stage, holdHours: Math.min(stage.holdHours, 4) }));
      await beginRollout(context, { ...plan, stages: held }, staffId, '新版本');
      for (let tick = 0; tick < 160; tick += 1) {
        test.clock.advance(TICK_MS);
        const nowMs = test.clock.wallMs();
        await offerNow(context);
        const rows = await context.store.db
          .selectFrom('softwareOffers')
          .select(['terminalId', 'version'])
          .execute();
        const offered = new Set(
          rows
            .filter(({ version }) => version === number)
            .map(({ terminalId }) => Buffer.from(terminalId).toString('hex')),
        );
        for (const machine of machines) {
          if (!passTick(machine, offered.has(idOf(machine.index)), { nature, nowMs, chance })) continue;
          await takeReport(context, idBytes(machine.index), sampleReport(nowMs, saidBy(machine, number)));
        }
        if ((await findRollout(context.store.db))?.standing.state === 'stopped') break;
        if (machines.every(({ takenMs }) => takenMs !== null)) break;
      }
      const standing = (await findRollout(context.store.db))?.standing;
      const taken = machines.filter(({ takenMs }) => takenMs !== null).length;
      expect(standing?.state).toBe(state);
      expect({ stage: standing?.stage, taken }).toEqual(
        nature === 'sours' ? { stage: 0, taken: 3 } : { stage: 4, taken: COUNT },
      );
    },
    120_000,
  );

  it('counts crashes against the time since a machine took the release, however long it was offered before', async () => {
    const { context } = test.platform;
    const db = context.store.db;
    const rolloutNo = await beginRollout(context, planFor(3, 9), staffId, '等了很久才换');
    await offerNow(context);
    test.clock.advance(20 * 24 * HOUR_MS);
    const countsId = '9'.repeat(16);
    const says = (count: number, uptimeS: number) =>
      takeReport(
        context,
        idBytes(0),
        sampleReport(test.clock.wallMs(), {
          ...{ uptimeS, bootId: '9'.repeat(32), update: { version: '9', state: 'committed' } },
          counts: {
            ...{ countsId, sinceMs: 0, dropped: 0 },
            each: [{ what: 'unclean-end', on: null, matter: null, count }],
          },
        }),
      );
    const health = async () => {
      const rollout = await findRollout(db);
      return rollout?.rolloutNo === rolloutNo
        ? (await healthOf(db, rollout, test.clock.wallMs())).get(idOf(0))
        : undefined;
    };
    await says(1, 1);
    expect(await health()).toBe('well');
    test.clock.advance(HOUR_MS);
    await says(7, 2);
    expect(await health()).toBe('crashing');
  });
});
