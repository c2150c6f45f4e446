/** Work that is looked for again and again while the platform runs. */
import type { Cancel } from '../base/clock.ts';
import { faultFields } from '../base/log.ts';
import type { PlatformContext } from './context.ts';

/** What is looked for, and how often. */
export interface Looking {
  /** What the log calls it. */
  readonly program: string;
  readonly everyMs: number;
  /** Looks once. What fails is logged, and the next look tries again. */
  look(): Promise<unknown>;
}

/** Looks now, and then so long after each look has ended: none overtakes another. Stopped once the last one has ended. */
export function keepLooking(
  { clock, log }: Pick<PlatformContext, 'clock' | 'log'>,
  { program, everyMs, look }: Looking,
): { stop(): Promise<void> } {
  let stopped = false;
  let cancel: Cancel = () => {};
  let running = Promise.resolve();
  const again = () => {
    running = look().then(
      () => undefined,
      (error: unknown) => log('program.fault', { program, ...faultFields(error) }),
    );
    void running.then(() => {
      if (!stopped) cancel = clock.after(everyMs, again);
    });
  };
  again();
  return {
    async stop() {
      stopped = true;
      cancel();
      await running;
    },
  };
}
