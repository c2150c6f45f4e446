/** `npm start -- --cabinet FILE`, as somebody who wires a cabinet does, with a mistake in the file. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../base/node/clock.ts';
import { dialPorts } from '../base/node/port-source.ts';
import { connect } from '../base/rpc/connect.ts';
import type { DevicesContract, DevicesEvent } from '../drivers/api.ts';
import { socketPaths } from '../host/programs.ts';
import { cabinetComplaints } from './checked-cabinet.ts';

const VILLAGE = join(import.meta.dirname, '../drivers/cabinets/village.yaml');

/** What the devices program of a stack says first. */
async function snapshotOf(socket: string): Promise<DevicesEvent> {
  const ports = dialPorts({ path: socket, peer: 'devices', clock: systemClock });
  const { client } = await new Promise<ReturnType<typeof connect<DevicesContract>>>((resolve) =>
    ports.onPort(({ port }) => resolve(connect<DevicesContract>(port, { clock: systemClock }))),
  );
  for await (const event of await client.watch()) {
    ports.close();
    return event;
  }
  throw new Error('the devices program said nothing');
}

test('a wrong file is refused by line and reason, and everything starts without that device', async ({
  onTestFinished,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-start-'));
  const file = join(folder, 'cabinet.yaml');
  const text = readFileSync(VILLAGE, 'utf8').replace('paperMm: 80', 'paperMm: 81');
  writeFileSync(file, text);
  const started = spawn(
    process.execPath,
    [join(import.meta.dirname, 'start.ts'), '--browser', '--data', folder, '--cabinet', file],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise<number | null>((resolve) => started.once('exit', resolve));
  onTestFinished(async () => {
    started.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    started.stdout.on('data', (chunk) => {
      said += String(chunk);
      if (said.includes('Ctrl-C')) resolve();
    });
    void ended.then((code) => reject(new Error(`ended with ${code}: ${said}`)));
  });

  const line = text.split('\n').findIndex((row) => row.includes('paperMm')) + 1;
  expect(said).toContain(`${file}:${line}: devices.slip-printer.paperMm `);
  const snapshot = await snapshotOf(socketPaths(join(folder, 'run')).devices);
  const devices = snapshot.type === 'snapshot' ? snapshot.devices : [];
  const stateOf = (name: string) => devices.find(({ device }) => device === name);
  expect(stateOf('slip-printer')).toMatchObject({ state: 'absent', reason: 'misconfigured' });
  // Sound in the file, and not plugged in here.
  expect(stateOf('card-reader')?.reason).not.toBe('misconfigured');
  started.kill('SIGTERM');
  expect(await ended).toBe(0);
});

test('a file that is sound has no complaints; one that is not there has one', () => {
  expect(cabinetComplaints(VILLAGE)).toEqual([]);
  expect(cabinetComplaints('/nowhere/cabinet.yaml')).toEqual([
    '/nowhere/cabinet.yaml:1: the file cannot be read — left out',
  ]);
});
