import { type ChildProcess, spawn } from 'node:child_process';
import { expect, it } from 'vitest';
import { systemAfter } from './clock.ts';
import { endLeftovers, SOFTWARE_VARIABLE } from './leftovers.ts';

/** A process of that software, deaf to being asked. */
function leave(software: string): ChildProcess {
  return spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1e6)'], {
    ...{ stdio: 'ignore', env: { ...process.env, [SOFTWARE_VARIABLE]: software } },
  });
}

it('ends what is left, and what is of other software lives on', async () => {
  const [mine, other] = [leave('/made/up/software'), leave('/made/up/software2')];
  const ended = new Promise((resolve) => mine.once('exit', resolve));
  await endLeftovers('/made/up/software', systemAfter, 0);
  await ended;
  expect(other.exitCode ?? other.signalCode).toBeNull();
  other.kill('SIGKILL');
});

it('goes on without what no signal ends: a machine is not kept waiting for it for ever', async () => {
  let waitedMs = 0;
  const after = (delayMs: number, task: () => void) => {
    waitedMs += delayMs;
    if (waitedMs < 60_000) setImmediate(task);
    return () => {};
  };
  // Above any number a process can have.
  await endLeftovers('/made/up/deaf', after, 100, () => [2 ** 30]);
  expect(waitedMs).toBe(15_000);
}, 5_000);
