import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { systemClock } from '../base/node/clock.ts';
import { dialPorts } from '../base/node/port-source.ts';
import { connect } from '../base/rpc/connect.ts';
import type { DevicesContract, DevicesEvent } from './api.ts';

const VILLAGE = join(import.meta.dirname, 'cabinets', 'village.yaml');

/** Starts the devices program on a cabinet file and watches it until `isEnough`. */
async function watchProgram(text: string | undefined, isEnough: (event: DevicesEvent) => boolean) {
  const folder = await mkdtemp(join(tmpdir(), 'yizhan-program-'));
  const path = (name: string) => join(folder, name);
  if (text !== undefined) await writeFile(path('cabinet.yaml'), text);
  const config = { cabinetFile: path('cabinet.yaml'), terminalSocket: path('devices.sock') };
  await writeFile(path('config.json'), JSON.stringify(config));
  const program = spawn(process.execPath, [
    join(import.meta.dirname, 'main.ts'),
    '--config',
    path('config.json'),
  ]);
  const ended = new Promise((resolve) => program.once('exit', resolve));
  let log = '';
  program.stderr.on('data', (chunk) => {
    log += String(chunk);
  });
  await new Promise((resolve) => createInterface({ input: program.stdout }).once('line', resolve));
  const ports = dialPorts({ path: path('devices.sock'), peer: 'devices', clock: systemClock });
  const { client } = await new Promise<ReturnType<typeof connect<DevicesContract>>>((resolve) => {
    ports.onPort(({ port }) => resolve(connect<DevicesContract>(port, { clock: systemClock })));
  });
  const events: DevicesEvent[] = [];
  for await (const event of await client.watch()) {
    events.push(event);
    if (isEnough(event)) break;
  }
  ports.close();
  program.kill('SIGTERM');
  await ended;
  await rm(folder, { recursive: true, force: true });
  return { events, log };
}

/** A path that a port name may have: the file's own ports stand below /dev, a test's cannot. */
test('a cabinet file with a wrong device: the other is served, and the screens are told where the reader is', async () => {
  const text = (await readFile(VILLAGE, 'utf8')).replace('driver: escpos-serial', 'driver: magic');
  const { events, log } = await watchProgram(text, (event) => event.type === 'snapshot');
  expect(events[0]).toMatchObject({
    cabinet: { readerPlace: 'lower-right' },
    devices: expect.arrayContaining([
      { device: 'slip-printer', state: 'absent', reason: 'misconfigured' },
      expect.objectContaining({ device: 'card-reader', state: expect.stringMatching(/starting|absent/) }),
    ]),
  });
  expect(events[0]).not.toMatchObject({
    devices: expect.arrayContaining([{ device: 'card-reader', state: 'absent', reason: 'misconfigured' }]),
  });
  expect(log).toContain('devices.slip-printer.driver');
  expect(log).not.toContain('devices.card-reader');
});

test('no cabinet file at all: the program is up, and says that both devices are missing', async () => {
  const { events, log } = await watchProgram(undefined, (event) => event.type === 'snapshot');
  expect(events[0]).toMatchObject({
    cabinet: null,
    devices: [
      { device: 'card-reader', state: 'absent', reason: 'misconfigured' },
      { device: 'slip-printer', state: 'absent', reason: 'misconfigured' },
    ],
  });
  expect(log).toContain('cabinet.refused');
});
