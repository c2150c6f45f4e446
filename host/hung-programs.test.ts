import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type TestContext, test } from 'vitest';
import { systemClock } from '../base/node/clock.ts';
import { startChild } from './child-process.ts';
import { type Supervised, supervise } from './supervisor.ts';

const ENTRY = join(import.meta.dirname, 'testing', 'odd-program.ts');

/** A real program, supervised; only its first start spins. */
function superviseOdd(
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
  options: { readonly spins?: boolean; readonly eats?: boolean },
): Supervised & { readonly logged: string[]; readonly renewals: () => number } {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-hung-'));
  const logged: string[] = [];
  let renewals = 0;
  const supervised = supervise({
    name: 'odd',
    onRenewal: () => {
      renewals += 1;
    },
    clock: systemClock,
    log: (name) => void logged.push(name),
    start: (generation) =>
      startChild({
        name: 'odd',
        entry: ENTRY,
        config: {
          spins: options.spins === true && generation === 1,
          eats: options.eats === true && generation === 1,
        },
        configPath: join(folder, 'odd.json'),
        logPath: join(folder, 'odd.log'),
      }),
  });
  onTestFinished(async () => {
    await supervised.stop();
    rmSync(folder, { recursive: true });
  });
  return { ...supervised, logged, renewals: () => renewals };
}

async function secondStart(supervised: Supervised): Promise<unknown> {
  while (supervised.generation() < 2 || supervised.findHandle() === undefined)
    await new Promise((resolve) => setTimeout(resolve, 50));
  return supervised.findHandle()?.ready;
}

test('lines that are no word of the program are passed over', async (context) => {
  const odd = superviseOdd(context, { spins: false });
  expect(await odd.firstReady).toEqual({ pid: expect.any(Number) });
});

test.concurrent('a program that spins for ever is killed and started again', async (context) => {
  const odd = superviseOdd(context, { spins: true });
  const first = await odd.firstReady;
  const second = await secondStart(odd);
  expect(second).toEqual({ pid: expect.any(Number) });
  expect(second).not.toEqual(first);
  expect(odd.logged).toEqual(['program.hung', 'program.restart']);
});

test.concurrent('so is one that is stopped', async (context) => {
  const odd = superviseOdd(context, { spins: false });
  const first = await odd.firstReady;
  odd.findHandle()?.kill('SIGSTOP');
  expect(await secondStart(odd)).not.toEqual(first);
  expect(odd.logged).toEqual(['program.hung', 'program.restart']);
});

test.concurrent('one that holds too much memory ends, and is started again', async (context) => {
  const odd = superviseOdd(context, { eats: true });
  const first = await odd.firstReady;
  const second = await secondStart(odd);
  expect(second).not.toEqual(first);
  expect(odd.logged).toEqual(['program.restart']);
  expect(odd.crashes()).toBe(1);
});

test.concurrent('one that ends in order is said to begin anew, and one that is killed is not', async (context) => {
  const odd = superviseOdd(context, { spins: false });
  const first = await odd.firstReady;
  odd.renew();
  expect(await secondStart(odd)).not.toEqual(first);
  expect([odd.renewals(), odd.logged]).toEqual([1, ['program.restart']]);
  odd.findHandle()?.kill('SIGKILL');
  while (odd.generation() < 3) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(odd.renewals()).toBe(1);
});
