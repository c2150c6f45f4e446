/**
 * Visits that came to nothing, one after the other: somebody plays, or does not know where to begin. Nothing is locked
 * and nobody is remembered: a count of moments, in memory, that lapses by itself. It only makes the first page friendlier.
 */
import type { Cancel, Clock } from '../../base/clock.ts';
import type { Visit } from './visit.ts';

/** So many, each within {@link WITHIN_MS} of now. */
export const IDLE_VISITS = 3;
/** Ten minutes: as long as one group of children stays, and as somebody who tries again. */
export const WITHIN_MS = 600_000;

/** The count. */
export interface IdleVisits {
  /** Whether whoever comes next is offered somebody who goes through it with them. */
  offersHelp(): boolean;
  /** A visit has ended like this. */
  ended(visit: Visit): void;
  stop(): void;
}

/** A count at nothing; `onChange` follows when it lapses. */
export function createIdleVisits(clock: Clock, onChange: () => void): IdleVisits {
  let endedMs: readonly number[] = [];
  let cancel: Cancel = () => {};
  const recent = () => endedMs.filter((atMs) => clock.monoMs() - atMs < WITHIN_MS);
  const offersHelp = () => recent().length >= IDLE_VISITS;
  return {
    offersHelp,
    ended(visit) {
      cancel();
      endedMs = cameToNothing(visit) ? [...recent(), clock.monoMs()].slice(-IDLE_VISITS) : [];
      const [oldest] = endedMs;
      if (oldest !== undefined && offersHelp())
        cancel = clock.after(oldest + WITHIN_MS - clock.monoMs(), onChange);
    },
    stop: () => cancel(),
  };
}

/** Whether a visit ended where it began, with nothing in hand and nothing kept. */
function cameToNothing({ spot, trail, filling, filed, paying, frozen, slipsOf }: Visit): boolean {
  const isAtFirstPage = spot.at === 'home' || spot.at === 'no-card';
  const hasNothing = filling === null && filed === null && paying === null && frozen === null;
  return isAtFirstPage && trail.length === 0 && hasNothing && slipsOf.length === 0;
}
