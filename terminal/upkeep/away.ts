/** For how long the village agent says to be away, as moments. */
import { addDays, findDateStartMs, isoDate } from '../../base/calendar.ts';
import type { AwaySpan } from './api.ts';

const HOUR_MS = 3_600_000;

const SPANS_MS: Readonly<Record<Exclude<AwaySpan, 'today'>, number>> = {
  hour: HOUR_MS,
  'two-hours': 2 * HOUR_MS,
  'half-day': 4 * HOUR_MS,
};

/** Until when somebody is away who goes at `nowMs`; for `today` the end of the day in China. */
export function awayUntil(span: AwaySpan, nowMs: number): number {
  if (span !== 'today') return nowMs + SPANS_MS[span];
  return findDateStartMs(addDays(isoDate(nowMs), 1)) ?? nowMs;
}
