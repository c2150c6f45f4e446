/**
 * When services can be visited, and how many people at once. Made up, always the same for the same service and day: a
 * county that has calendars of its own hands them in instead.
 */
import { findDateStartMs } from '../../base/calendar.ts';

/** A time of one day. */
export interface OpenTime {
  /** `09:30`. */
  readonly from: string;
  /** People who can come then. */
  readonly capacity: number;
}

/** When a service can be visited. */
export interface Calendar {
  /** The times of an ISO date, the earliest first; none on a day off. */
  timesOf(service: string, day: string): readonly OpenTime[];
}

/** Half hours from nine to eleven and from two to four. */
const HALF_HOURS = ['09:00', '09:30', '10:00', '10:30', '14:00', '14:30', '15:00', '15:30'] as const;
const MOST_AT_ONCE = 3;
const DAY_MS = 86_400_000;
/** 1970-01-01 was a Thursday. */
const FIRST_WEEKDAY = 4;
const CHINA_MS = 8 * 3_600_000;

/** Working days, one to three people each half hour. */
export const SAMPLE_CALENDAR: Calendar = {
  timesOf: (service, day) =>
    isWorkingDay(day)
      ? HALF_HOURS.map((from) => ({ from, capacity: 1 + pick(`${service}/${day}/${from}`, MOST_AT_ONCE) }))
      : [],
};

function isWorkingDay(day: string): boolean {
  const startMs = findDateStartMs(day);
  if (startMs === undefined) return false;
  const weekday = (Math.floor((startMs + CHINA_MS) / DAY_MS) + FIRST_WEEKDAY) % 7;
  return weekday !== 0 && weekday !== 6;
}

/** A number from 0 up to below `below`, always the same for the same seed (FNV-1a, mixed once more). */
function pick(seed: string, below: number): number {
  let hash = 0x811c9dc5;
  for (const character of seed) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) % below;
}
