/**
 * Turns: so many are served at once, so many more wait in order of coming, and whoever comes beyond is told so. Under
 * a rush each is served as fast as ever once its turn has come, and memory stays bounded.
 */

/** A turn, held until it is given back. */
export interface Turn {
  giveBack(): void;
}

export interface Turns {
  /** The next turn; nothing where too many wait already, or when `signal` is aborted before it came. */
  take(signal: AbortSignal): Promise<Turn | undefined>;
}

/** Turns of this process. */
export function createTurns(most: { readonly atOnce: number; readonly waiting: number }): Turns {
  const waiting = new Set<() => void>();
  let free = most.atOnce;

  function hand(): Turn {
    let isHeld = true;
    return {
      giveBack() {
        if (!isHeld) return;
        isHeld = false;
        const [next] = waiting;
        if (next) next();
        else free += 1;
      },
    };
  }

  return {
    async take(signal) {
      if (signal.aborted) return undefined;
      if (free > 0) {
        free -= 1;
        return hand();
      }
      if (waiting.size >= most.waiting) return undefined;
      return new Promise((resolve) => {
        const settle = (turn: Turn | undefined) => {
          waiting.delete(begin);
          signal.removeEventListener('abort', leave);
          resolve(turn);
        };
        const begin = () => settle(hand());
        const leave = () => settle(undefined);
        waiting.add(begin);
        signal.addEventListener('abort', leave);
      });
    },
  };
}
