import type { Clock } from '../../base/clock.ts';

/** A clock that moves only when told to. */
export interface VirtualClock extends Clock {
  /** Lets so much time pass, running what falls due in order, with the promises it settles. */
  pass(durationMs: number): Promise<void>;
}

/** Rounds of settled promises that one step may cause; far more than any chain here has. */
const SETTLING_ROUNDS = 30;

export function virtualClock(): VirtualClock {
  let nowMs = 0;
  let timers: { atMs: number; task: () => void }[] = [];
  const settle = async () => {
    for (let round = 0; round < SETTLING_ROUNDS; round += 1) await Promise.resolve();
  };
  return {
    wallMs: () => nowMs,
    monoMs: () => nowMs,
    after(delayMs, task) {
      const timer = { atMs: nowMs + Math.max(0, delayMs), task };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    async pass(durationMs) {
      const untilMs = nowMs + durationMs;
      for (;;) {
        await settle();
        const due = timers.reduce<(typeof timers)[number] | undefined>(
          (first, timer) => (first === undefined || timer.atMs < first.atMs ? timer : first),
          undefined,
        );
        if (due === undefined || due.atMs > untilMs) break;
        timers = timers.filter((timer) => timer !== due);
        nowMs = due.atMs;
        due.task();
      }
      nowMs = untilMs;
    },
  };
}
