import { beforeEach, expect, test } from 'vitest';
import { handClock } from '../testing/keeper-world.ts';
import { NIGHTLY, watchForNight } from './nightly.ts';

const HOURS = { from: '03:00', to: '04:00' };
const HOUR_MS = 3_600_000;
/** In China. */
const at = (hour: number) => Date.UTC(2026, 5, 1, hour - 8);

let clock: ReturnType<typeof handClock>;
let world: { isVacant: boolean; owed: number };
let renewedAtMs: number[];
let cancel: () => void;
const begin = (hour: number) => {
  clock = handClock(at(hour));
  world = { isVacant: true, owed: 3 };
  renewedAtMs = [];
  cancel = watchForNight({
    clock,
    random: { bytes: (length) => new Uint8Array(length) },
    ...{ nowMs: () => clock.wallMs(), hours: HOURS, vacant: { now: () => world.isVacant } },
    ...{ countOwed: () => world.owed, renew: () => renewedAtMs.push(clock.wallMs()) },
  });
};
beforeEach(() => begin(20));

test('once in its hours, and not before', () => {
  clock.advance(7 * HOUR_MS - 1);
  expect(renewedAtMs).toEqual([]);
  clock.advance(24 * HOUR_MS);
  expect(renewedAtMs).toHaveLength(1);
  expect(renewedAtMs[0]).toBeLessThan(at(27) + HOUR_MS / 2);
});

test('put off while somebody stands there or something is on its way, to the next night where it must be', () => {
  clock.advance(7 * HOUR_MS - 60_000);
  world.isVacant = false;
  clock.advance(30 * 60_000);
  world.isVacant = true;
  for (let minute = 0; minute < 20; minute += 1) {
    world.owed -= 1;
    clock.advance(60_000);
  }
  expect(renewedAtMs).toEqual([]);
  clock.advance((NIGHTLY.calmLooks + 1) * 60_000);
  expect(renewedAtMs).toHaveLength(1);
  begin(20);
  world.isVacant = false;
  clock.advance(9 * HOUR_MS);
  world.isVacant = true;
  clock.advance(2 * HOUR_MS);
  expect(renewedAtMs, 'its hour has passed').toEqual([]);
  clock.advance(24 * HOUR_MS);
  expect(renewedAtMs).toHaveLength(1);
});

test('a machine that was begun this very night is left alone', () => {
  begin(2);
  clock.advance(3 * HOUR_MS);
  expect(renewedAtMs).toEqual([]);
});

test('entries that wait for a person put nothing off; after its end nothing happens', () => {
  world.owed = 12;
  clock.advance(8 * HOUR_MS);
  expect(renewedAtMs).toHaveLength(1);
  begin(20);
  cancel();
  clock.advance(48 * HOUR_MS);
  expect(renewedAtMs).toEqual([]);
});
