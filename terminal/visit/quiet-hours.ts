/** When a loudspeaker would wake somebody: whoever lives beside the machine sleeps then. */
import { civilTime } from '../../base/calendar.ts';

/** From one time of day to another, `21:00` to `06:30`, over midnight where it begins later than it ends. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

/** Whether it is within them at `wallMs`: from their first minute on, up to their last. */
export function isQuiet(wallMs: number, hours: QuietHours | undefined): boolean {
  if (hours === undefined) return false;
  const { hour, minute } = civilTime(wallMs);
  const now = hour * 60 + minute;
  const [from, to] = [minutesOf(hours.from), minutesOf(hours.to)];
  return from <= to ? now >= from && now < to : now >= from || now < to;
}

/** Minutes since midnight of `21:00`. */
function minutesOf(timeOfDay: string): number {
  const [hour = 0, minute = 0] = timeOfDay.split(':').map(Number);
  return hour * 60 + minute;
}
