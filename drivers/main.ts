/** The devices process: drives the cabinet's devices and offers them to the terminal. */
import { z } from 'zod';
import { systemClock } from '../base/node/clock.ts';
import { findShellPorts, listenPorts } from '../base/node/port-source.ts';
import { runProgram } from '../base/node/program.ts';
import { systemRandom } from '../base/node/random.ts';
import { serve } from '../base/rpc/serve.ts';
import { createDevices, devicesConfigSchema } from './devices.ts';

const configSchema = devicesConfigSchema.extend({
  /** Where the terminal dials; absent when the kiosk shell hands ports over. */
  terminalSocket: z.string().optional(),
});

await runProgram({
  name: 'devices',
  config: configSchema,
  async start({ terminalSocket, ...config }, { log, die }) {
    const devices = createDevices({ config, clock: systemClock, random: systemRandom, log });
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
