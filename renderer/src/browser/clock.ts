import type { Clock } from '../../../base/clock.ts';

/** The browser's clock and timers. */
export const browserClock: Clock = {
  wallMs: () => Date.now(),
  monoMs: () => performance.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};
