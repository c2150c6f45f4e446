/** When a program that ended is started again: all delays in one place. */
export const RESTART = {
  /** The first restart comes at once: a crash of the terminal shows home again within 3 s. */
  firstDelayMs: 50,
  maxDelayMs: 10_000,
  /** A program that ran this long had started well: its earlier failures are forgotten. */
  wellAfterMs: 20_000,
  /** So many failures in a row and the screen says that it is out of service, while we keep trying. */
  outOfServiceAfter: 5,
} as const;

export interface RestartDecision {
  readonly delayMs: number;
  readonly failuresInARow: number;
  readonly outOfService: boolean;
}

/**
 * What to do when a program ended after running for `ranMs`, with `failuresBefore` failures in a row behind
 * it: the delay doubles from failure to failure up to a cap, and it is never given up.
 */
export function decideRestart(ranMs: number, failuresBefore: number): RestartDecision {
  const failuresInARow = ranMs >= RESTART.wellAfterMs ? 1 : failuresBefore + 1;
  const doubled = failuresInARow <= 2 ? RESTART.firstDelayMs : 200 * 2 ** (failuresInARow - 3);
  return {
    delayMs: Math.min(doubled, RESTART.maxDelayMs),
    failuresInARow,
    outOfService: failuresInARow >= RESTART.outOfServiceAfter,
  };
}
