/**
 * Random histories: cases filed and decided while the way to the centre breaks in every manner and the programs
 * that carry duties out are killed between any two steps. Once that stops, the centre has each case exactly once, in
 * order, and the person has read its number once.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { awaitKilled, createLife, type Life } from '../../test/simulation/death.ts';
import { mortalStore } from '../../test/simulation/platform-store.ts';
import { describeOnBoth, type TestHost } from '../testing/test-platform.ts';
import type { CaseCentre } from './case-centre.ts';
import { createTurns, type Turn } from './connector.ts';
import { DUTY_KINDS, dutiesOf } from './duties.ts';
import { FAULTS } from './sample/faults.ts';
import {
  type CentreBench,
  type FiledCase,
  LATE_MS,
  LONG_MS,
  openBench,
  SETTLE_MS,
} from './testing/centre-bench.ts';

/** Programs that carry duties out, side by side. */
const PROGRAMS = 3;
const ACTIONS = ['accept', 'finish', 'refuse', 'withdraw', 'freeze', 'unfreeze'] as const;

const step = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ do: 'file' as const }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('act' as const),
      which: fc.nat(5),
      action: fc.constantFrom(...ACTIONS),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('fail' as const),
      kinds: fc.array(fc.option(fc.constantFrom(...FAULTS)), { minLength: 1, maxLength: 4 }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('turn' as const),
      programs: fc.subarray([...Array(PROGRAMS).keys()], { minLength: 1 }),
      turns: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('kill' as const),
      program: fc.nat(PROGRAMS - 1),
      atPoint: fc.integer({ min: 1, max: 14 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(3_000, 10_000, SETTLE_MS, LONG_MS),
    }),
  },
);
const history = fc.array(step, { minLength: 4, maxLength: 30 });
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** One run of a program that carries duties out; after its death a new one begins. */
interface Program {
  life: Life;
  turn: () => Promise<Turn>;
}

function startProgram(bench: CentreBench, bend: (centre: CaseCentre) => CaseCentre): Program {
  const life = createLife({ onPoint: () => undefined, onDeath: () => undefined });
  const context = { ...bench.context, store: mortalStore(bench.context.store, life) };
  return { life, turn: createTurns(context, mortalCentre(bend(bench.port), life)) };
}

/** Each call has a point before it, at which nothing was sent, and one after it, at which the reply is lost. */
function mortalCentre(centre: CaseCentre, life: Life): CaseCentre {
  const mortal =
    <A, R>(call: (argument: A) => Promise<R>) =>
    async (argument: A): Promise<R> => {
      life.before('call');
      const answer = await call(argument);
      life.after('call');
      return answer;
    };
  return {
    ...centre,
    find: mortal(centre.find),
    receive: mortal(centre.receive),
    accept: mortal(centre.accept),
    finish: mortal(centre.finish),
  };
}

async function play(
  host: TestHost,
  steps: readonly Step[],
  bend: (centre: CaseCentre) => CaseCentre = (centre) => centre,
): Promise<void> {
  const bench = await openBench(host);
  const programs = Array.from({ length: PROGRAMS }, () => startProgram(bench, bend));
  const cases: FiledCase[] = [];
  try {
    for (const one of steps) await carryOut(one);
    bench.calm();
    await new Promise((resolve) => setTimeout(resolve, LATE_MS));
    for (const filed of cases) await bench.act(filed, 'unfreeze');
    await bench.settle(createTurns(bench.context, bend(bench.port)));
    for (const filed of cases) await expectOnce(bench, filed);
  } finally {
    await bench.stop();
    await bench.test.platform.stop();
  }

  async function carryOut(one: Step): Promise<void> {
    if (one.do === 'file') cases.push(await bench.file());
    const filed = one.do === 'act' ? cases[one.which] : undefined;
    if (one.do === 'act' && filed) await bench.act(filed, one.action);
    if (one.do === 'fail') bench.failNext(...one.kinds);
    if (one.do === 'kill') programs[one.program]!.life.dieAt(one.atPoint);
    if (one.do === 'turn') await Promise.all(one.programs.map((index) => turnsOf(index, one.turns)));
    if (one.do === 'wait') {
      // What arrives late does so within the time the centre promises, by the real clock as by the test's.
      if (one.ms >= SETTLE_MS) await new Promise((resolve) => setTimeout(resolve, LATE_MS));
      bench.test.clock.advance(one.ms);
    }
  }

  async function turnsOf(index: number, turns: number): Promise<void> {
    for (let left = turns; left > 0; left--) {
      const program = programs[index]!;
      await awaitKilled(program.turn());
      if (!program.life.alive()) programs[index] = startProgram(bench, bend);
    }
  }
}

async function expectOnce(bench: CentreBench, filed: FiledCase): Promise<void> {
  const taken = bench.taken(filed);
  const duties = await dutiesOf(bench.context.store.db, filed.caseId);
  const owed = DUTY_KINDS.filter((kind) => duties.some((duty) => duty.kind === kind));
  expect(taken.map((one) => one.step)).toEqual(owed);
  const told = (await bench.toldOf(filed)).filter((one) => one.status === 'registered');
  expect(told.map((one) => one.provinceNumber)).toEqual([taken[0]?.projId]);
}

describeOnBoth('histories of the connector', (host) => {
  const numRuns = host.kind === 'sqlite' ? 25 : 8;

  it('end with each case at the centre once, and its number told once', async () => {
    await fc.assert(
      fc.asyncProperty(history, (steps) => play(host, steps)),
      { numRuns, endOnFailure: true },
    );
  }, 240_000);

  it('catch a connector that sends without looking first', async () => {
    let looks = 0;
    // Its second look, before it sends again, sees nothing.
    const blind = (centre: CaseCentre): CaseCentre => ({
      ...centre,
      find: async (reference) => (looks++ === 1 ? { kind: 'done', value: null } : centre.find(reference)),
    });
    const steps: Step[] = [
      { do: 'file' },
      { do: 'fail', kinds: [null, 'cut-after'] },
      { do: 'turn', programs: [0], turns: 1 },
      { do: 'wait', ms: LONG_MS },
    ];
    await play(host, steps);
    await expect(play(host, steps, blind)).rejects.toThrow(/receive/);
  });
});
