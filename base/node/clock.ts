import { performance } from 'node:perf_hooks';
import type { Clock } from '../clock.ts';

/** The machine's own clock and timers. */
export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monoMs: () => performance.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};
