/** A driver's machine code fails as a real one does: by SIGSEGV, in the middle of its work. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { systemClock } from '../base/node/clock.ts';
import { dialPorts } from '../base/node/port-source.ts';
import { connect } from '../base/rpc/connect.ts';
import type { DevicesContract } from '../drivers/api.ts';
import { createCabinet } from '../drivers/simulator/cabinet.ts';
import { startChild } from './child-process.ts';
import { RESTART } from './restart-policy.ts';
import { supervise } from './supervisor.ts';

/** After this a card that was not heard of is laid again. */
const PATIENCE_MS = 5_000;

test('the devices process is started again at once, finds its devices and reads the next card', async ({
  onTestFinished,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-crash-'));
  const cabinet = await createCabinet({ folder: join(folder, 'lines'), clock: systemClock });
  const socket = join(folder, 'ports', 'devices.sock');
  const logged: unknown[] = [];
  const devices = supervise({
    name: 'devices',
    clock: systemClock,
    log: (name, fields) => logged.push({ name, ...fields }),
    start: () =>
      startChild({
        name: 'devices',
        entry: join(import.meta.dirname, '../drivers/main.ts'),
        config: { ...cabinet.config, terminalSocket: socket },
        configPath: join(folder, 'devices.json'),
        logPath: join(folder, 'devices.log'),
      }),
  });
  const ports = dialPorts({ path: socket, peer: 'devices', clock: systemClock });
  onTestFinished(async () => {
    ports.close();
    await devices.stop();
    await cabinet.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The names read over each port that comes, in turn. */
  const names: string[] = [];
  let heard: () => void = () => undefined;
  ports.onPort(async ({ port }) => {
    const { client } = connect<DevicesContract>(port, { clock: systemClock });
    try {
      for await (const event of await client.watch()) {
        if (event.type !== 'reader' || event.event.type !== 'identity') continue;
        names.push(event.event.read.name);
        heard();
      }
    } catch {
      // The port died with its peer; the next one is dialled.
    }
  });
  /** A card that was read while nobody listened yet is lifted and laid again, as somebody does whom nothing answers. */
  const isRead = async (card: string) => {
    for (let isHeard = false; !isHeard; ) {
      const reading = new Promise<void>((resolve) => {
        heard = resolve;
      });
      await cabinet.command({ order: 'lay-card', card });
      isHeard = await Promise.race([reading.then(() => true), sleep(PATIENCE_MS).then(() => false)]);
      if (!isHeard) await cabinet.command({ order: 'lift-card' });
    }
  };

  await isRead('mother');
  devices.findHandle()?.kill('SIGSEGV');
  await isRead('daughter');

  expect(names).toEqual(['张桂兰', '陈秀英']);
  expect(devices.generation()).toBe(2);
  expect(logged).toEqual([
    {
      name: 'program.restart',
      program: 'devices',
      exitCode: null,
      delayMs: RESTART.firstDelayMs,
      inARow: 1,
    },
  ]);
});
