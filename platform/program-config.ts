/** The configuration of programs that work on a platform's folders, as their command line names it. */
import { basename, dirname } from 'node:path';
import { readOnlyDisk } from '../base/node/disk.ts';
import { invariant } from '../base/result.ts';
import { parseWorkingCalendar, type WorkingCalendar } from './cases/working-calendar.ts';
import { configSchema, type PlatformConfig } from './config.ts';

/**
 * From `--config FILE`, or `--data DIR`, which stands for a configuration that names nothing else; exactly one of the
 * two. Undefined where there is none, or it is wrong.
 */
export function findProgramConfig(named: {
  readonly data?: string | undefined;
  readonly config?: string | undefined;
}): PlatformConfig | undefined {
  const { data, config } = named;
  if ((data === undefined) === (config === undefined)) return undefined;
  const read = configSchema.safeParse(config === undefined ? { dataDir: data } : readJson(config));
  return read.success ? read.data : undefined;
}

/** The working calendar that a configuration names; throws where it cannot be read, since every due date hangs on it. */
export function workingCalendarOf({ calendarFile }: PlatformConfig): WorkingCalendar {
  const file = readOnlyDisk(dirname(calendarFile)).read(basename(calendarFile));
  invariant(file.ok, `${calendarFile} can be read`);
  const read = parseWorkingCalendar(new TextDecoder().decode(file.value));
  invariant(read.ok, `${calendarFile}: ${read.ok ? '' : read.error.detail}`);
  return read.value;
}

function readJson(path: string): unknown {
  const file = readOnlyDisk(dirname(path)).read(basename(path));
  return file.ok ? JSON.parse(new TextDecoder().decode(file.value)) : undefined;
}
