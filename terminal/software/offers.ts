/** What the platform offers this machine of the software, and whether now is an hour in which to change over. */
import { readContent } from '../../sync/content-coding.ts';
import { type ChangeHours, type SoftwareOffer, softwareContentSchema } from '../../sync/software-contents.ts';

/** The last word counts; `null` where nothing is offered. `contents` in the order in which they came. */
export function offerOf(contents: readonly Uint8Array[]): SoftwareOffer | null {
  const words = contents.flatMap((content) => {
    const read = readContent(softwareContentSchema, content);
    return read.ok ? [read.value] : [];
  });
  const last = words.at(-1);
  return last?.kind === 'software.offer' ? last : null;
}

const CHINA_MS = 8 * 3_600_000;
const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/** Whether `nowMs` lies in these hours, by China's time. */
export function isInHours({ days, fromMinute, toMinute }: ChangeHours, nowMs: number): boolean {
  const minutes = Math.floor((nowMs + CHINA_MS) / MINUTE_MS);
  // The first day of 1970 was a Thursday.
  const day = ((Math.floor(minutes / DAY_MINUTES) + 3) % 7) + 1;
  const minute = minutes % DAY_MINUTES;
  return days.includes(day) && minute >= fromMinute && minute < toMinute;
}
