import { expect, it } from 'vitest';
import { handClock } from '../testing/keeper-world.ts';
import { watchLauncher } from './launcher-news.ts';

it('tells of what the launcher says once it is another word, and once each', () => {
  const clock = handClock();
  let says: object = {};
  let told = 0;
  const stop = watchLauncher(
    clock,
    () => says,
    () => {
      told += 1;
    },
  );
  const pass = () => {
    for (let looks = 0; looks < 3; looks += 1) clock.advance(10_000);
  };
  pass();
  expect(told).toBe(0);
  says = { update: { version: '2', state: 'committed' } };
  pass();
  expect(told).toBe(1);
  says = { update: { version: '2', state: 'crashed-later' } };
  pass();
  expect(told).toBe(2);
  stop();
  says = {};
  pass();
  expect(told).toBe(2);
});
