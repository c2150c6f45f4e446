/** What is sure of the time: only that may refuse somebody something (law 9). */
import { isoDate } from '../../base/calendar.ts';
import { type KnownDay, sureDay } from '../../catalog/eligibility.ts';
import type { TrustedTime } from '../keeper.ts';

/** Now is not before this: the time itself where it is trusted, else the floor. */
export function earliestMs(time: TrustedTime): number {
  return time.trusted() ? time.nowMs() : time.floorMs();
}

/** What is sure of today's date in China. */
export function knownDay(time: TrustedTime): KnownDay {
  const earliest = isoDate(earliestMs(time));
  return time.trusted() ? sureDay(earliest) : { earliest, latest: null };
}
