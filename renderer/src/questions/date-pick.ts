import { addDays, civilTime, findDateStartMs } from '../../../base/calendar.ts';

/** The first and last day that may be chosen, and today, as ISO dates. */
export interface DateRange {
  readonly min: string;
  readonly max: string;
  readonly today: string;
}

/** A month of a year; months count from 1. */
export interface Month {
  readonly year: number;
  readonly month: number;
}

/** A day on a month's page: its number, its ISO date, and whether it may be chosen. */
export interface DayCell {
  readonly day: number;
  readonly iso: string;
  readonly isOpen: boolean;
}

/** Up to so many months a person goes through page by page; beyond, the year and month are chosen first. */
const MONTHS_TO_TURN = 14;

const pad2 = (value: number): string => String(value).padStart(2, '0');

/** The ISO date of a day. */
export function isoOf({ year, month }: Month, day: number): string {
  return `${year}-${pad2(month)}-${pad2(day)}`;
}

/** The month an ISO date lies in. */
export function monthOf(iso: string): Month {
  return { year: Number(iso.slice(0, 4)), month: Number(iso.slice(5, 7)) };
}

const monthsSinceZero = ({ year, month }: Month): number => year * 12 + month - 1;

/** The month so many months later. */
export function addMonths(from: Month, by: number): Month {
  const total = monthsSinceZero(from) + by;
  return { year: Math.floor(total / 12), month: (total % 12) + 1 };
}

/** Whether the range is so short that one only turns pages of months. */
export function isShort(range: DateRange): boolean {
  return monthsSinceZero(monthOf(range.max)) - monthsSinceZero(monthOf(range.min)) < MONTHS_TO_TURN;
}

/** Whether any day of the month may be chosen. */
export function isMonthOpen(range: DateRange, month: Month): boolean {
  const at = monthsSinceZero(month);
  return at >= monthsSinceZero(monthOf(range.min)) && at <= monthsSinceZero(monthOf(range.max));
}

/** Every month of the range, as `2026-11`, the earliest first. */
export function monthsOf(range: Pick<DateRange, 'min' | 'max'>): readonly string[] {
  const months: string[] = [];
  const last = monthsSinceZero(monthOf(range.max));
  for (let month = monthOf(range.min); monthsSinceZero(month) <= last; month = addMonths(month, 1))
    months.push(`${month.year}-${pad2(month.month)}`);
  return months;
}

/** The decades of the range, newest first: 2020, 2010 … */
export function decadesOf(range: DateRange): readonly number[] {
  const first = Math.floor(monthOf(range.min).year / 10) * 10;
  const last = Math.floor(monthOf(range.max).year / 10) * 10;
  return Array.from({ length: (last - first) / 10 + 1 }, (_, index) => last - index * 10);
}

/** The years of a decade that lie in the range. */
export function yearsOf(range: DateRange, decade: number): readonly number[] {
  const [first, last] = [monthOf(range.min).year, monthOf(range.max).year];
  return Array.from({ length: 10 }, (_, index) => decade + index).filter(
    (year) => year >= first && year <= last,
  );
}

/**
 * The page of a month: how many cells stay empty before its first day shown (a week begins on Sunday), and
 * its days. Weeks at its beginning in which nothing may be chosen are left out.
 */
export function monthPage(
  range: DateRange,
  month: Month,
): { readonly lead: number; readonly days: readonly DayCell[] } {
  const days: DayCell[] = [];
  for (let iso = isoOf(month, 1); monthOf(iso).month === month.month; iso = addDays(iso, 1)) {
    days.push({ day: days.length + 1, iso, isOpen: iso >= range.min && iso <= range.max });
  }
  const lead = civilTime(startMs(isoOf(month, 1))).weekday;
  const firstOpen = days.findIndex(({ isOpen }) => isOpen);
  const weeksClosed = Math.floor((Math.max(0, firstOpen) + lead) / 7);
  if (weeksClosed === 0) return { lead, days };
  return { lead: 0, days: days.slice(weeksClosed * 7 - lead) };
}

/** Days people call by name and that may be chosen: today and its neighbours. */
export function namedDays(
  range: DateRange,
): readonly { readonly name: 'yesterday' | 'today' | 'tomorrow' | 'afterTomorrow'; readonly iso: string }[] {
  const named = [
    { name: 'yesterday', iso: addDays(range.today, -1) },
    { name: 'today', iso: range.today },
    { name: 'tomorrow', iso: addDays(range.today, 1) },
    { name: 'afterTomorrow', iso: addDays(range.today, 2) },
  ] as const;
  return named.filter(({ iso }) => iso >= range.min && iso <= range.max);
}

function startMs(iso: string): number {
  const found = findDateStartMs(iso);
  if (found === undefined) throw new Error(`broken invariant: ${iso} is no date`);
  return found;
}
