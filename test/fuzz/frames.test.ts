import { expect, test } from 'vitest';
import { Dice, fuzzFrames } from './frames.ts';

test('of 20,000 frames, sound and spoilt, none breaks a promise, and every kind of thing happened', () => {
  const tally = fuzzFrames(20_000, 7);
  expect(tally.frames).toBe(20_000);
  expect(tally.payloads).toBeGreaterThan(2_000);
  expect(tally.identities).toBeGreaterThan(500);
  expect(tally.badChecks).toBeGreaterThan(500);
});

test('the same seed brings the same frames', () => {
  expect(fuzzFrames(500, 3)).toEqual(fuzzFrames(500, 3));
  expect(fuzzFrames(500, 3)).not.toEqual(fuzzFrames(500, 4));
  expect(new Dice(0).bytes(4)).toEqual(new Dice(0).bytes(4));
});
