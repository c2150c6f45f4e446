/**
 * The browser host as a program: a terminal without Electron. Starts the devices process and the terminal,
 * serves the screens on loopback, keeps a browser on them where it is told which, and says the address to open, with its
 * one-use code.
 */
import { z } from 'zod';
import { systemClock } from '../base/node/clock.ts';
import { MOST_RESIDENT_BYTES, runProgram } from '../base/node/program.ts';
import { watchHostHealth } from './health.ts';
import { startShownScreens } from './kiosk/shown-screens.ts';
import { namedMedia } from './media-policy.ts';
import { SCREENS_FOLDER } from './places.ts';
import { socketPaths, startTerminalPrograms } from './programs.ts';

const configSchema = z.strictObject({
  form: z.enum(['source', 'bundle']).default('bundle'),
  runFolder: z.string(),
  port: z.int().min(0).max(65_535).default(8300),
  /** The Chromium that shows the screens, kept running; without it somebody opens the address by hand. */
  browser: z
    .strictObject({
      program: z.string().startsWith('/'),
      /** A folder in memory (a tmpfs): the profile of each start lies there. */
      profilesFolder: z.string().startsWith('/'),
      /** The cabinet's own switches, such as `--ozone-platform=wayland`. */
      more: z.array(z.string().startsWith('--')).default([]),
    })
    .optional(),
  screens: z.string().default(SCREENS_FOLDER),
  terminal: z.record(z.string(), z.unknown()),
  devices: z.record(z.string(), z.unknown()),
});

await runProgram({
  name: 'host',
  config: configSchema,
  mostBytes: MOST_RESIDENT_BYTES,
  async start(config, { log, sayHealth }) {
    let renewScreens = () => {};
    const programs = startTerminalPrograms({
      form: config.form,
      runFolder: config.runFolder,
      terminalConfig: config.terminal,
      devicesConfig: config.devices,
      onRenewal: () => renewScreens(),
      clock: systemClock,
      log,
    });
    const health = sayHealth && watchHostHealth(programs, sayHealth);
    const shown = await startShownScreens({
      host: {
        folder: config.screens,
        port: config.port,
        terminalSocket: socketPaths(config.runFolder).screen,
        ...namedMedia(config.devices),
      },
      browser: config.browser,
      ...(health && { onBeat: health.screenSaid }),
      clock: systemClock,
      log,
    });
    renewScreens = shown.renew;
    await Promise.all([programs.devices.firstReady, programs.terminal.firstReady]);
    return {
      ready: { screen: shown.url },
      async stop() {
        await shown.stop();
        await programs.stop();
      },
    };
  },
});
