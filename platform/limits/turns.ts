/**
 * Turns: so much is served at once, so many more wait in order of coming, and whoever comes beyond is told so. Under
 * a rush each is served as fast as ever once its turn has come, and memory stays bounded.
 */

import type { Gone } from '../gone.ts';

/** A turn, held until it is given back. */
export interface Turn {
  giveBack(): void;
}

export interface Turns {
  /**
   * The next turn, for work of this size; nothing where too many wait already, or when `signal` is aborted before it
   * came. Work larger than everything that is served at once has its turn alone.
   */
  take(signal: Gone, size: number): Promise<Turn | undefined>;
}

/** Turns of this process: the sizes of work served at once come to no more than `atOnce`. */
export function createTurns(most: { readonly atOnce: number; readonly waiting: number }): Turns {
  const waiting = new Set<{ readonly size: number; begin(): void }>();
  let free = most.atOnce;

  function hand(size: number): Turn {
    free -= size;
    let isHeld = true;
    return {
      giveBack() {
        if (!isHeld) return;
        isHeld = false;
        free += size;
        serve();
      },
    };
  }

  function serve(): void {
    for (const next of waiting) {
      // The first that waits is waited for: however large, nobody smaller passes it.
      if (next.size > free) break;
      next.begin();
    }
  }

  return {
    async take(signal, wanted) {
      const size = Math.min(wanted, most.atOnce);
      if (signal.aborted) return undefined;
      if (waiting.size === 0 && size <= free) return hand(size);
      if (waiting.size >= most.waiting) return undefined;
      return new Promise((resolve) => {
        const settle = (turn: Turn | undefined) => {
          waiting.delete(one);
          signal.removeEventListener('abort', leave);
          resolve(turn);
        };
        const one = { size, begin: () => settle(hand(size)) };
        const leave = () => {
          settle(undefined);
          serve();
        };
        waiting.add(one);
        signal.addEventListener('abort', leave);
      });
    },
  };
}
