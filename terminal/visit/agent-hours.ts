/**
 * Whether the village agent is there now: from the hours in the configuration, and from what the agent said at the
 * machine. Told by trusted time alone (law 9): else only the hours stand there, in words.
 */
import { civilTime, findDateStartMs, isoDate } from '../../base/calendar.ts';
import type { View } from '../api.ts';
import type { TrustedTime } from '../keeper.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Hours on some days of the week, 1 Monday to 7 Sunday: from `08:30` on, up to `17:00`. */
export interface AgentTimes {
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
}

/** What is known of where the agent is. */
export interface AgentFacts {
  /** Undefined where nobody wrote the hours down as times. */
  readonly times: readonly AgentTimes[] | undefined;
  /** Until when the agent said to be away; null where they did not. */
  readonly awayUntilMs: number | null;
}

/** Where the agent is now; null where nobody can say. `backMs` null: not within the week. */
export function agentNow(facts: AgentFacts, time: TrustedTime): View['agentNow'] {
  if (!time.trusted()) return null;
  const nowMs = time.nowMs();
  const { times, awayUntilMs } = facts;
  if (awayUntilMs !== null && nowMs < awayUntilMs)
    return { at: 'away', backMs: times === undefined ? awayUntilMs : findNextHourMs(times, awayUntilMs) };
  if (times === undefined) return null;
  const backMs = findNextHourMs(times, nowMs);
  return backMs === nowMs ? { at: 'here' } : { at: 'out', backMs };
}

/** The first moment from `fromMs` on that lies within the hours, `fromMs` itself where it does; null in a week without any. */
function findNextHourMs(times: readonly AgentTimes[], fromMs: number): number | null {
  const moments = Array.from({ length: 8 }, (_, ahead) => fromMs + ahead * DAY_MS).flatMap((dayMs) => {
    const midnightMs = findDateStartMs(isoDate(dayMs)) ?? dayMs;
    const weekday = civilTime(dayMs).weekday || 7;
    return times
      .filter(({ days }) => days.includes(weekday))
      .filter(({ to }) => midnightMs + minutesOf(to) * MINUTE_MS > fromMs)
      .map(({ from }) => Math.max(fromMs, midnightMs + minutesOf(from) * MINUTE_MS));
  });
  return moments.length === 0 ? null : Math.min(...moments);
}

/** Minutes since midnight of `08:30`. */
function minutesOf(timeOfDay: string): number {
  const [hour = 0, minute = 0] = timeOfDay.split(':').map(Number);
  return hour * 60 + minute;
}
