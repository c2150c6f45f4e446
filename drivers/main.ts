/** The devices process: drives the cabinet's devices and offers them to the terminal. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Log } from '../base/log.ts';
import { systemClock } from '../base/node/clock.ts';
import { createNodeFetch } from '../base/node/fetch.ts';
import { findShellPorts, listenPorts } from '../base/node/port-source.ts';
import { MOST_RESIDENT_BYTES, runProgram } from '../base/node/program.ts';
import { systemRandom } from '../base/node/random.ts';
import { serve } from '../base/rpc/serve.ts';
import { configOf } from './cabinets/config.ts';
import { loadCabinet, unreadableCabinet } from './cabinets/load.ts';
import { createDevices, type DevicesConfig, devicesConfigSchema } from './devices.ts';

const configSchema = devicesConfigSchema.extend({
  /** A cabinet file, which then says all about the devices. */
  cabinetFile: z.string().optional(),
  /** Where the terminal dials; absent when the kiosk shell hands ports over. */
  terminalSocket: z.string().optional(),
});

/** Reads a cabinet file; what is wrong with it is logged by line, and the sound devices are driven. */
function readCabinet(path: string, log: Log): DevicesConfig {
  const text = findText(path);
  const cabinet = text === undefined ? unreadableCabinet() : loadCabinet(text);
  for (const { line, path: where } of cabinet.problems) {
    log('cabinet.refused', { line, where: where === '' ? 'file' : where });
  }
  return configOf(cabinet);
}

function findText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

await runProgram({
  name: 'devices',
  config: configSchema,
  mostBytes: MOST_RESIDENT_BYTES,
  async start({ terminalSocket, cabinetFile, ...given }, { log, die }) {
    const config = cabinetFile === undefined ? given : readCabinet(cabinetFile, log);
    const devices = createDevices({
      config,
      clock: systemClock,
      random: systemRandom,
      // A printer's address is the maintainer's word; IPP is plain http, and no certificate is met on it.
      fetch: createNodeFetch({ tolerateDateErrors: () => false, plainHttp: 'anywhere' }),
      log,
    });
    const ports =
      terminalSocket === undefined
        ? findShellPorts('terminal')
        : await listenPorts({ path: terminalSocket, peer: 'terminal' });
    if (ports === undefined) throw new Error('broken invariant: no socket and no shell');
    ports.onPort(({ port }) =>
      serve(devices.router, port, {
        clock: systemClock,
        context: {},
        onFault: die,
      }),
    );
    return {
      ready: {},
      stop() {
        ports.close();
        devices.stop();
      },
    };
  },
});
