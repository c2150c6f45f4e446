import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../base/node/clock.ts';
import { createNodeFetch } from '../base/node/fetch.ts';
import { systemRandom } from '../base/node/random.ts';
import { connect } from '../base/rpc/connect.ts';
import { portPair } from '../base/rpc/port.ts';
import { serve } from '../base/rpc/serve.ts';
import type { DevicesContract, IdentityRead } from './api.ts';
import { createDevices } from './devices.ts';
import { createCabinet } from './simulator/cabinet.ts';
import { findSampleCard } from './simulator/cards.ts';
import { setUpRig } from './testing/rig.ts';

async function setUp() {
  const folder = await mkdtemp(join(tmpdir(), 'yizhan-devices-'));
  const cabinet = await createCabinet({ folder, clock: systemClock });
  const logged: unknown[] = [];
  const devices = createDevices({
    config: cabinet.config,
    clock: systemClock,
    random: systemRandom,
    fetch: createNodeFetch({ tolerateDateErrors: () => false }),
    log: (name, fields) => logged.push({ name, ...fields }),
  });
  /** A terminal's connection to the devices. */
  const joinDevices = () => {
    const [mine, theirs] = portPair();
    serve(devices.router, theirs, { clock: systemClock, context: {}, onFault: () => undefined });
    return connect<DevicesContract>(mine, { clock: systemClock, timeoutsMs: { printSlip: 30_000 } });
  };
  return {
    cabinet,
    logged,
    joinDevices,
    async [Symbol.asyncDispose]() {
      devices.stop();
      await cabinet.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

test('over a port: a snapshot first, then what happens; the photo crosses whole', async () => {
  await using rig = await setUp();
  const terminal = rig.joinDevices();
  const events = await terminal.client.watch();
  expect((await events.next()).value).toMatchObject({ type: 'snapshot', devices: expect.any(Array) });
  await rig.cabinet.command({ order: 'lay-card', card: 'mother' });
  let read: IdentityRead | undefined;
  for await (const event of events) {
    if (event.type === 'reader' && event.event.type === 'identity') read = event.event.read;
    if (read !== undefined) break;
  }
  expect(read?.photo).toEqual(findSampleCard('mother')?.photo);
  expect(await terminal.client.forgetCard()).toBeNull();
  // The terminal has its own copy: forgetting in the devices process does not reach it.
  expect(read?.photo).toEqual(findSampleCard('mother')?.photo);
  expect(
    await terminal.client.printSlip({ jobId: 'job', blocks: [{ type: 'title', text: '回执' }] }),
  ).toEqual({ outcome: 'printed' });
  terminal.close();
});

test('a terminal that dies leaves nobody behind: for the next, the same card is a new one', async () => {
  await using rig = await setUp();
  const readIds: string[] = [];
  for (const _terminal of ['first', 'second']) {
    const terminal = rig.joinDevices();
    await rig.cabinet.command({ order: 'lift-card' });
    await rig.cabinet.command({ order: 'lay-card', card: 'mother' });
    for await (const event of await terminal.client.watch()) {
      if (event.type !== 'reader') continue;
      expect(event.event.type).not.toBe('still-here');
      if (event.event.type !== 'identity') continue;
      readIds.push(event.event.read.readId);
      break;
    }
    terminal.close();
    // Its end is noticed a moment later.
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(new Set(readIds).size).toBe(2);
});

test('wrong calls are refused, and the printer is left alone', async () => {
  await using rig = await setUp();
  const terminal = rig.joinDevices();
  const wrong = [
    { jobId: 'job', blocks: [] },
    { jobId: 'job', blocks: [{ type: 'qr', data: '码' }] },
    { jobId: 'job', blocks: [{ type: 'qr', data: 'a'.repeat(1001) }] },
    { jobId: 'job', blocks: [{ type: 'picture' }] },
  ];
  for (const job of wrong) {
    await expect(terminal.client.printSlip(job as never)).rejects.toThrow();
  }
  expect(rig.cabinet.state().printer.uncut).toEqual([]);
  terminal.close();
});

test('logs say how devices are, and nothing of who was there', async () => {
  await using rig = await setUp();
  const terminal = rig.joinDevices();
  const events = await terminal.client.watch();
  await rig.cabinet.command({ order: 'lay-card', card: 'mother' });
  for await (const event of events) if (event.type === 'reader' && event.event.type === 'identity') break;
  terminal.close();
  const log = JSON.stringify(rig.logged);
  expect(log).toContain('card-reader');
  expect(log).not.toMatch(/张桂兰|330699/);
});

test('orders the cabinet does not understand are named', async () => {
  await using rig = await setUp();
  expect(await rig.cabinet.command({ order: 'lay-card', card: 'nobody' })).toMatch('nobody');
  expect(await rig.cabinet.command({ order: 'explode' })).toMatch('order');
  expect(await rig.cabinet.command({ order: 'lay-card', card: 'mother', more: 1 })).toMatch('more');
  expect(await rig.cabinet.command(undefined)).toBeTypeOf('string');
});

test('the state of the cabinet is plain data, told at each change', async () => {
  await using rig = await setUp();
  let changes = 0;
  const stop = rig.cabinet.onChange(() => {
    changes += 1;
  });
  await rig.cabinet.command({ order: 'lay-card', card: 'daughter' });
  await rig.cabinet.command({ order: 'set-printer-faults', faults: { paper: 'low' } });
  expect(changes).toBe(2);
  stop();
  await rig.cabinet.command({ order: 'lift-card' });
  expect(changes).toBe(2);
  const state = rig.cabinet.state();
  expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  expect(state.printer.faults.paper).toBe('low');
});

test.each([
  ['code', { order: 'scan-code', text: ']Q1a-token-of-somebody' }, 'scanner'],
  ['social security card', { order: 'insert-social-card', card: 'daughter' }, 'social-card'],
] as const)('a %s is not what the line to a watcher is left with', async (_what, order, type) => {
  await using rig = await setUpRig();
  await rig.status('code-scanner', 'ok');
  await rig.status('social-card-reader', 'ok');
  await rig.order(order);
  await rig.next((event): event is typeof event => event.type === type);
  await expect.poll(() => rig.events.at(-1)?.type).toBe('snapshot');
});
