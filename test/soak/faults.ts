/** What goes wrong on a day, and how it is put right again. */
import { existsSync } from 'node:fs';
import { otherTime } from '../faults/hurt.ts';
import type { Town } from '../faults/town.ts';
import { terminalEnv } from './measure.ts';

/** One thing that goes wrong; `mend` comes some visits later. */
export interface Fault {
  /** Ends the terminal's process, so that what it holds begins anew: in the first half alone, where nothing is fitted. */
  readonly endsTerminal: boolean;
  begin(town: Town): Promise<void>;
  mend?(town: Town): Promise<void>;
}

const FAKE_TIME = '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1';
/** Whether this machine can let a program believe in another time. */
export const HAS_OTHER_TIME = existsSync(FAKE_TIME);

/** By name. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  'the printer has no paper': {
    endsTerminal: false,
    begin: ({ dock }) => dock.order({ order: 'set-printer-faults', faults: { paper: 'out' } }),
    async mend({ dock }) {
      await dock.order({ order: 'mend-printer' });
      await dock.order({ order: 'tear-paper' });
    },
  },
  'the reader is pulled out': {
    endsTerminal: false,
    begin: ({ dock }) => dock.order({ order: 'unplug', device: 'card-reader' }),
    mend: ({ dock }) => dock.order({ order: 'plug', device: 'card-reader' }),
  },
  'the network is cut': {
    endsTerminal: false,
    begin: ({ dock }) => dock.network('cut'),
    mend: ({ dock }) => dock.network('on'),
  },
  'the network turns bits over': {
    endsTerminal: false,
    begin: ({ dock }) => dock.network('corrupt'),
    mend: ({ dock }) => dock.network('on'),
  },
  'the devices program is killed': {
    endsTerminal: false,
    begin: async ({ devices }) => devices.kill(),
    mend: async ({ devices }) => void (await devices.up()),
  },
  'the platform is killed': {
    endsTerminal: false,
    begin: async ({ platform }) => platform.kill(),
    mend: async ({ platform }) => void (await platform.up()),
  },
  'the terminal is killed': {
    endsTerminal: true,
    begin: async ({ terminal }) => terminal.kill(),
    mend: async ({ terminal }) => void (await terminal.up()),
  },
  'the power is cut': {
    endsTerminal: true,
    async begin({ terminal, devices, platform }) {
      for (const program of [terminal, devices, platform]) program.kill();
    },
    async mend({ terminal, devices, platform }) {
      await Promise.all([terminal.up(), devices.up(), platform.up()]);
    },
  },
  ...(HAS_OTHER_TIME && {
    'the clock jumps by nine hours': {
      endsTerminal: true,
      begin: (town: Town) => startsAnew(town, otherTime('+9h')),
      mend: (town: Town) => startsAnew(town, {}),
    },
  }),
};

/** The terminal, with another environment beside its own. */
async function startsAnew(town: Town, env: Readonly<Record<string, string>>): Promise<void> {
  await town.terminal.layDown();
  town.terminal.raise({ ...terminalEnv(town), ...env });
  await town.terminal.up();
}
