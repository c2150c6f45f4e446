import type { History } from './history.ts';
import { type Bug, type Outcome, runHistory } from './world.ts';

/** The shortest history found that breaks the same law, and what came of it. */
export interface Shortest {
  readonly history: History;
  readonly outcome: Outcome;
}

/** Leaves steps out, half of them at a time and at last one by one, for as long as the same law is broken. */
export async function shrink(history: History, outcome: Outcome, bug?: Bug): Promise<Shortest> {
  const law = outcome.breaches[0]?.law;
  let best: Shortest = { history, outcome };
  for (let size = Math.ceil(history.steps.length / 2); size >= 1; size = Math.floor(size / 2)) {
    let from = 0;
    while (from < best.history.steps.length) {
      const steps = best.history.steps.filter((_, index) => index < from || index >= from + size);
      const shorter = { ...history, steps };
      const tried = await runHistory(shorter, bug);
      if (tried.breaches.some((breach) => breach.law === law)) best = { history: shorter, outcome: tried };
      else from += size;
    }
  }
  return best;
}
