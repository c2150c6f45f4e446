import { destination, pino } from 'pino';
import { allowedFields, LOG_EVENTS, type Log } from '../log.ts';

/** A log that writes one JSON line an event to standard error; each holds the declared fields and no more. */
export function pinoLog(program: string): Log {
  const logger = pino(
    { base: { process: program }, messageKey: 'event' },
    destination({ dest: 2, sync: true }),
  );
  return (name, fields) => logger[LOG_EVENTS[name].level](allowedFields(name, fields), name);
}
