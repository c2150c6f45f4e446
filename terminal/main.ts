/** The terminal as a program: what is kept, the line to the platform, the visit, and the ports to its peers. */

import { systemClock } from '../base/node/clock.ts';
import { dialPorts, findShellPorts, listenPorts } from '../base/node/port-source.ts';
import { MOST_RESIDENT_BYTES, runProgram } from '../base/node/program.ts';
import type { PortSource } from '../base/rpc/port.ts';
import { terminalConfigSchema } from './program/config.ts';
import { startTerminalProgram } from './program/start.ts';

await runProgram({
  name: 'terminal',
  config: terminalConfigSchema,
  mostBytes: MOST_RESIDENT_BYTES,
  async start(config, tools) {
    const [screens, devices] = [await screenPorts(config.screenSocket), devicePorts(config.devicesSocket)];
    const program = startTerminalProgram({ config, screens, devices, ...tools });
    return {
      ready: {},
      async stop() {
        screens.close();
        devices.close();
        await program.stop();
      },
    };
  },
});

async function screenPorts(socket: string | undefined): Promise<PortSource> {
  return socket === undefined ? shellPorts('screen') : listenPorts({ path: socket, peer: 'screen' });
}

function devicePorts(socket: string | undefined): PortSource {
  return socket === undefined
    ? shellPorts('devices')
    : dialPorts({ path: socket, peer: 'devices', clock: systemClock });
}

function shellPorts(peer: string): PortSource {
  const ports = findShellPorts(peer);
  if (ports === undefined) throw new Error('broken invariant: no socket in the configuration and no shell');
  return ports;
}
