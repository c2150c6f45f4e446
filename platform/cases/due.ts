/** How near the day is by which a case is to be done, as desks sort and warn by it. Pure. */
import { addDays, isoDate } from '../../base/calendar.ts';
import type { WorkingCalendar } from './working-calendar.ts';
import { workingDaysLeft } from './working-days.ts';

/** `none`: no day was promised, or the resident must act first. */
export type Nearness = 'late' | 'soon' | 'fine' | 'none';

/** What nearness is judged by. */
export interface DueRules {
  readonly calendar: WorkingCalendar;
  /** A case with so many working days left, or fewer, is soon due. */
  readonly warnWorkingDays: number;
}

/** How near, and how many working days are left (negative: how many it is past). */
export function nearnessOf(
  { calendar, warnWorkingDays }: DueRules,
  nowMs: number,
  dueDate: string | null,
): { readonly nearness: Nearness; readonly left: number } {
  if (dueDate === null) return { nearness: 'none', left: 0 };
  const left = workingDaysLeft(calendar, nowMs, dueDate);
  if (dueDate < isoDate(nowMs)) return { nearness: 'late', left };
  return { nearness: left <= warnWorkingDays ? 'soon' : 'fine', left };
}

/** The last day that is still soon. */
export function lastSoonDay({ calendar, warnWorkingDays }: DueRules, nowMs: number): string {
  let day = isoDate(nowMs);
  for (;;) {
    const next = addDays(day, 1);
    if (workingDaysLeft(calendar, nowMs, next) > warnWorkingDays) return day;
    day = next;
  }
}
