/** Sends rosters again before machines that hear us take them for old. */
import type { Cancel } from '../../base/clock.ts';
import { faultFields } from '../../base/log.ts';
import type { PlatformContext } from '../context.ts';
import { renewRosters } from './roster.ts';

const LOOK_EVERY_MS = 6 * 3_600_000;

/** Looks now, and then every six hours. */
export function keepRostersFresh(context: PlatformContext): { stop(): Promise<void> } {
  let stopped = false;
  let cancel: Cancel = () => {};
  let running = Promise.resolve();
  const look = () => {
    running = renewRosters(context).then(
      () => undefined,
      // Machines go on with what they have; the next look tries again.
      (error) => context.log('program.fault', { program: 'rosters', ...faultFields(error) }),
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
