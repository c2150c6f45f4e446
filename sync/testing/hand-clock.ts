import type { Clock } from '../../base/clock.ts';

/** A clock a test moves by hand. */
export interface HandClock extends Clock {
  /** Moves to the next timer that is due by `untilMs` and runs it; with none, moves to `untilMs` and says false. */
  step(untilMs: number): boolean;
  /** A wrong clock: wall time becomes monotonic time plus this. */
  setWallOffset(offsetMs: number): void;
}

/** A clock whose monotonic time begins at 0; timers run as they fall due, ties in the order they were set. */
export function createHandClock(wallOffsetMs: number): HandClock {
  const timers = new Set<{ readonly dueMs: number; readonly task: () => void }>();
  let monoMs = 0;
  let offsetMs = wallOffsetMs;
  return {
    wallMs: () => monoMs + offsetMs,
    monoMs: () => monoMs,
    after(delayMs, task) {
      const timer = { dueMs: monoMs + Math.max(0, delayMs), task };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    step(untilMs) {
      // A set keeps the order of setting, and sorting keeps it among equals.
      const [next] = [...timers].sort((a, b) => a.dueMs - b.dueMs);
      if (!next || next.dueMs > untilMs) {
        monoMs = Math.max(monoMs, untilMs);
        return false;
      }
      timers.delete(next);
      monoMs = Math.max(monoMs, next.dueMs);
      next.task();
      return true;
    },
    setWallOffset(next) {
      offsetMs = next;
    },
  };
}
