/** Cancels what was scheduled; calling it twice does nothing. */
export type Cancel = () => void;

/**
 * Time as the programs see it (a seam: a simulation hands in its own).
 * Wall time may jump in either direction and decides nothing (law 9); monotonic time never goes back.
 */
export interface Clock {
  /** Milliseconds since 1970 UTC by this machine's clock, which may be wrong by years. */
  wallMs(): number;
  /** Milliseconds since some start, never going back; may have a fraction. */
  monoMs(): number;
  /** Runs `task` once, about `delayMs` from now. */
  after(delayMs: number, task: () => void): Cancel;
}

/** Resolves after `delayMs`; resolves at once, early, when `signal` is aborted. */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const finish = () => {
      cancel();
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const cancel = clock.after(delayMs, finish);
    signal?.addEventListener('abort', finish);
  });
}
