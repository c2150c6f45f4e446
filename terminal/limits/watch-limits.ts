/** How the machine stands, watched: limits are looked at every so often, the feed's and the platform's word at once. */
import type { Cancel, Clock } from '../../base/clock.ts';
import type { Text } from '../../catalog/schema.ts';
import type { MachineLock } from '../orders/order-table.ts';
import { type Watched, watched } from '../program/source.ts';
import type { Source } from '../terminal.ts';
import { judgeLimits, type LimitFacts } from './limits.ts';
import type { Standing } from './standing.ts';

/** The disk fills no faster than somebody can read. */
const LOOK_EVERY_MS = 15_000;
/** What stopped is looked at more often: people are waiting. */
const STOPPED_LOOK_EVERY_MS = 2_000;

/** What the standing is put together from. */
export interface StandingParts {
  readonly clock: Clock;
  readonly facts: () => LimitFacts;
  readonly takenOut: Source<ReadonlyMap<string, Text>>;
  /** Whether the platform has revoked this terminal, by either way of saying so. */
  readonly revoked: readonly Source<boolean>[];
  /** Set while the platform has locked this machine; without it nobody can. */
  readonly lock?: Source<MachineLock | null>;
}

/** The standing; `stop` ends its timer. */
export interface StandingWatch extends Source<Standing> {
  stop(): void;
}

/** Watches it. */
export function watchStanding(parts: StandingParts): StandingWatch {
  const { clock, takenOut, revoked, lock } = parts;
  const read = (before: Standing['stops']): Standing => ({
    ...judgeLimits(parts.facts(), before),
    revoked: revoked.some((source) => source.now()),
    takenOut: takenOut.now(),
    locked: lock?.now()?.reason,
  });
  const standing: Watched<Standing> = watched(read(new Set()));
  const look = () => {
    const before = standing.now();
    const next = read(before.stops);
    if (!isSame(before, next)) standing.set(next);
  };
  let cancel: Cancel = () => {};
  const again = () => {
    look();
    wait();
  };
  const wait = () => {
    const everyMs = standing.now().stops.size > 0 ? STOPPED_LOOK_EVERY_MS : LOOK_EVERY_MS;
    cancel = clock.after(everyMs, again);
  };
  wait();
  const unsubscribes = [takenOut, ...(lock ? [lock] : []), ...revoked].map((source) => source.onChange(look));
  return {
    now: standing.now,
    onChange: standing.onChange,
    stop() {
      cancel();
      for (const unsubscribe of unsubscribes) unsubscribe();
    },
  };
}

function isSame(a: Standing, b: Standing): boolean {
  return (
    a.revoked === b.revoked &&
    a.takenOut === b.takenOut &&
    a.locked === b.locked &&
    hasSame(a.stops, b.stops) &&
    hasSame(a.warns, b.warns)
  );
}

function hasSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((code) => b.has(code));
}
