import { expect, test } from 'vitest';
import { growths } from './growth.ts';
import { soak } from './soak.ts';

/** So few visits are no line: the program still warms up. What is planted is many times as much. */
const SLACK = 10;

test('a short day is played to its end; of what it measures, the leak that was planted grows, and nothing else', async () => {
  const day = await soak({
    ...{ visits: 8, seed: 7, sampleEvery: 1, faultEvery: 0, leak: 'heap', say: () => {} },
  });
  const grows = growths(day.samples, SLACK).flatMap(({ measure, isBounded }) => (isBounded ? [] : [measure]));
  expect([day.lost, day.strange]).toEqual([0, []]);
  expect(Object.keys(day.done).length).toBeGreaterThan(2);
  expect(grows).toEqual(['heap']);
}, 120_000);
