import { historyOf, seedOf, type Theme } from './history.ts';
import { PLANTED_WITH_CLONES } from './planted-clones.ts';
import { PLANTED_IN_PLATFORM } from './planted-platform.ts';
import { PLANTED_IN_TERMINAL } from './planted-terminal.ts';
import { type Bug, type Outcome, runHistory } from './world.ts';

/** A bug that the histories must find, in which of them, and by which law. */
export interface PlantedBug extends Bug {
  readonly foundIn: Theme;
  readonly breaks: string;
}

/** Each must be found by the histories. */
export const PLANTED: readonly PlantedBug[] = [
  ...PLANTED_IN_TERMINAL,
  ...PLANTED_IN_PLATFORM,
  ...PLANTED_WITH_CLONES,
];

/** A planted bug is found within so many histories of its theme. */
export const FOUND_WITHIN = 12;

/** How a planted bug was found. */
export interface Found {
  readonly seed: number;
  /** How many histories it took. */
  readonly histories: number;
  readonly outcome: Outcome;
}

/** Runs histories of its theme until one breaks its law; `undefined` when none of the first does. */
export async function findBug(bug: PlantedBug): Promise<Found | undefined> {
  for (let n = 1; n <= FOUND_WITHIN; n++) {
    const seed = seedOf(bug.foundIn, n);
    const outcome = await runHistory(historyOf(seed), bug, bug.breaks);
    if (outcome.breaches.some(({ law }) => law === bug.breaks)) return { seed, histories: n, outcome };
  }
  return undefined;
}
