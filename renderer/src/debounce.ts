import type { Cancel, Clock } from '../../base/clock.ts';

/** Runs the last of several tasks once nothing new came for a while. */
export interface Debounce {
  /** Forgets the task before and runs this one after the wait. */
  run(task: () => void): void;
  cancel(): void;
}

/** A debounce of `waitMs`. */
export function createDebounce(clock: Pick<Clock, 'after'>, waitMs: number): Debounce {
  let cancelLast: Cancel = () => undefined;
  return {
    run(task) {
      cancelLast();
      cancelLast = clock.after(waitMs, task);
    },
    cancel: () => cancelLast(),
  };
}
