import type { Cancel, Clock } from '../../base/clock.ts';
import { type Life, passKilled } from './death.ts';

/** The one time of a simulated world: it moves from one due task to the next, and only when told to. */
export interface Timeline {
  /** Milliseconds since the world began. */
  nowMs(): number;
  after(delayMs: number, task: () => void): Cancel;
  /** Has time stand still until this is done: work on real files or threads, which knows no simulated time. */
  standStillFor(work: Promise<unknown>): void;
  /**
   * Lets `ms` pass: runs what falls due, in the order it does, ties in the order they were set; before time moves,
   * everything that needs none has happened. Ends early, when `isDone` says so after a task.
   */
  pass(ms: number, isDone?: () => boolean): Promise<void>;
}

/** A time line at its beginning. */
export function createTimeline(): Timeline {
  let nowMs = 0;
  let order = 0;
  const tasks: { dueMs: number; order: number; run: () => void }[] = [];
  const standing = new Set<Promise<unknown>>();

  async function settle(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (standing.size > 0) {
      await Promise.all([...standing]);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Runs the next task due by `untilMs`; false when there is none. */
  function step(untilMs: number): boolean {
    tasks.sort((a, b) => a.dueMs - b.dueMs || a.order - b.order);
    const [first] = tasks;
    if (first === undefined || first.dueMs > untilMs) return false;
    tasks.shift();
    nowMs = Math.max(nowMs, first.dueMs);
    first.run();
    return true;
  }

  return {
    nowMs: () => nowMs,
    after(delayMs, run) {
      const task = { dueMs: nowMs + Math.max(0, delayMs), order: order++, run };
      tasks.push(task);
      return () => {
        const index = tasks.indexOf(task);
        if (index >= 0) tasks.splice(index, 1);
      };
    },
    standStillFor(work) {
      const done = work.catch(() => undefined).finally(() => standing.delete(done));
      standing.add(done);
    },
    async pass(ms, isDone = () => false) {
      const untilMs = nowMs + ms;
      await settle();
      while (!isDone()) {
        if (!step(untilMs)) {
          nowMs = untilMs;
          return;
        }
        await settle();
      }
    },
  };
}

/** The clock of one run of a simulated program: it counts from the program's start, and ends with its life. */
export function createClock(timeline: Timeline, life: Life, wallOffsetMs: () => number): Clock {
  const beganMs = timeline.nowMs();
  return {
    wallMs: () => Math.floor(timeline.nowMs() + wallOffsetMs()),
    monoMs: () => timeline.nowMs() - beganMs,
    after: (delayMs, task) =>
      timeline.after(delayMs, () => {
        if (life.alive()) passKilled(task);
      }),
  };
}
