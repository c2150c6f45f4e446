import type { Clock } from '../../base/clock.ts';

/** Time that passes only when told to. Wall time may be shifted; monotonic time and timers may not. */
export interface SimulatedClock extends Clock {
  /** Moves to the next due timer, not past `untilMs`, and runs what is due; false when nothing was due by then. */
  step(untilMs: number): boolean;
  /** A wrong clock: wall time becomes monotonic time plus this. */
  setWallOffset(offsetMs: number): void;
}

/** A clock for one machine, its timers in the order they fall due, ties in the order they were set. */
export function createClock(wallOffsetMs: number): SimulatedClock {
  let monoMs = 0;
  let offsetMs = wallOffsetMs;
  let order = 0;
  const timers: { dueMs: number; order: number; task: () => void }[] = [];
  return {
    wallMs: () => Math.floor(monoMs + offsetMs),
    monoMs: () => monoMs,
    after(delayMs, task) {
      const timer = { dueMs: monoMs + Math.max(0, delayMs), order: order++, task };
      timers.push(timer);
      return () => {
        const index = timers.indexOf(timer);
        if (index >= 0) timers.splice(index, 1);
      };
    },
    step(untilMs) {
      const [first] = timers.sort((a, b) => a.dueMs - b.dueMs || a.order - b.order);
      if (first === undefined || first.dueMs > untilMs) {
        monoMs = Math.max(monoMs, untilMs);
        return false;
      }
      timers.shift();
      monoMs = Math.max(monoMs, first.dueMs);
      first.task();
      return true;
    },
    setWallOffset(next) {
      offsetMs = next;
    },
  };
}
