/** The launcher's own timers: it imports nothing of the software it starts. */
import { setTimeout as later } from 'node:timers';

/** Runs `task` once, about `delayMs` from now; the answer cancels that. */
export type After = (delayMs: number, task: () => void) => () => void;

/** The machine's timers. */
export const systemAfter: After = (delayMs, task) => {
  const timer = later(task, delayMs);
  return () => clearTimeout(timer);
};
