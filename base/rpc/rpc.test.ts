import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventIterator, oc } from '@orpc/contract';
import { implement } from '@orpc/server';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../node/clock.ts';
import { dialPorts, listenPorts } from '../node/port-source.ts';
import { attempt, connect } from './connect.ts';
import { type Port, portPair } from './port.ts';
import { bytesSchema } from './schema.ts';
import { serve } from './serve.ts';

const contract = {
  echo: oc.input(bytesSchema).output(bytesSchema),
  never: oc.output(z.null()),
  count: oc.output(eventIterator(z.number())),
};
const server = implement(contract);
const router = server.router({
  echo: server.echo.handler(({ input }) => input),
  never: server.never.handler(() => new Promise<null>(() => {})),
  count: server.count.handler(async function* ({ signal }) {
    let n = 0;
    while (!signal?.aborted) {
      yield n++;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }),
});

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const clean of cleanups.splice(0)) clean();
});

function joined() {
  const [mine, theirs] = portPair();
  serve(router, theirs, { clock: systemClock, context: {}, onFault: () => {} });
  const connection = connect<typeof contract>(mine, { clock: systemClock, timeoutsMs: { never: 40 } });
  cleanups.push(() => connection.close());
  return { ...connection, theirs };
}

test('bytes cross as they are, all 256 values', async () => {
  const bytes = Uint8Array.from({ length: 1024 }, (_, index) => index & 255);
  expect(await joined().client.echo(bytes)).toEqual(bytes);
});

test('a wrong type is refused by the contract, not passed on', async () => {
  const answer = await attempt(joined().client.echo('text' as unknown as Uint8Array));
  expect(answer).toMatchObject({ ok: false, error: { code: 'failed' } });
});

test.each([
  'not JSON',
  'null',
  '7',
  '{"i":"1"}',
  '{"i":"1","p":{"u":7}}',
  '{"i":"1","p":{"u":"ftp:"}}',
  '{"i":"1","p":{"u":"/echo","h":{"a":{}}}}',
  '{"i":"1","t":3}',
  '{"i":"1","t":9,"p":{"u":"/echo"}}',
  Uint8Array.of(0xff, 0xfe, 0xfd),
])('a message that is none, %s, closes its line and ends nobody else', async (nonsense) => {
  const [mine, theirs] = portPair();
  const faults: unknown[] = [];
  serve(router, theirs, { clock: systemClock, context: {}, onFault: (error) => faults.push(error) });
  const closed = new Promise<void>((resolve) => mine.onClose(resolve));
  mine.postMessage(nonsense);
  await closed;
  expect(faults).toEqual([]);
});

test.each(['{"json":1,"meta":[[64,"a","b"]]}', '{"json":{},"meta":[[0,"__proto__","x"]]}', '7', 'null'])(
  'a body that is none, %s, is refused, and the line stays',
  async (body) => {
    const [mine, theirs] = portPair();
    const faults: unknown[] = [];
    serve(router, theirs, { clock: systemClock, context: {}, onFault: (error) => faults.push(error) });
    const connection = connect<typeof contract>(mine, { clock: systemClock });
    cleanups.push(() => connection.close());
    mine.postMessage(`{"i":"9","p":{"u":"/echo","b":${body}}}`);
    expect(await connection.client.echo(Uint8Array.of(7))).toEqual(Uint8Array.of(7));
    expect(faults).toEqual([]);
  },
);

test('a subscription that breaks its contract is a bug, and is told', async () => {
  const [mine, theirs] = portPair();
  const wrong = server.router({
    ...router,
    count: server.count.handler(async function* () {
      yield 1;
      yield 'two' as unknown as number;
    }),
  });
  const faults: unknown[] = [];
  serve(wrong, theirs, { clock: systemClock, context: {}, onFault: (error) => faults.push(error) });
  const connection = connect<typeof contract>(mine, { clock: systemClock });
  cleanups.push(() => connection.close());
  const seen: number[] = [];
  await expect(async () => {
    for await (const n of await connection.client.count()) seen.push(n);
  }).rejects.toThrow();
  expect({ seen, faults: faults.length }).toEqual({ seen: [1], faults: 1 });
});

test('a call that is never answered ends at its deadline', async () => {
  expect(await attempt(joined().client.never())).toMatchObject({ error: { code: 'timeout' } });
});

test('a call in flight, and one made later, fail when the peer goes', async () => {
  const { client, theirs } = joined();
  const inFlight = attempt(client.never());
  theirs.close();
  expect(await inFlight).toMatchObject({ error: { code: 'peer-lost' } });
  expect(await attempt(client.echo(Uint8Array.of(1)))).toMatchObject({ error: { code: 'peer-lost' } });
});

test('a subscription yields in order and ends with its port', async () => {
  const { client, theirs } = joined();
  const seen: number[] = [];
  const watching = (async () => {
    for await (const n of await client.count()) {
      seen.push(n);
      if (n === 3) theirs.close();
    }
  })();
  await watching.catch(() => {});
  expect(seen).toEqual([0, 1, 2, 3]);
});

test('a peer that hangs without closing is given up', async () => {
  let now = 0;
  const tasks: { at: number; task: () => void }[] = [];
  const clock = {
    wallMs: () => now,
    monoMs: () => now,
    after(delayMs: number, task: () => void) {
      const entry = { at: now + delayMs, task };
      tasks.push(entry);
      return () => void tasks.splice(tasks.indexOf(entry), 1);
    },
  };
  const mute: Port = { postMessage() {}, onMessage() {}, onClose() {}, close() {} };
  const connection = connect<typeof contract>(mute, { clock });
  const lost = new Promise<void>((resolve) => connection.onClose(resolve));
  for (let step = 0; step < 10; step++) {
    now += 1_000;
    for (const due of tasks.filter((entry) => entry.at <= now)) {
      tasks.splice(tasks.indexOf(due), 1);
      due.task();
    }
  }
  await lost;
  expect(await attempt(connection.client.never())).toMatchObject({ error: { code: 'peer-lost' } });
});

test('a program that comes back is dialled again, in a folder only its user enters', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-ports-'));
  const path = join(folder, 'run', 'a.sock');
  const dialled = dialPorts({ path, peer: 'a', clock: systemClock });
  cleanups.push(() => {
    dialled.close();
    rmSync(folder, { recursive: true });
  });
  const answers: { generation: number; answer: unknown }[] = [];
  let next: () => void = () => {};
  dialled.onPort(async ({ port, generation }) => {
    const { client } = connect<typeof contract>(port, { clock: systemClock });
    answers.push({ generation, answer: await attempt(client.echo(Uint8Array.of(7))) });
    next();
  });
  for (const generation of [1, 2]) {
    const arrived = new Promise<void>((resolve) => {
      next = resolve;
    });
    const source = await listenPorts({ path, peer: 'b' });
    source.onPort(({ port }) => serve(router, port, { clock: systemClock, context: {}, onFault: () => {} }));
    await arrived;
    expect(answers.at(-1)).toMatchObject({ generation, answer: { ok: true } });
    expect(statSync(join(folder, 'run')).mode & 0o777).toBe(0o700);
    source.close();
  }
});
