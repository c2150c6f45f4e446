import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { oc } from '@orpc/contract';
import { implement } from '@orpc/server';
import { WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { systemClock } from '../../base/node/clock.ts';
import { dialPorts, listenPorts } from '../../base/node/port-source.ts';
import { connect } from '../../base/rpc/connect.ts';
import { serve } from '../../base/rpc/serve.ts';
import { type Figure, p50p99, timeEach, timeInTurns, timesAsLong } from './measure.ts';

const contract = { echo: oc.input(z.object({ text: z.string() })).output(z.object({ text: z.string() })) };
const TURNS = 20;
const CALLS_EACH = 100;

/** One call between two ends of a socket file, beside a bare message there and back on the same kind of line. */
export async function benchRpc(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-bench-'));
  const input = { text: 'x'.repeat(200) };

  const path = join(folder, 'a', 'rpc.sock');
  const source = await listenPorts({ path, peer: 'bench' });
  const server = implement(contract);
  const router = server.router({ echo: server.echo.handler(({ input: given }) => given) });
  source.onPort(({ port }) => serve(router, port, { clock: systemClock, context: {}, onFault: () => {} }));
  const dialled = dialPorts({ path, peer: 'bench', clock: systemClock });
  const connection = await new Promise<ReturnType<typeof connect<typeof contract>>>((resolve) => {
    dialled.onPort(({ port }) => resolve(connect<typeof contract>(port, { clock: systemClock })));
  });

  const bare = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise((resolve) => bare.once('listening', resolve));
  bare.on('connection', (socket) => socket.on('message', (data) => socket.send(data)));
  const line = new WebSocket(`ws://127.0.0.1:${(bare.address() as { port: number }).port}`);
  await new Promise((resolve) => line.once('open', resolve));
  const bounce = () => () =>
    new Promise((resolve) => {
      line.once('message', resolve);
      line.send(JSON.stringify(input));
    });

  const call = () => () => connection.client.echo(input);
  for (const warmUp of [call, bounce]) await timeEach(5 * CALLS_EACH, warmUp);
  const [calls = [], bounces = []] = await timeInTurns(TURNS, CALLS_EACH, [call, bounce]);

  dialled.close();
  source.close();
  line.terminate();
  bare.close();
  rmSync(folder, { recursive: true });
  return [
    {
      what: 'RPC call between two programs’ ends, p50 (p99)',
      ours: p50p99(calls),
      aim: null,
      beside: [
        { what: 'bare message there and back', theirs: p50p99(bounces), ratio: timesAsLong(calls, bounces) },
      ],
    },
  ];
}
