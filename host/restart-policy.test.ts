import { expect, test } from 'vitest';
import { decideRestart, RESTART } from './restart-policy.ts';

test('the first restart is at once, later ones wait longer, never past the cap', () => {
  const delays = Array.from({ length: 12 }, (_, before) => decideRestart(10, before).delayMs);
  expect(delays[0]).toBe(RESTART.firstDelayMs);
  expect([...delays].sort((a, b) => a - b)).toEqual(delays);
  expect(delays.at(-1)).toBe(RESTART.maxDelayMs);
});

test('a crash now and then leaves nearly all of the three seconds to the start itself', () => {
  // Of two in a row as of one: whoever pulls a plug pulls it twice.
  for (const before of [0, 1]) expect(decideRestart(10, before).delayMs).toBeLessThanOrEqual(100);
  expect(decideRestart(RESTART.wellAfterMs, 50).delayMs).toBeLessThanOrEqual(100);
});

test('repeated failure is said, and a good run forgets it', () => {
  expect(decideRestart(10, RESTART.outOfServiceAfter - 2).outOfService).toBe(false);
  expect(decideRestart(10, RESTART.outOfServiceAfter - 1).outOfService).toBe(true);
  expect(decideRestart(RESTART.wellAfterMs, 50)).toMatchObject({ failuresInARow: 1, outOfService: false });
});
