/** Upkeep while the machine serves nobody: then it is wanted most. */
import { expect, it } from 'vitest';
import { ELDER, readOf } from '../visit/testing/people.ts';
import { TIMEOUTS } from '../visit/timeouts.ts';
import { createUpkeepBench, type UpkeepBench } from './testing/upkeep-bench.ts';

function outOfService() {
  const bench = createUpkeepBench();
  bench.world.service = 'not-enrolled';
  bench.authority.refresh();
  expect(bench.page()).toEqual({ kind: 'out-of-service', reason: 'not-enrolled' });
  return bench;
}

it.each([
  ['leaves', (bench: UpkeepBench) => void bench.act({ type: 'leave' })],
  ['goes away', (bench: UpkeepBench) => bench.clock.advance(TIMEOUTS.upkeepIdleMs)],
])('opens, goes on, and leads back to that page once somebody %s', (_how, end) => {
  const bench = outOfService();
  bench.signIn('maintainer');
  expect(bench.page().kind).toBe('devices');
  bench.becomes({ device: 'slip-printer', state: 'fault', reason: 'paper-out' });
  bench.ask({ do: 'open-device', device: 'slip-printer' });
  expect(bench.page()).toMatchObject({ kind: 'device', line: { reason: 'paper-out' } });
  end(bench);
  expect(bench.page()).toEqual({ kind: 'out-of-service', reason: 'not-enrolled' });
});

it('serves nobody meanwhile: a card is overwritten and begins nothing', () => {
  const bench = outOfService();
  bench.signIn('caretaker');
  const read = readOf(ELDER);
  bench.authority.readerSaid({ type: 'identity', read });
  expect(read.photo.every((byte) => byte === 0)).toBe(true);
  expect(bench.page().kind).toBe('caretaker');
  expect(bench.act({ type: 'go', to: 'no-card' })).toMatchObject({ ok: false });
});

it('is not thrown out when service is lost or comes back', () => {
  const bench = createUpkeepBench();
  bench.signIn('caretaker');
  for (const service of ['store', 'up', 'starting'] as const) {
    bench.world.service = service;
    bench.authority.refresh();
    expect(bench.page().kind).toBe('caretaker');
  }
  bench.world.service = 'up';
  bench.authority.refresh();
  bench.act({ type: 'leave' });
  expect(bench.page().kind).toBe('attract');
});

it('stops with the terminal all the same', () => {
  const bench = outOfService();
  bench.signIn('maintainer');
  bench.authority.stop();
  expect(bench.page().kind).toBe('out-of-service');
});
