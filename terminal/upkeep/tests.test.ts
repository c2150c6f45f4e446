/** Self-tests that take their time, and stays that end, or leave their page, while one runs. */
import { expect, it } from 'vitest';
import { TIMEOUTS } from '../visit/timeouts.ts';
import { createUpkeepBench } from './testing/upkeep-bench.ts';

/** As long as a page on the A4 printer may take; longer than an idle stay lasts. */
const LONG_MS = 180_000;

function startLongTest() {
  const bench = createUpkeepBench();
  bench.becomes({ device: 'a4-printer', state: 'ok', reason: null });
  const run = { finish: () => {}, isBrokenOff: () => false };
  bench.program.test = (device, signal) =>
    new Promise((resolve) => {
      run.isBrokenOff = () => signal.aborted;
      run.finish = () => resolve({ device, passed: true, state: 'ok', reason: null, findings: [] });
    });
  bench.signIn('maintainer');
  bench.ask({ do: 'open-device', device: 'a4-printer' });
  bench.ask({ do: 'self-test' });
  return { bench, run };
}

it('one that outlasts an idle stay is waited for, and the stay ends as ever after it', async () => {
  const { bench, run } = startLongTest();
  bench.clock.advance(LONG_MS);
  expect(run.isBrokenOff()).toBe(false);
  run.finish();
  await bench.settle();
  expect(bench.page()).toMatchObject({ kind: 'device', test: { run: { state: 'done', passed: true } } });
  bench.clock.advance(TIMEOUTS.upkeepIdleMs);
  expect(bench.page().kind).toBe('attract');
});

it.each(['back', 'home', 'leave'] as const)('one is broken off by "%s", and nobody is waited for', (type) => {
  const { bench, run } = startLongTest();
  bench.act({ type });
  expect(run.isBrokenOff()).toBe(true);
  bench.clock.advance(TIMEOUTS.upkeepIdleMs);
  expect(bench.page().kind).toBe('attract');
});
