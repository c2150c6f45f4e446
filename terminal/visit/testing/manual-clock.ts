import type { Clock } from '../../../base/clock.ts';

/** A clock that goes only when told to. */
export interface ManualClock extends Clock {
  /** Lets time pass and runs what falls due, in order. */
  pass(ms: number): void;
  /** How many timers are waiting. */
  waiting(): number;
}

/** Starts at `wallMs`. */
export function createManualClock(wallMs: number): ManualClock {
  let monoMs = 0;
  const timers = new Set<{ readonly dueMs: number; readonly task: () => void }>();
  const nextDue = (untilMs: number) =>
    [...timers].filter(({ dueMs }) => dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs)[0];
  return {
    wallMs: () => wallMs + monoMs,
    monoMs: () => monoMs,
    after(delayMs, task) {
      const timer = { dueMs: monoMs + delayMs, task };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    pass(ms) {
      const untilMs = monoMs + ms;
      for (let timer = nextDue(untilMs); timer !== undefined; timer = nextDue(untilMs)) {
        timers.delete(timer);
        monoMs = Math.max(monoMs, timer.dueMs);
        timer.task();
      }
      monoMs = untilMs;
    },
    waiting: () => timers.size,
  };
}
