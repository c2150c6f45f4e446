/** A village stopped and started again where it was, as a developer does every day. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { systemClock } from '../base/node/clock.ts';
import { dialPorts } from '../base/node/port-source.ts';
import { connect } from '../base/rpc/connect.ts';
import { socketPaths } from '../host/programs.ts';
import type { ScreenContract } from '../terminal/api.ts';
import { type Stack, startStack } from './stack.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

function start(dataDir: string): Promise<Stack> {
  return startStack({
    dataDir,
    form: 'source',
    screens: 'browser',
    ports: { screen: 0, dock: 0, desk: 0 },
  });
}

/** Resolves once the terminal says that it reaches its platform. */
async function online(stack: Stack): Promise<void> {
  const ports = dialPorts({
    path: socketPaths(stack.folders.run).screen,
    peer: 'terminal',
    clock: systemClock,
  });
  const { client, close } = await new Promise<ReturnType<typeof connect<ScreenContract>>>((resolve) =>
    ports.onPort(({ port }) => resolve(connect<ScreenContract>(port, { clock: systemClock }))),
  );
  for await (const view of await client.watch()) {
    if (view.network === 'online') break;
  }
  close();
  ports.close();
}

it('reaches its platform again after the next start, and refuses a second one on its folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-again-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  const first = await start(folder);
  await online(first);
  await first.stop();

  const second = await start(folder);
  cleanups.push(() => second.stop());
  await online(second);
  await expect(start(folder)).rejects.toThrow('running already');
});
