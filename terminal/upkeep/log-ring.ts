/** The last events this program logged, for whoever looks after the machine: declared events with declared fields alone. */
import { allowedFields, type Log } from '../../base/log.ts';
import type { LogLine } from './machine-api.ts';

/** How many are held. */
export const LOG_LINES = 200;

/** A log that writes as before and remembers the newest. */
export interface LogRing {
  readonly log: Log;
  /** The newest first. */
  newest(): readonly LogLine[];
}

/** Remembers in memory: a new run of the program begins with none, and its host's log file has those of before. */
export function createLogRing(log: Log, nowMs: () => number): LogRing {
  const lines: LogLine[] = [];
  return {
    log(name, fields) {
      log(name, fields);
      const words = Object.entries(allowedFields(name, fields)).map(
        ([field, value]) => `${field}=${String(value)}`,
      );
      lines.push({ atMs: nowMs(), event: name, words: words.join(' ') });
      if (lines.length > LOG_LINES) lines.shift();
    },
    newest: () => lines.toReversed(),
  };
}
