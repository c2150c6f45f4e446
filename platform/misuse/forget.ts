/** Forgets digests that nothing is compared with any more; what was flagged stays, with its cases. */
import type { PlatformContext } from '../context.ts';
import { keepLooking } from '../keep-looking.ts';
import { reachMs } from './judge.ts';
import { KEEP_FOR_LATE_MS, PATTERN_NAMES, patternOf } from './patterns.ts';

const LOOK_EVERY_MS = 6 * 3_600_000;

/** Forgets, of each pattern, the marks that make no difference any more. */
export async function forgetMarks({ store, clock }: Pick<PlatformContext, 'store' | 'clock'>): Promise<void> {
  for (const name of PATTERN_NAMES)
    await store.db
      .deleteFrom('misuseMarks')
      .where('pattern', '=', name)
      .where('markedMs', '<', clock.wallMs() - reachMs(patternOf(name)) - KEEP_FOR_LATE_MS)
      .execute();
}

/** Forgets now, and then every six hours. */
export function keepForgetting(context: PlatformContext): { stop(): Promise<void> } {
  return keepLooking(context, {
    program: 'misuse',
    everyMs: LOOK_EVERY_MS,
    look: () => forgetMarks(context),
  });
}
