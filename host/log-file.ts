import {
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
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
 * must have been opened to append. A line written between the two is lost, and on a full disk the log itself: room is
 * worth more there.
 */
export function setGrownLogAside(path: string, limitBytes = LOG_LIMIT_BYTES): void {
  const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (bytes <= limitBytes) return;
  const before = `${path}.before`;
  try {
    // Its room is needed for the copy.
    rmSync(before, { force: true });
    copyFileSync(path, before);
  } catch {
    rmSync(before, { force: true, recursive: true });
  }
  truncateSync(path);
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

/** Writes what a program says to its log, which `file` is; what finds no room is lost, and the program goes on. */
export function writeLog(said: NodeJS.ReadableStream, file: number): void {
  said.on('data', (chunk: Buffer) => {
    try {
      writeSync(file, chunk);
    } catch {
      // The disk is full.
    }
  });
  said.on('error', () => {});
  said.on('close', () => closeSync(file));
}
