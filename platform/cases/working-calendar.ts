/**
 * Which days offices work in China: Monday to Friday, but for the holidays and the weekends worked in exchange that the
 * State Council announces year by year. Pure; the file a county keeps is `working-calendar.yaml`.
 */
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { addDays, civilTime, findDateStartMs } from '../../base/calendar.ts';
import { err, invariant, ok, type Result } from '../../base/result.ts';

/** What differs from weekends and weekdays, by ISO date, and the years for which that is known. */
export interface WorkingCalendar {
  readonly years: ReadonlySet<string>;
  /** Weekdays without work, and weekends too where a holiday covers them. */
  readonly off: ReadonlySet<string>;
  /** Weekends worked in exchange. */
  readonly on: ReadonlySet<string>;
}

/** Knows no year: weekends alone. */
export const WEEKENDS_ALONE: WorkingCalendar = { years: new Set(), off: new Set(), on: new Set() };

const date = z.string().refine((text) => findDateStartMs(text) !== undefined, 'no date');
/** Longer holidays than this are a slip of the pen. */
const LONGEST_DAYS = 31;

const fileSchema = z.strictObject({
  years: z.record(
    z.string().regex(/^\d{4}$/),
    z.strictObject({
      source: z.string().min(1),
      off: z.array(z.strictObject({ name: z.string(), from: date, to: date })),
      on: z.array(date),
    }),
  ),
});

/** Reads the file's text; the trouble says what is wrong with it, in English, for whoever keeps it. */
export function parseWorkingCalendar(text: string): Result<WorkingCalendar, { readonly detail: string }> {
  const document = parseDocument(text);
  const [broken] = document.errors;
  if (broken) return err({ detail: broken.message });
  const read = fileSchema.safeParse(document.toJS());
  if (!read.success) return err({ detail: z.prettifyError(read.error) });
  const off = new Set<string>();
  const on = new Set<string>();
  for (const [year, { off: holidays, on: worked }] of Object.entries(read.data.years)) {
    for (const { name, from, to } of holidays) {
      if (to < from || addDays(from, LONGEST_DAYS) < to)
        return err({ detail: `${year}: ${name} has no such length` });
      for (let day = from; day <= to; day = addDays(day, 1)) off.add(day);
    }
    for (const day of worked) on.add(day);
    const stray = [...holidays.map(({ to }) => to), ...worked].find((day) => !day.startsWith(year));
    if (stray !== undefined) return err({ detail: `${stray} does not lie in ${year}` });
  }
  const both = [...on].find((day) => off.has(day));
  if (both !== undefined) return err({ detail: `${both} is both off and worked` });
  return ok({ years: new Set(Object.keys(read.data.years)), off, on });
}

/** Whether offices work on an ISO date. */
export function isWorkingDay(calendar: WorkingCalendar, day: string): boolean {
  if (calendar.off.has(day)) return false;
  if (calendar.on.has(day)) return true;
  const startMs = findDateStartMs(day);
  invariant(startMs !== undefined, `${day} is no date`);
  const { weekday } = civilTime(startMs);
  return weekday !== 0 && weekday !== 6;
}

/** The years between two ISO dates, these included, of which no holidays are known. */
export function unknownYears(calendar: WorkingCalendar, from: string, to: string): readonly string[] {
  const first = Number(from.slice(0, 4));
  const last = Math.max(first, Number(to.slice(0, 4)));
  return Array.from({ length: last - first + 1 }, (_, index) => String(first + index)).filter(
    (year) => !calendar.years.has(year),
  );
}
