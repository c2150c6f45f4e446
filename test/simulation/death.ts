/** Thrown where a simulated machine dies; whoever catches it is dead too, since every later call throws it. */
export class Killed extends Error {}

/**
 * The life of one run of a simulated program. Each write passes a point before it and one after it; when its turn
 * comes the program dies there, and nothing it does afterwards reaches a disk or the network.
 */
export interface Life {
  alive(): boolean;
  /** Throws when dead. */
  check(): void;
  /** Arms a death at the `n`th point from now. */
  dieAt(n: number): void;
  /** Dies here and now; what was under way gets no further than its next call. */
  die(how: string): void;
  /** Passes the point before a write. */
  before(write: string): void;
  /** Passes the point after a write. */
  after(write: string): void;
  /** Carries out one write between its two points. */
  point<T>(name: string, write: () => T): T;
}

/** A new life. `onPoint` hears each write that was made, `onDeath` how it ended. */
export function createLife(hear: { onPoint: (write: string) => void; onDeath: (how: string) => void }): Life {
  let isAlive = true;
  let left = Number.POSITIVE_INFINITY;

  function die(how: string): void {
    if (!isAlive) return;
    isAlive = false;
    hear.onDeath(how);
  }

  function pass(how: string): void {
    left -= 1;
    if (left > 0) return;
    die(how);
    throw new Killed(how);
  }

  const life: Life = {
    alive: () => isAlive,
    check() {
      if (!isAlive) throw new Killed('dead already');
    },
    dieAt(n) {
      left = n;
    },
    die,
    before(write) {
      life.check();
      pass(`before ${write}`);
    },
    after(write) {
      life.check();
      hear.onPoint(write);
      pass(`after ${write}`);
    },
    point(name, write) {
      life.before(name);
      const result = write();
      life.after(name);
      return result;
    },
  };
  return life;
}

/** Runs `task`; a death in it ends it, and nothing else. Answers `undefined` then. */
export function passKilled<T>(task: () => T): T | undefined {
  try {
    return task();
  } catch (error) {
    if (error instanceof Killed) return undefined;
    throw error;
  }
}

/** Waits for `work`; a death in it ends it, and nothing else. Answers `undefined` then. */
export async function awaitKilled<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Killed) return undefined;
    throw error;
  }
}
