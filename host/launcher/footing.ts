/**
 * Whether a committed version keeps its feet: pure, and counted in looks, so that a machine that slept is not held
 * against it. What it says of itself counts as its ends do: most of it runs in programs below the one that is started here.
 */
import type { Patience, Word } from './judge.ts';

/** Watches a version from its start on, through ends and restarts of its process. */
export interface Footing {
  hear(word: Word): void;
  /** Its process ended by itself, or was ended because it hung. */
  ended(): void;
  /** A look later. */
  look(): void;
  /** What happened since it was asked last: `stumbled` soon after a start, or the start is good by now. */
  take(): 'stumbled' | 'lasted' | undefined;
}

/** For a version that is being started. */
export function createFooting({ soonLooks }: Pick<Patience, 'soonLooks'>): Footing {
  let looks = 0;
  let crashes = 0;
  let news: 'stumbled' | 'lasted' | undefined;
  const stumble = () => {
    if (looks < soonLooks) news = 'stumbled';
    looks = 0;
  };
  return {
    hear(word) {
      if (word.kind !== 'health') return;
      if (word.crashes > crashes) stumble();
      crashes = word.crashes;
    },
    ended() {
      stumble();
      crashes = 0;
    },
    look() {
      looks += 1;
      if (looks === soonLooks) news = 'lasted';
    },
    take() {
      const taken = news;
      news = undefined;
      return taken;
    },
  };
}
