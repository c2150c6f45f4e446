import type { Cancel, Clock } from '../base/clock.ts';
import { ALIVE_EVERY_MS } from '../base/program-lines.ts';
import type { ProgramHandle } from './supervisor.ts';

/**
 * When a silent program counts as hung, in looks at it. Looks are counted, not milliseconds: after a pause of the
 * watcher itself (a machine that slept, a stopped process) what the program said meanwhile is heard first.
 */
export const LIVENESS = {
  lookEveryMs: ALIVE_EVERY_MS,
  /** Ten seconds. */
  silentLooks: 5,
  /** Two minutes before it is up: a damaged database is rebuilt in one go. */
  silentLooksAtStart: 60,
} as const;

/** Calls `onHung` once, when the program has said nothing for too long. Its exit is the caller's to cancel on. */
export function watchLiveness(options: {
  readonly handle: Pick<ProgramHandle, 'ready' | 'onAlive'>;
  readonly clock: Clock;
  readonly onHung: () => void;
}): Cancel {
  const { handle, clock, onHung } = options;
  let silent = 0;
  let isUp = false;
  handle.onAlive(() => {
    silent = 0;
  });
  handle.ready.then(
    () => {
      isUp = true;
      silent = 0;
    },
    // It ended before it was up: the supervisor hears that.
    () => {},
  );
  let cancel: Cancel = () => {};
  const look = () => {
    cancel = clock.after(LIVENESS.lookEveryMs, () => {
      silent += 1;
      if (silent >= (isUp ? LIVENESS.silentLooks : LIVENESS.silentLooksAtStart)) onHung();
      else look();
    });
  };
  look();
  return () => cancel();
}
