import { fraction, type Random } from '../base/random.ts';

/** Waits after failures: doubling from `baseMs`, never above `capMs`, with jitter, so that a county's terminals do not return at once. */
export interface Backoff {
  /**
   * Counts a failure; how long to wait now. `atLeastMs` is what the platform asked for: waited out up to the cap, and a
   * little longer, so that those it told the same do not all come back at one moment.
   */
  fail(atLeastMs?: number): number;
  /** Forgets all failures. */
  reset(): void;
  failures(): number;
}

/** Base and cap of every wait after a failure. */
export const BACKOFF: { readonly baseMs: number; readonly capMs: number } = {
  baseMs: 1_000,
  capMs: 300_000,
};

/** By what share a wait that the platform asked for is spread. */
const ASKED_SPREAD = 0.25;

/** A back-off that has seen no failure. */
export function createBackoff(random: Random, { baseMs, capMs } = BACKOFF): Backoff {
  let failures = 0;
  return {
    fail(atLeastMs = 0) {
      // 2^20 seconds is beyond any cap: the exponent must not grow for ever.
      const ceiling = Math.min(capMs, baseMs * 2 ** Math.min(failures, 20));
      failures += 1;
      const chance = fraction(random);
      const jittered = ceiling * (0.5 + 0.5 * chance);
      const asked = atLeastMs * (1 + ASKED_SPREAD * chance);
      return Math.round(Math.min(capMs, Math.max(jittered, asked)));
    },
    reset() {
      failures = 0;
    },
    failures: () => failures,
  };
}
