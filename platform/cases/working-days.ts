/** Handling days: counted from acceptance by the working calendar, and not while the resident must act. */
import { addDays, isoDate } from '../../base/calendar.ts';
import { isWorkingDay, type WorkingCalendar } from './working-calendar.ts';

/** A time in which the clock stands; without an end it stands still. Days in China: the first is still counted, the last is not. */
export interface Pause {
  readonly fromMs: number;
  readonly untilMs: number | null;
}

/**
 * The ISO date `days` working days after the day of `fromMs` in China; with 0 that day itself. A working day is passed
 * over when a pause began before it and had not ended before it; `null` while a pause is open, since nobody knows then.
 */
export function workingDaysAfter(
  calendar: WorkingCalendar,
  fromMs: number,
  days: number,
  pauses: readonly Pause[] = [],
): string | null {
  const waits = pauses.map(({ fromMs, untilMs }) => ({
    after: isoDate(fromMs),
    until: untilMs === null ? null : isoDate(untilMs),
  }));
  if (waits.some(({ until }) => until === null)) return null;
  let date = isoDate(fromMs);
  for (let left = days; left > 0; ) {
    date = addDays(date, 1);
    const stands = waits.some(({ after, until }) => date > after && until !== null && date <= until);
    if (!stands && isWorkingDay(calendar, date)) left -= 1;
  }
  return date;
}

/** Working days from the day of `nowMs` to `date`, negative when it has passed. */
export function workingDaysLeft(calendar: WorkingCalendar, nowMs: number, date: string): number {
  const today = isoDate(nowMs);
  const step = date >= today ? 1 : -1;
  let count = 0;
  for (let day = today; day !== date; ) {
    day = addDays(day, step);
    if (isWorkingDay(calendar, step > 0 ? day : addDays(day, 1))) count += step;
  }
  return count;
}

/** One act of a case's log, as far as its clock goes. */
export interface ClockAct {
  readonly statusAfter: string;
  readonly atMs: number;
}

/** When the resident had to act, from a case's log in order: from each ask until what ended it. */
export function pausesOf(acts: readonly ClockAct[]): readonly Pause[] {
  const pauses: Pause[] = [];
  let beganMs: number | null = null;
  for (const { statusAfter, atMs } of acts) {
    if (statusAfter === 'supplement') beganMs ??= atMs;
    else if (beganMs !== null) {
      pauses.push({ fromMs: beganMs, untilMs: atMs });
      beganMs = null;
    }
  }
  return beganMs === null ? pauses : [...pauses, { fromMs: beganMs, untilMs: null }];
}
