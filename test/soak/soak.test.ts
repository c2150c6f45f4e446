import { expect, test } from 'vitest';
import { growths } from './growth.ts';
import { soak } from './soak.ts';

/** So few visits are no line: the program still warms up. What is planted is many times as much. */
const SLACK = 40;
const PLAN = { visits: 20, seed: 7, sampleEvery: 2, faultEvery: 0, leak: '', say: () => {} };

test('a short day is played to its end, and a leak that was planted in it is found', async () => {
  const [sound, leaking] = [await soak(PLAN), await soak({ ...PLAN, leak: 'heap' })];
  const told = ({ samples }: typeof sound) =>
    growths(samples, SLACK).flatMap(({ measure, isBounded }) => (isBounded ? [] : [measure]));
  expect([sound.lost, sound.strange]).toEqual([0, []]);
  expect(Object.keys(sound.done).length).toBeGreaterThan(4);
  expect(told(sound)).toEqual([]);
  expect(told(leaking)).toEqual(['heap']);
}, 120_000);
