/** The newest roll-out for many who look at it: one look is shared for a moment. */
import type { PlatformContext } from '../context.ts';
import { findRolloutView, type RolloutView } from './overview.ts';

/** What pages ask. */
export interface RolloutLooks {
  /** No older than two seconds; nothing where there never was a roll-out. */
  find(): Promise<RolloutView | undefined>;
  /** Something was done to it: the next look is a fresh one. */
  forget(): void;
}

/** A look reads every machine; consoles that are kept open share one. */
const FRESH_MS = 2_000;

/** Looks of one gateway. */
export function createRolloutLooks(
  context: Pick<PlatformContext, 'store' | 'crypto' | 'clock'>,
): RolloutLooks {
  let last: { readonly atMonoMs: number; readonly looked: Promise<RolloutView | undefined> } | undefined;
  return {
    find() {
      const atMonoMs = context.clock.monoMs();
      if (last && atMonoMs - last.atMonoMs < FRESH_MS) return last.looked;
      const looked = findRolloutView(context);
      last = { atMonoMs, looked };
      // One that failed is not shown again.
      looked.catch(() => {
        last = undefined;
      });
      return looked;
    },
    forget() {
      last = undefined;
    },
  };
}
