/** Rates, by monotonic time: so many at once, then so many a minute. In memory: a restart forgives. */
import type { Clock } from '../../base/clock.ts';

/** How often something may be done under one key. */
export interface Rate {
  /** At once, from rest. */
  readonly burst: number;
  readonly perMinute: number;
}

export interface Limiter {
  /** Spends one under `key`; answers 0 when it may, else the seconds until it may. */
  spend(key: string): number;
  /** Gives one back under `key`, when what was tried turned out right. */
  forgive(key: string): void;
}

/** Keys remembered at once; the longest unused go first, which only forgives. */
const MAX_KEYS = 10_000;

/** A limiter of this rate for each key. */
export function createLimiter(clock: Clock, rate: Rate): Limiter {
  const left = new Map<string, { tokens: number; atMs: number }>();
  const refill = (key: string) => {
    const nowMs = clock.monoMs();
    const known = left.get(key) ?? { tokens: rate.burst, atMs: nowMs };
    const gained = ((nowMs - known.atMs) / 60_000) * rate.perMinute;
    return { tokens: Math.min(rate.burst, known.tokens + gained), atMs: nowMs };
  };
  const put = (key: string, state: { tokens: number; atMs: number }) => {
    left.delete(key);
    left.set(key, state);
    const [oldest] = left.keys();
    if (left.size > MAX_KEYS && oldest !== undefined) left.delete(oldest);
  };
  return {
    spend(key) {
      const { tokens, atMs } = refill(key);
      const may = tokens >= 1;
      put(key, { tokens: may ? tokens - 1 : tokens, atMs });
      return may ? 0 : Math.max(1, Math.ceil(((1 - tokens) / rate.perMinute) * 60));
    },
    forgive(key) {
      const { tokens, atMs } = refill(key);
      put(key, { tokens: Math.min(rate.burst, tokens + 1), atMs });
    },
  };
}
