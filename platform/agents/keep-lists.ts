/** Makes agents' lists anew soon after something changed. */
import type { Cancel } from '../../base/clock.ts';
import { faultFields } from '../../base/log.ts';
import type { PlatformContext } from '../context.ts';
import { renewLists } from './lists.ts';

const LOOK_EVERY_MS = 3_000;

/** Looks now, and then every few seconds. */
export function keepListsFresh(context: PlatformContext): { stop(): Promise<void> } {
  let stopped = false;
  let cancel: Cancel = () => {};
  let running = Promise.resolve();
  const look = () => {
    running = renewLists(context).then(
      () => undefined,
      // What was wanted still is; the next look tries again.
      (error) => context.log('program.fault', { program: 'agent-lists', ...faultFields(error) }),
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
