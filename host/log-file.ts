import { mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** A log longer than this is set aside at the next start of its program; the one set aside before goes. */
export const LOG_LIMIT_BYTES = 4 * 1024 * 1024;

/** Opens a program's log to append to; the descriptor is the caller's to close. At most two files stay a program. */
export function openLog(path: string, limitBytes = LOG_LIMIT_BYTES): number {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (bytes > limitBytes) renameSync(path, `${path}.before`);
  return openSync(path, 'a', 0o600);
}
