import { beforeEach, expect, test } from 'vitest';
import type { View } from '../api.ts';
import { handClock } from '../testing/keeper-world.ts';
import { AWAKE_MS, createNight, type Night } from './night.ts';

const HOURS = { from: '21:30', to: '05:30' };
/** In China. */
const at = (hour: number, minute = 0) => Date.UTC(2026, 5, 1, hour - 8, minute);
const ATTRACT = {
  ...{ kind: 'attract', reader: 'ready', trouble: null, stopped: null, notices: [], alarm: null },
  ...{ tiles: [], offersHelp: false },
} as const;
const viewOf = (page: object): View => ({ page }) as View;
const FIRST = viewOf(ATTRACT);

let clock: ReturnType<typeof handClock>;
let night: Night;
let changes: number;
const begin = (wallMs: number, hours: typeof HOURS | null = HOURS) => {
  clock = handClock(wallMs);
  changes = 0;
  night = createNight({
    clock,
    time: { nowMs: () => clock.wallMs() },
    hours: hours ?? undefined,
    onChange: () => changes++,
  });
};
beforeEach(() => begin(at(21)));

test('dims when its hours begin, once, and is bright by day', () => {
  clock.advance(29 * 60_000);
  expect([night.shown(FIRST).dimmed, changes]).toEqual([undefined, 0]);
  clock.advance(2 * 60_000);
  expect([night.shown(FIRST).dimmed, changes]).toEqual([true, 1]);
  clock.advance(8 * 3_600_000);
  expect([night.shown(FIRST).dimmed, changes]).toEqual([undefined, 2]);
});

test('wakes at once, and dims again once nobody was seen for a while', () => {
  begin(at(23));
  clock.advance(AWAKE_MS + 20_000);
  expect(night.shown(FIRST).dimmed).toBe(true);
  night.wake();
  expect([night.shown(FIRST).dimmed, changes]).toEqual([undefined, 2]);
  clock.advance(AWAKE_MS - 16_000);
  night.wake();
  clock.advance(AWAKE_MS - 16_000);
  expect(night.shown(FIRST).dimmed).toBeUndefined();
  clock.advance(40_000);
  expect(night.shown(FIRST).dimmed).toBe(true);
});

test.each([
  ['somebody’s page', { kind: 'home' }],
  ['an emergency', { ...ATTRACT, alarm: {} }],
  ['a card that is being read', { ...ATTRACT, reader: 'reading' }],
  ['a card that was not read', { ...ATTRACT, trouble: 'lay-again' }],
  ['a machine out of service', { kind: 'out-of-service', reason: 'store' }],
])('%s is never dimmed, and whoever leaves it finds the machine bright', (_what, page) => {
  begin(at(23));
  clock.advance(AWAKE_MS * 3);
  expect(night.shown(viewOf(page)).dimmed).toBeUndefined();
});

test('no hours, no night; after its end nothing changes', () => {
  begin(at(23), null);
  clock.advance(24 * 3_600_000);
  expect([night.shown(FIRST).dimmed, changes]).toEqual([undefined, 0]);
  begin(at(21));
  night.stop();
  clock.advance(12 * 3_600_000);
  expect(changes).toBe(0);
});
