import { destination, pino } from 'pino';
import { allowedFields, LOG_EVENTS, type Log } from '../log.ts';

/** What waits to be written while the disk is full; what does not fit is let go of. */
const MAX_WAITING_BYTES = 64 * 1024;

/** A log that writes one JSON line an event to standard error; each holds the declared fields and no more. */
export function pinoLog(program: string): Log {
  const output = destination({ dest: 2, sync: true, maxLength: MAX_WAITING_BYTES });
  // A log that cannot be written ends nobody's visit: an error nobody takes would end the program, at each start anew.
  output.on('error', () => {});
  const logger = pino({ base: { process: program }, messageKey: 'event' }, output);
  return (name, fields) => logger[LOG_EVENTS[name].level](allowedFields(name, fields), name);
}
