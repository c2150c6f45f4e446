import { expect, it } from 'vitest';
import { watchKeeper } from '../visit/testing/watched-keeper.ts';
import { RING_SIZE } from './device-events.ts';
import { createUpkeepBench } from './testing/upkeep-bench.ts';

it('keeps the last two thousand, counts what went, and outlives a crash', () => {
  const keeper = watchKeeper();
  const { events } = keeper.upkeep;
  for (let at = 1; at <= RING_SIZE + 7; at += 1)
    events.add({ atMs: at, device: at % 2 === 0 ? 'card-reader' : null, event: { type: 'hung' } });
  expect(events.dropped()).toBe(7);
  expect(events.newest(RING_SIZE * 2)).toHaveLength(RING_SIZE);
  expect(events.newest(3).map(({ atMs }) => atMs)).toEqual([2_007, 2_006, 2_005]);
  expect(events.newest(2, 'card-reader').map(({ atMs }) => atMs)).toEqual([2_006, 2_004]);
  const again = keeper.crash().upkeep.events;
  expect(again.dropped()).toBe(7);
  expect(again.newest(1)).toEqual([{ atMs: 2_007, device: null, event: { type: 'hung' } }]);
});

it('lets go of what a full disk cannot take', () => {
  const keeper = watchKeeper();
  keeper.fill(true);
  keeper.upkeep.events.add({ atMs: 1, device: null, event: { type: 'devices-lost' } });
  keeper.fill(false);
  expect(keeper.upkeep.events.newest(9)).toEqual([]);
});

it('a device that only starts, prints or says the same again leaves no line', () => {
  const bench = createUpkeepBench();
  const count = () => bench.keeper.upkeep.events.newest(99).length;
  const before = count();
  bench.becomes({ device: 'slip-printer', state: 'busy', reason: null, linesPrinted: 9 });
  bench.becomes({ device: 'slip-printer', state: 'ok', reason: null, linesPrinted: 9 });
  bench.becomes({ device: 'card-reader', state: 'starting', reason: null });
  bench.becomes({ device: 'card-reader', state: 'ok', reason: null });
  expect(count()).toBe(before);
  bench.upkeep.news.hung('card-reader');
  bench.becomes({ device: 'card-reader', state: 'fault', reason: 'not-answering' });
  bench.upkeep.news.lost();
  expect(bench.keeper.upkeep.events.newest(3)).toMatchObject([
    { device: null, event: { type: 'devices-lost' } },
    { device: 'card-reader', event: { type: 'status', state: 'fault', reason: 'not-answering' } },
    { device: 'card-reader', event: { type: 'hung' } },
  ]);
});

it('since when a device stands so is known through a restart of the terminal', () => {
  const bench = createUpkeepBench();
  const sinceMs = bench.clock.wallMs();
  bench.clock.advance(3_600_000);
  const again = createUpkeepBench({ keeper: bench.keeper.crash() });
  again.signIn('maintainer');
  expect(again.page()).toMatchObject({
    devices: [{ device: 'card-reader', state: 'ok', sinceMs }, { sinceMs }],
  });
});
