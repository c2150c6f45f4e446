import { copyFileSync, mkdirSync, openSync, renameSync, statSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Cancel, Clock } from '../base/clock.ts';

/** A log longer than this is set aside; the one set aside before goes. */
export const LOG_LIMIT_BYTES = 4 * 1024 * 1024;

/** Opens a program's log to append to; the descriptor is the caller's to close. At most two files stay a program. */
export function openLog(path: string, limitBytes = LOG_LIMIT_BYTES): number {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (bytes > limitBytes) renameSync(path, `${path}.before`);
  return openSync(path, 'a', 0o600);
}

/** How often a running program's log is looked at. */
const LOOK_EVERY_MS = 60_000;

/**
 * Sets a log aside that a program goes on writing: copied, then emptied, since the program holds the file itself. It
 * must have been opened to append. A line written between the two is lost, as is nothing else.
 */
export function setGrownLogAside(path: string, limitBytes = LOG_LIMIT_BYTES): void {
  const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (bytes <= limitBytes) return;
  try {
    copyFileSync(path, `${path}.before`);
    truncateSync(path);
  } catch {
    // A full disk has no room for the copy: it is tried again, and at the next start the file is renamed.
  }
}

/** Looks after the log of a running program; the answer ends it. */
export function watchLog(clock: Clock, path: string, limitBytes = LOG_LIMIT_BYTES): Cancel {
  let cancel: Cancel = clock.after(LOOK_EVERY_MS, look);
  function look(): void {
    setGrownLogAside(path, limitBytes);
    cancel = clock.after(LOOK_EVERY_MS, look);
  }
  return () => cancel();
}
