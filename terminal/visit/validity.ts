/** Whether a card counts today, by time that is sure (law 9). */
import { findDateStartMs, isoDate } from '../../base/calendar.ts';
import type { IdentityRead } from '../../drivers/api.ts';
import type { TrustedTime } from '../keeper.ts';

/**
 * Whether a card opens more than what needs none: how the time printed on it stands to now; `at-counter` where the
 * platform wants to see its holder in person first, for whatever reason, which no screen is told.
 */
export type CardValidity = 'valid' | 'expired' | 'not-yet-valid' | 'at-counter';

/**
 * How a card's time stands to now. A card is valid on its first and on its last day, in China. Its last day is over
 * by the floor under time, or by a clock that a signed answer has set. Its first day is still to come by
 * such a clock alone: the floor says how late it is at least, and so never that it is too early. An untrusted clock
 * decides nothing; a card whose dates cannot be read, or that is for good, counts.
 */
export function validityOf(
  card: Pick<IdentityRead, 'validFrom' | 'validTo'>,
  time: TrustedTime,
): CardValidity {
  const sureDay = time.trusted() ? isoDate(time.nowMs()) : undefined;
  const floorDay = isoDate(time.floorMs());
  const last = findDay(card.validTo);
  if (last !== undefined && (floorDay > last || (sureDay !== undefined && sureDay > last))) return 'expired';
  const first = findDay(card.validFrom);
  if (first !== undefined && sureDay !== undefined && sureDay < first) return 'not-yet-valid';
  return 'valid';
}

/** The date, or nothing for `long-term` and for what is no date. */
function findDay(date: string | null): string | undefined {
  return date === null || findDateStartMs(date) === undefined ? undefined : date;
}
