/** Makes agents' lists anew soon after something changed. */
import type { PlatformContext } from '../context.ts';
import { keepLooking } from '../keep-looking.ts';
import { renewLists } from './lists.ts';

const LOOK_EVERY_MS = 3_000;

/** Looks now, and then every few seconds. */
export function keepListsFresh(context: PlatformContext): { stop(): Promise<void> } {
  return keepLooking(context, {
    program: 'agent-lists',
    everyMs: LOOK_EVERY_MS,
    look: () => renewLists(context),
  });
}
