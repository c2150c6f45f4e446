import { join } from 'node:path';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { startChild } from './child-process.ts';
import { PROGRAMS_FOLDER, sourceOf } from './places.ts';
import { type Supervised, supervise } from './supervisor.ts';

/** Whether programs run from their TypeScript sources or from the bundle. */
export type ProgramForm = 'source' | 'bundle';

/** Where each program begins, in both forms. */
const ENTRIES = {
  terminal: { source: sourceOf('terminal/main.ts'), bundle: join(PROGRAMS_FOLDER, 'terminal.js') },
  devices: { source: sourceOf('drivers/main.ts'), bundle: join(PROGRAMS_FOLDER, 'devices.js') },
} as const;

/** The two programs of a terminal, supervised. */
export interface TerminalPrograms {
  readonly terminal: Supervised;
  readonly devices: Supervised;
  stop(): Promise<void>;
}

/** The socket files that join the programs, in a folder that only this user may enter. */
export function socketPaths(runFolder: string): { readonly screen: string; readonly devices: string } {
  return {
    screen: join(runFolder, 'ports', 'terminal.sock'),
    devices: join(runFolder, 'ports', 'devices.sock'),
  };
}

/** Starts the devices process and the terminal, and keeps both running. */
export function startTerminalPrograms(options: {
  readonly form: ProgramForm;
  /** For sockets, configurations and logs. */
  readonly runFolder: string;
  /** Given to `terminal/main.ts` with the socket paths added. */
  readonly terminalConfig: Readonly<Record<string, unknown>>;
  readonly devicesConfig: Readonly<Record<string, unknown>>;
  /** The terminal ended in order, once a night or because it was told to: what shows it begins anew too. */
  readonly onRenewal?: () => void;
  readonly clock: Clock;
  readonly log: Log;
}): TerminalPrograms {
  const sockets = socketPaths(options.runFolder);
  const program = (
    name: 'terminal' | 'devices',
    config: Readonly<Record<string, unknown>>,
    onRenewal: () => void,
  ) =>
    supervise({
      ...{ name, onRenewal },
      clock: options.clock,
      log: options.log,
      start: () =>
        startChild({
          name,
          entry: ENTRIES[name][options.form],
          config,
          configPath: join(options.runFolder, 'config', `${name}.json`),
          logPath: join(options.runFolder, 'log', `${name}.log`),
        }),
    });
  const devices = program('devices', { ...options.devicesConfig, terminalSocket: sockets.devices }, () => {});
  const terminalConfig = {
    ...{ ...options.terminalConfig, screenSocket: sockets.screen, devicesSocket: sockets.devices },
  };
  const terminal = program('terminal', terminalConfig, () => {
    devices.renew();
    options.onRenewal?.();
  });
  return {
    terminal,
    devices,
    async stop() {
      await Promise.all([terminal.stop(), devices.stop()]);
    },
  };
}
