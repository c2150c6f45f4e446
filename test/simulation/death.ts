/** Thrown where a simulated machine dies; whoever catches it is dead too, since every later call throws it. */
export class Killed extends Error {}

/**
 * The life of one simulated process. Each write passes `point`; when its turn comes the process dies there,
 * before or after the write, and nothing it does afterwards reaches a disk or the network.
 */
export interface Life {
  alive(): boolean;
  /** Arms a death at the `n`th write from now. */
  dieAt(n: number): void;
  die(): void;
  /** Passes one write: dies before it or, having carried it out, after it. */
  point<T>(name: string, write: () => T): T;
}

/** A life; `onPoint` hears each write for the trace. */
export function createLife(onPoint: (name: string) => void): Life {
  let isAlive = true;
  let left = Number.POSITIVE_INFINITY;
  const check = () => {
    if (!isAlive) throw new Killed();
  };
  return {
    alive: () => isAlive,
    dieAt(n) {
      left = n;
    },
    die() {
      isAlive = false;
    },
    point(name, write) {
      check();
      left -= 1;
      if (left === 0) {
        isAlive = false;
        onPoint(`killed before ${name}`);
        throw new Killed();
      }
      onPoint(name);
      const result = write();
      left -= 1;
      if (left === 0) {
        isAlive = false;
        onPoint(`killed after ${name}`);
        throw new Killed();
      }
      return result;
    },
  };
}
