/** Forgets digests that nothing is compared with any more; what was flagged stays, with its cases. */
import type { Cancel } from '../../base/clock.ts';
import { faultFields } from '../../base/log.ts';
import type { PlatformContext } from '../context.ts';
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
  let stopped = false;
  let cancel: Cancel = () => {};
  let running = Promise.resolve();
  const look = () => {
    running = forgetMarks(context).catch((error: unknown) =>
      context.log('program.fault', { program: 'misuse', ...faultFields(error) }),
    );
    void running.then(() => {
      if (!stopped) cancel = context.clock.after(LOOK_EVERY_MS, look);
    });
  };
  look();
  return {
    async stop() {
      stopped = true;
      cancel();
      await running;
    },
  };
}
