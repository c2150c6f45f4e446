/**
 * The share of the handling days that a matter gives to each level of its route. A level is to be done by the day that its
 * own share and those of the levels below it come to, so that one which is quick gives its days to the next. Pure.
 */
import type { Matter, RouteStep } from '../../catalog/schema.ts';
import { type DeskLevel, levelOf } from './desks.ts';
import type { WorkingCalendar } from './working-calendar.ts';
import { type Pause, workingDaysAfter } from './working-days.ts';

const STEP_OF: Readonly<Record<DeskLevel, RouteStep['level']>> = {
  village: 'village',
  town: 'town',
  department: 'county',
  county: 'county',
};

/** How many days from acceptance until a desk of this level is to be done; `undefined` where the matter names none. */
export function daysUpTo({ route }: Pick<Matter, 'route'>, deskCode: string): number | undefined {
  const place = route.findIndex(({ level }) => level === STEP_OF[levelOf(deskCode)]);
  if (route[place]?.workingDays === undefined) return undefined;
  // A level that has no share of its own hands on at once.
  return route.slice(0, place + 1).reduce((sum, { workingDays }) => sum + (workingDays ?? 0), 0);
}

/** By which day the desk is to be done with a case that was accepted; null where no share is named, or it stands still. */
export function deskDueDate(
  matter: Matter | undefined,
  deskCode: string,
  from: {
    readonly calendar: WorkingCalendar;
    readonly acceptedMs: number | null;
    readonly pauses: readonly Pause[];
  },
): string | null {
  const days = matter && daysUpTo(matter, deskCode);
  if (days === undefined || from.acceptedMs === null) return null;
  return workingDaysAfter(from.calendar, from.acceptedMs, days, from.pauses);
}
