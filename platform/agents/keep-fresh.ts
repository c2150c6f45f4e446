/** Sends rosters again before machines that hear us take them for old. */
import type { PlatformContext } from '../context.ts';
import { keepLooking } from '../keep-looking.ts';
import { renewRosters } from './roster.ts';

const LOOK_EVERY_MS = 6 * 3_600_000;

/** Looks now, and then every six hours. */
export function keepRostersFresh(context: PlatformContext): { stop(): Promise<void> } {
  return keepLooking(context, {
    program: 'rosters',
    everyMs: LOOK_EVERY_MS,
    look: () => renewRosters(context),
  });
}
