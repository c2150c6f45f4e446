/** Roll-outs by the table, and by any sequence of machines, reports and words: what they may never do. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { decide, type Health, type RolloutMachine, type Standing, shareOf } from './decide.ts';
import { type Plan, planSchema, usualPlan } from './plan.ts';
import { rankOf } from './rank.ts';

const crypto = createCrypto();
const HOUR_MS = 3_600_000;
const COUNTY = '330624';
const TOWNS = ['330624100', '330624101', '330624102'] as const;
const idOf = (index: number) => index.toString(16).padStart(32, '0');
const machine = (index: number, pinned = false): RolloutMachine => ({
  ...{
    id: idOf(index),
    pinned,
    areas: [COUNTY, TOWNS[index % 3] ?? '', `${TOWNS[index % 3]}00${index % 10}`],
  },
  rank: rankOf(crypto, 1, new Uint8Array(16).fill(index)),
});
const HUNDRED = Array.from({ length: 100 }, (_, index) => machine(index));
const PLAN: Plan = {
  ...usualPlan({ version: 7, channel: 'pilot', pilot: [idOf(3), idOf(8)] }),
  stages: [
    { area: 'pilot', percent: 100, holdHours: 24 },
    { area: '330624101', percent: 50, holdHours: 24 },
    { area: 'all', percent: 10, holdHours: 24 },
    { area: 'all', percent: 100, holdHours: 0 },
  ],
};
const running = (stage: number): Standing => ({ state: 'running', stage, sinceMs: 0 });
const reports = (well: number, failed = 0, crashing = 0) =>
  new Map<string, Health>(
    [
      ...Array<Health>(well).fill('well'),
      ...Array<Health>(failed).fill('failed'),
      ...Array<Health>(crashing).fill('crashing'),
    ].map((health, index) => [idOf(index), health]),
  );

describe('who is offered it', () => {
  it.each([
    ['the pilot', 0, 2],
    ['half of a town too', 1, 2 + 16 - 1],
    ['a tenth of all', 2, undefined],
    ['all', 3, 100],
  ] as const)('%s', (_name, stage, count) => {
    const { offered } = decide(PLAN, running(stage), HUNDRED, new Map(), 0);
    if (count !== undefined) expect(offered.size).toBeGreaterThanOrEqual(count);
    expect(offered.has(idOf(3)) && offered.has(idOf(8))).toBe(true);
  });

  it.each(['paused', 'stopped'] as const)('nobody while it is %s', (state) => {
    expect(decide(PLAN, { ...running(3), state }, HUNDRED, new Map(), 0).offered.size).toBe(0);
  });

  it.each([
    [0, 50, 0],
    [1, 1, 1],
    [9, 10, 1],
    [10, 10, 1],
    [100, 33, 33],
    [1_000, 100, 1_000],
  ])('of %d machines %d percent are %d', (count, percent, share) => {
    expect(shareOf(count, percent)).toBe(share);
  });
});

describe('what stops it', () => {
  it.each([
    ['one failure among few', reports(1, 1), false],
    ['two of forty, at three percent', reports(38, 2), true],
    ['two of a hundred', reports(98, 2), false],
    ['machines that crash', reports(20, 1, 1), true],
    ['nothing yet', reports(0), false],
  ] as const)('%s', (_name, health, stops) => {
    const { stop, offered } = decide(PLAN, running(3), HUNDRED, health, 0);
    expect(stop !== null).toBe(stops);
    if (stops) expect(offered.size).toBe(0);
  });
});

describe('when it goes on', () => {
  const pilots = new Map<string, Health>([
    [idOf(3), 'well'],
    [idOf(8), 'well'],
  ]);
  it.each([
    ['too early', pilots, 23, false],
    ['when it held, and those who took it are well', pilots, 24, true],
    ['not while nobody says anything', new Map<string, Health>(), 24 * 30, false],
  ] as const)('%s', (_name, health, hours, advances) => {
    expect(decide(PLAN, running(0), HUNDRED, health, hours * HOUR_MS).advance).toBe(advances);
  });

  it('never past the last', () => {
    expect(decide(PLAN, running(3), HUNDRED, reports(100), 1e12).advance).toBe(false);
  });
});

describe('whatever happens', () => {
  const standing = fc.record<Standing>({
    state: fc.constantFrom('running', 'paused', 'stopped'),
    stage: fc.nat({ max: 3 }),
    sinceMs: fc.nat({ max: 1e9 }),
  });
  const machines = fc
    .array(fc.tuple(fc.nat({ max: 400 }), fc.boolean()), { maxLength: 120 })
    .map((all) => [...new Map(all)].map(([index, pinned]) => machine(index, pinned)));
  const health = fc
    .array(
      fc.tuple(fc.nat({ max: 400 }), fc.constantFrom<Health>('well', 'well', 'well', 'failed', 'crashing')),
    )
    .map((all) => new Map(all.map(([index, one]) => [idOf(index), one])));

  it('no more than the share, no pinned machine, and nobody once it does not run', () => {
    fc.assert(
      fc.property(standing, machines, health, fc.nat(), (now, all, said, nowMs) => {
        const { offered, stop } = decide(PLAN, now, all, said, nowMs);
        const byId = new Map(all.map((one) => [one.id, one]));
        for (const id of offered) expect(byId.get(id)?.pinned).toBe(false);
        if (now.state !== 'running' || stop !== null) expect(offered.size).toBe(0);
        const most = PLAN.stages.slice(0, now.stage + 1).reduce((sum, { area, percent }) => {
          const there = all.filter(({ id, areas }) =>
            area === 'pilot' ? PLAN.pilot.includes(id) : area === 'all' || areas.includes(area),
          );
          return sum + (there.length === 0 ? 0 : shareOf(there.length, percent));
        }, 0);
        expect(offered.size).toBeLessThanOrEqual(most);
      }),
    );
  });

  it('who was offered it at a stage is offered it at the next', () => {
    fc.assert(
      fc.property(machines, fc.nat({ max: 2 }), (all, stage) => {
        const before = decide(PLAN, running(stage), all, new Map(), 0).offered;
        const after = decide(PLAN, running(stage + 1), all, new Map(), 0).offered;
        for (const id of before) expect(after.has(id)).toBe(true);
      }),
    );
  });

  it('a pin moves nobody else', () => {
    fc.assert(
      fc.property(machines, fc.nat({ max: 3 }), (all, stage) => {
        const unpinned = all.map((one) => ({ ...one, pinned: false }));
        const before = decide(PLAN, running(stage), unpinned, new Map(), 0).offered;
        const after = decide(PLAN, running(stage), all, new Map(), 0).offered;
        for (const { id, pinned } of all) expect(after.has(id)).toBe(before.has(id) && !pinned);
      }),
    );
  });
});

it('has plans that can be read back', () => {
  expect(planSchema.safeParse(JSON.parse(JSON.stringify(PLAN))).success).toBe(true);
  expect(planSchema.safeParse({ ...PLAN, stages: [] }).success).toBe(false);
});
