/** Notices when the launcher says something else of the software: a trial came to its end while this program runs. */
import type { Cancel, Clock } from '../../base/clock.ts';

const LOOK_EVERY_MS = 10_000;

/** Calls back after each change of what `read` answers, until it is cancelled. */
export function watchLauncher(clock: Clock, read: () => unknown, onChange: () => void): Cancel {
  let known = JSON.stringify(read());
  let cancel: Cancel = () => {};
  const look = () => {
    const now = JSON.stringify(read());
    if (now !== known) onChange();
    known = now;
    cancel = clock.after(LOOK_EVERY_MS, look);
  };
  cancel = clock.after(LOOK_EVERY_MS, look);
  return () => cancel();
}
