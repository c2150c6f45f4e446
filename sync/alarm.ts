import type { Clock } from '../base/clock.ts';

/** A wait that can be cut short. One waiter at a time. */
export interface Alarm {
  /** Resolves after `delayMs`, or when rung. An alarm rung while nobody waited ends the next wait at once. */
  wait(delayMs: number): Promise<void>;
  ring(): void;
}

/** An alarm on `clock`. */
export function createAlarm(clock: Clock): Alarm {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    wait: (delayMs) =>
      new Promise((resolve) => {
        if (rung) {
          rung = false;
          return resolve();
        }
        const finish = () => {
          cancel();
          wake = undefined;
          resolve();
        };
        const cancel = clock.after(delayMs, finish);
        wake = finish;
      }),
    ring() {
      if (wake) wake();
      else rung = true;
    },
  };
}
