import { expect, test } from 'vitest';
import { growths, type MeasureName } from './growth.ts';
import { soak } from './soak.ts';

/** So few visits are no line: the program still warms up. What is planted is many times as much. */
const SLACK = 40;
/** Visits with no leak, and as many with every one. */
const PHASE = 8;
/** Where each leak is seen. */
const SEEN: Readonly<Record<string, MeasureName>> = {
  heap: 'heap',
  handles: 'handles',
  log: 'log',
  database: 'database',
  files: 'rest',
};

test('a short day is played to its end: nothing grows until leaks are planted, and then each is seen', async () => {
  const day = await soak({
    ...{
      visits: 2 * PHASE,
      maxMinutes: 5,
      leakBytes: 262_144,
      seed: 7,
      sampleEvery: 2,
      faultEvery: 0,
      snapshots: null,
      say: () => {},
    },
    leaksAt: (visits) => (visits > PHASE ? Object.keys(SEEN) : []),
  });
  const growsIn = (from: number) => {
    const samples = day.samples.flatMap((sample) =>
      // Moved to where all of it is the second half.
      sample.visits > from && sample.visits <= from + PHASE
        ? [{ ...sample, visits: sample.visits - from + PHASE }]
        : [],
    );
    return growths(samples, SLACK).flatMap(({ measure, isBounded }) => (isBounded ? [] : [measure]));
  };
  expect(day.lost).toEqual([]);
  expect(growsIn(0)).toEqual([]);
  expect(growsIn(PHASE)).toEqual(expect.arrayContaining(Object.values(SEEN)));
  expect(Object.keys(day.done).length).toBeGreaterThan(2);
  expect(day.strange).toHaveLength(PHASE);
  expect(day.strange.filter((path) => !path.startsWith('left-'))).toEqual([]);
}, 120_000);
