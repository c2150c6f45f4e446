import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isQuiet } from './quiet-hours.ts';

const DAY_MS = 86_400_000;
/** Midnight in China. */
const MIDNIGHT_MS = Date.UTC(2026, 5, 11, 16);
const at = (hour: number, minute: number) => MIDNIGHT_MS + (hour * 60 + minute) * 60_000;

test.each([
  [20, 59, false],
  [21, 0, true],
  [23, 59, true],
  [0, 0, true],
  [6, 29, true],
  [6, 30, false],
  [12, 0, false],
])('over midnight: at %d:%d quiet is %s', (hour, minute, quiet) => {
  expect(isQuiet(at(hour, minute), { from: '21:00', to: '06:30' })).toBe(quiet);
});

test.each([
  [11, 59, false],
  [12, 0, true],
  [13, 59, true],
  [14, 0, false],
])('within a day: at %d:%d quiet is %s', (hour, minute, quiet) => {
  expect(isQuiet(at(hour, minute), { from: '12:00', to: '14:00' })).toBe(quiet);
});

test('never where no hours are set; every day alike; hours turned round are the rest of the day', () => {
  const minute = fc.nat(24 * 60 - 1);
  const text = (of: number) =>
    `${String(Math.floor(of / 60)).padStart(2, '0')}:${String(of % 60).padStart(2, '0')}`;
  fc.assert(
    fc.property(minute, minute, minute, fc.nat(400), (now, from, to, day) => {
      fc.pre(from !== to);
      const nowMs = MIDNIGHT_MS + now * 60_000;
      const hours = { from: text(from), to: text(to) };
      expect(isQuiet(nowMs, undefined)).toBe(false);
      expect(isQuiet(nowMs + day * DAY_MS, hours)).toBe(isQuiet(nowMs, hours));
      expect(isQuiet(nowMs, { from: hours.to, to: hours.from })).toBe(!isQuiet(nowMs, hours));
    }),
  );
});
