import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { findDateStartMs } from '../../base/calendar.ts';
import { type AgentTimes, agentNow } from './agent-hours.ts';
import { createBench } from './testing/bench.ts';

const MINUTE_MS = 60_000;
const at = (day: string, time: string) => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return (findDateStartMs(day) ?? 0) + (hour * 60 + minute) * MINUTE_MS;
};
const clock = (nowMs: number, trusted = true) => ({
  nowMs: () => nowMs,
  trusted: () => trusted,
  floorMs: () => 0,
});
/** Monday to Friday with a break at noon, Saturday morning; 12 June 2026 is a Friday. */
const TIMES: readonly AgentTimes[] = [
  { days: [1, 2, 3, 4, 5], from: '08:30', to: '11:30' },
  { days: [1, 2, 3, 4, 5], from: '13:00', to: '17:00' },
  { days: [6], from: '08:30', to: '11:30' },
];
const now = (day: string, time: string, awayUntilMs: number | null = null) =>
  agentNow({ times: TIMES, awayUntilMs }, clock(at(day, time)));

test.each([
  ['2026-06-12', '08:29', { at: 'out', backMs: at('2026-06-12', '08:30') }],
  ['2026-06-12', '08:30', { at: 'here' }],
  ['2026-06-12', '11:29', { at: 'here' }],
  ['2026-06-12', '11:30', { at: 'out', backMs: at('2026-06-12', '13:00') }],
  ['2026-06-12', '17:00', { at: 'out', backMs: at('2026-06-13', '08:30') }],
  ['2026-06-13', '12:00', { at: 'out', backMs: at('2026-06-15', '08:30') }],
  ['2026-06-14', '10:00', { at: 'out', backMs: at('2026-06-15', '08:30') }],
] as const)('%s %s', (day, time, expected) => {
  expect(now(day, time)).toEqual(expected);
});

it('says who went away, and when they are there again: never within hours they do not keep', () => {
  expect(now('2026-06-12', '09:00', at('2026-06-12', '10:00'))).toEqual({
    at: 'away',
    backMs: at('2026-06-12', '10:00'),
  });
  expect(now('2026-06-12', '10:00', at('2026-06-12', '12:00'))).toEqual({
    at: 'away',
    backMs: at('2026-06-12', '13:00'),
  });
  expect(now('2026-06-12', '10:00', at('2026-06-12', '10:00'))).toEqual({ at: 'here' });
});

it('says nothing by a clock nobody vouched for, nor without hours; going away alone can be said', () => {
  const away = at('2026-06-12', '10:00');
  expect(agentNow({ times: TIMES, awayUntilMs: away }, clock(at('2026-06-12', '09:00'), false))).toBeNull();
  expect(agentNow({ times: undefined, awayUntilMs: null }, clock(away))).toBeNull();
  expect(agentNow({ times: undefined, awayUntilMs: away }, clock(away - 1))).toEqual({
    at: 'away',
    backMs: away,
  });
  expect(agentNow({ times: undefined, awayUntilMs: away }, clock(away))).toBeNull();
});

it('whoever is out comes back at a moment at which they are here', () => {
  fc.assert(
    fc.property(fc.nat(14 * 24 * 60), (minutes) => {
      const nowMs = at('2026-06-01', '00:00') + minutes * MINUTE_MS;
      const told = agentNow({ times: TIMES, awayUntilMs: null }, clock(nowMs));
      if (told === null || told.at === 'here') return;
      expect(told.backMs).toBeGreaterThan(nowMs);
      expect(agentNow({ times: TIMES, awayUntilMs: null }, clock(told.backMs ?? 0))).toEqual({ at: 'here' });
    }),
  );
});

it('stands in every view', () => {
  const bench = createBench();
  bench.world.agentAwayUntilMs = bench.clock.wallMs() + MINUTE_MS;
  expect(bench.view().agentNow).toEqual({ at: 'away', backMs: bench.clock.wallMs() + MINUTE_MS });
  bench.clock.advance(MINUTE_MS);
  expect(bench.view().agentNow).toBeNull();
});
