import type { Cancel, Clock } from '../../base/clock.ts';

/** Runs the last of several tasks once nothing new came for a while. */
export interface Debounce {
  /** Forgets the task before and runs this one after the wait. */
  run(task: () => void): void;
  /** Runs what waits at once; nothing where nothing does. */
  flush(): void;
  cancel(): void;
}

/** A debounce of `waitMs`. */
export function createDebounce(clock: Pick<Clock, 'after'>, waitMs: number): Debounce {
  let waiting: { readonly task: () => void; readonly cancel: Cancel } | null = null;
  function drop(): (() => void) | undefined {
    const dropped = waiting;
    waiting = null;
    dropped?.cancel();
    return dropped?.task;
  }
  return {
    run(task) {
      drop();
      waiting = { task, cancel: clock.after(waitMs, () => drop()?.()) };
    },
    flush: () => drop()?.(),
    cancel: () => {
      drop();
    },
  };
}
