/**
 * Handling days. Saturdays and Sundays are not counted; public holidays and the working weekends that pay for
 * them are set by the State Council each year and are not known here: around them the date shown is too early,
 * or too late by the days worked in exchange.
 */
import { addDays, civilTime, findDateStartMs, isoDate } from '../../base/calendar.ts';
import { invariant } from '../../base/result.ts';

/** The ISO date `days` working days after the day of `fromMs` in China; with 0 that day itself. */
export function workingDaysAfter(fromMs: number, days: number): string {
  let date = isoDate(fromMs);
  for (let left = days; left > 0; ) {
    date = addDays(date, 1);
    if (isWorkday(date)) left -= 1;
  }
  return date;
}

/** Working days from the day of `nowMs` to `date`, negative when it has passed. */
export function workingDaysLeft(nowMs: number, date: string): number {
  const today = isoDate(nowMs);
  const step = date >= today ? 1 : -1;
  let count = 0;
  for (let day = today; day !== date; ) {
    day = addDays(day, step);
    if (isWorkday(step > 0 ? day : addDays(day, 1))) count += step;
  }
  return count;
}

function isWorkday(date: string): boolean {
  const startMs = findDateStartMs(date);
  invariant(startMs !== undefined, `${date} is no date`);
  const { weekday } = civilTime(startMs);
  return weekday !== 0 && weekday !== 6;
}
