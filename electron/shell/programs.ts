import { join } from 'node:path';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { RESTART } from '../../host/restart-policy.ts';
import { type Supervised, supervise } from '../../host/supervisor.ts';
import type { Settings } from '../decisions/settings.ts';
import type { PortDesk } from './port-desk.ts';
import { startUtility } from './utility-program.ts';

/** Starts terminal and devices program, keeps them running, and gives them fresh ports at each start. */
export function runPrograms(options: {
  /** The folder of the bundled programs. */
  readonly folder: string;
  readonly settings: Settings;
  readonly desk: PortDesk;
  /** Told when the terminal program keeps failing, and when it has run well again. */
  readonly onTerminalTrouble: (failing: boolean) => void;
  /** Told when the terminal program ended in order, to begin anew: so do the devices, and so should the page. */
  readonly onRenewal: () => void;
  readonly clock: Clock;
  readonly log: Log;
}): { readonly terminal: Supervised; readonly devices: Supervised; stop(): Promise<void> } {
  const { clock, desk, log, settings } = options;
  const run = (name: 'terminal' | 'devices', onReady: () => void, onRenewal: () => void): Supervised =>
    supervise({
      ...{ name, onRenewal },
      clock,
      log,
      start() {
        const config = settings[name];
        const configPath = join(settings.runFolder, `${name}.json`);
        const logPath = join(settings.runFolder, 'log', `${name}.log`);
        const entry = join(options.folder, `${name}.js`);
        const handle = startUtility({ name, entry, config, configPath, logPath }, clock);
        handle.onLostPort((lost) => desk.lost(name, lost));
        handle.ready.then(
          () => {
            desk.up(name, handle.hand);
            onReady();
          },
          // It ended before it was ready: onExit says so to the supervisor.
          () => {},
        );
        handle.onExit(() => desk.down(name));
        return handle;
      },
    });

  let starts = 0;
  const onTerminalReady = () => {
    const thisStart = ++starts;
    // Back from "out of service" only once it has run well, or a crash after a minute's hope would flicker.
    clock.after(RESTART.wellAfterMs, () => {
      if (thisStart === starts && terminal.findHandle() !== undefined) options.onTerminalTrouble(false);
    });
  };
  const devices = run(
    'devices',
    () => {},
    () => {},
  );
  const terminal = run('terminal', onTerminalReady, () => {
    devices.renew();
    options.onRenewal();
  });
  terminal.onTrouble((outOfService) => {
    starts += 1;
    if (outOfService) options.onTerminalTrouble(true);
  });
  for (const program of [terminal, devices]) program.firstReady.catch(() => {});
  return {
    ...{ terminal, devices },
    async stop() {
      await Promise.all([terminal.stop(), devices.stop()]);
    },
  };
}
