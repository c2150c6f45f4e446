import type { ActResult } from '../api.ts';

/** How many results are remembered: far more than a screen can have under way. */
const REMEMBERED = 64;

/** Makes an action happen once, however often the screen sends it. */
export interface ActionMemory {
  /** The first result of `actionId`; runs `act` only when it is new. */
  once(actionId: string, act: () => ActResult): ActResult;
  /** Forgets everything: a visit is over. */
  clear(): void;
}

/** An {@link ActionMemory}; the oldest results fall out. */
export function createActionMemory(): ActionMemory {
  const results = new Map<string, ActResult>();
  return {
    once(actionId, act) {
      const before = results.get(actionId);
      if (before !== undefined) return before;
      const result = act();
      results.set(actionId, result);
      const [oldest] = results.keys();
      if (results.size > REMEMBERED && oldest !== undefined) results.delete(oldest);
      return result;
    },
    clear: () => results.clear(),
  };
}
