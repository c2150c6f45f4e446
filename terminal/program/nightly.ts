/**
 * Once a night the programs and the page are begun anew, while nobody stands there and nothing is on its way: what the
 * engine of the language kept of a day's people goes with their processes.
 */
import type { Cancel, Clock } from '../../base/clock.ts';
import { fraction, type Random } from '../../base/random.ts';
import type { Source } from '../terminal.ts';
import { isQuiet, type QuietHours } from '../visit/quiet-hours.ts';

const MINUTE_MS = 60_000;

/** When it is time. */
export const NIGHTLY = {
  lookEveryMs: MINUTE_MS,
  /** Looks in a row at which nobody was there and nothing moved. */
  calmLooks: 5,
  /** A program younger than this was begun this night already, or by whoever plugged the machine in. */
  oldEnoughMs: 6 * 60 * MINUTE_MS,
  /** So many machines do not come back to their platform in one moment. */
  spreadLooks: 20,
} as const;

/** What it is decided by. */
export interface NightlyParts {
  readonly clock: Clock;
  readonly random: Random;
  /** The best guess of the time. */
  readonly nowMs: () => number;
  readonly hours: QuietHours;
  readonly vacant: Pick<Source<boolean>, 'now'>;
  /** Entries that are owed: while they become more or fewer something is on its way. */
  readonly countOwed: () => number;
  /** Begins everything anew. */
  readonly renew: () => void;
}

/** Looks at it until it was time, or until it is cancelled. */
export function watchForNight(parts: NightlyParts): Cancel {
  const { clock, vacant, countOwed } = parts;
  const startedMs = clock.monoMs();
  const needed = NIGHTLY.calmLooks + Math.floor(fraction(parts.random) * NIGHTLY.spreadLooks);
  let calm = 0;
  let owed = countOwed();
  let cancel: Cancel = () => {};
  const look = () => {
    const owedNow = countOwed();
    const isCalm = vacant.now() && owedNow === owed && isQuiet(parts.nowMs(), parts.hours);
    owed = owedNow;
    calm = isCalm ? calm + 1 : 0;
    if (calm >= needed && clock.monoMs() - startedMs >= NIGHTLY.oldEnoughMs) return parts.renew();
    cancel = clock.after(NIGHTLY.lookEveryMs, look);
  };
  cancel = clock.after(NIGHTLY.lookEveryMs, look);
  return () => cancel();
}
