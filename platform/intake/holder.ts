/**
 * Holds batches as they come. Transactions of intake come one after another anyway (the counter that orders commits),
 * so those judged while one is under way share the next: its statements, and its flush of the disk, are for all.
 */
import type { PlatformContext } from '../context.ts';
import type { Offerer } from './batch.ts';
import { holdTogether, type JudgedBatch, type Verdict } from './hold.ts';
import type { Judged } from './open-entry.ts';

/** The way of every batch of one gateway into its database. */
export interface Holder {
  /** Resolves when the batch is committed durably, with the answer to each entry that can be answered, in order. */
  hold(offerer: Offerer, judged: readonly Judged[]): Promise<readonly Verdict[]>;
}

/** Entries of one transaction, at most, unless one batch alone has more: as many as keep others waiting for no longer. */
const ENTRIES_AT_ONCE = 200;

interface Waiting {
  readonly batch: JudgedBatch;
  resolve(verdicts: readonly Verdict[]): void;
  reject(error: unknown): void;
}

/** The holder of this process; other gateways over the same database take turns with it by the counter's lock. */
export function createHolder(context: PlatformContext): Holder {
  const queue: Waiting[] = [];
  let isBusy = false;

  async function work(): Promise<void> {
    isBusy = true;
    while (queue.length > 0) {
      const group = queue.splice(0, countOfNext(queue));
      const together = await tryTogether(group);
      // What fails in company is tried alone, so that one batch's trouble is no other's.
      if (!together) for (const one of group) await holdAlone(one);
    }
    isBusy = false;
  }

  async function tryTogether(group: readonly Waiting[]): Promise<boolean> {
    if (group.length === 1) return false;
    try {
      const verdicts = await holdTogether(
        context,
        group.map(({ batch }) => batch),
      );
      for (const [index, { resolve }] of group.entries()) resolve(verdicts[index]!);
      return true;
    } catch {
      return false;
    }
  }

  async function holdAlone({ batch, resolve, reject }: Waiting): Promise<void> {
    try {
      const [verdicts] = await holdTogether(context, [batch]);
      resolve(verdicts!);
    } catch (error) {
      reject(error);
    }
  }

  return {
    hold: (offerer, judged) =>
      new Promise((resolve, reject) => {
        queue.push({ batch: { offerer, judged }, resolve, reject });
        if (!isBusy) void work();
      }),
  };
}

/** How many of the first go together. */
function countOfNext(queue: readonly Waiting[]): number {
  let entries = 0;
  const beyond = queue.findIndex(({ batch }) => {
    entries += batch.judged.length;
    return entries > ENTRIES_AT_ONCE;
  });
  return beyond === -1 ? queue.length : Math.max(1, beyond);
}
