import { fraction, type Random } from '../base/random.ts';

/** Waits after failures: doubling from `baseMs`, never above `capMs`, with jitter, so that a county's terminals do not return at once. */
export interface Backoff {
  /** Counts a failure; how long to wait now. `atLeastMs` is what the platform asked for, up to the cap. */
  fail(atLeastMs?: number): number;
  /** Forgets all failures. */
  reset(): void;
  failures(): number;
}

/** Base and cap of every wait after a failure. */
export const BACKOFF = { baseMs: 1_000, capMs: 300_000 } as const;

/** A back-off that has seen no failure. */
export function createBackoff(
  random: Random,
  { baseMs, capMs } = BACKOFF as { baseMs: number; capMs: number },
): Backoff {
  let failures = 0;
  return {
    fail(atLeastMs = 0) {
      // 2^20 seconds is beyond any cap: the exponent must not grow for ever.
      const ceiling = Math.min(capMs, baseMs * 2 ** Math.min(failures, 20));
      failures += 1;
      const jittered = ceiling * (0.5 + 0.5 * fraction(random));
      return Math.round(Math.min(capMs, Math.max(jittered, atLeastMs)));
    },
    reset() {
      failures = 0;
    },
    failures: () => failures,
  };
}
