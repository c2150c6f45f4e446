import { expect, test } from 'vitest';
import { virtualClock } from './testing/virtual-clock.ts';
import { type LifeSigns, watchDriver } from './watchdog.ts';

const LIMIT_MS = 1_000;

function setUp() {
  const clock = virtualClock();
  const story: string[] = [];
  const signs: LifeSigns[] = [];
  const watched = watchDriver({
    clock,
    limitMs: LIMIT_MS,
    start(given) {
      const name = `driver ${signs.push(given)}`;
      story.push(`${name} starts`);
      return { name, stop: () => story.push(`${name} stops`) };
    },
    onHang: () => story.push('hung'),
  });
  return { clock, story, signs, watched };
}

test('a driver that shows life is left alone', async () => {
  const { clock, story, signs } = setUp();
  for (let second = 0; second < 60; second += 1) {
    await clock.pass(LIMIT_MS - 1);
    signs[0]?.alive();
  }
  expect(story).toEqual(['driver 1 starts']);
});

test('one that hangs is stopped and another started, as often as it takes', async () => {
  const { clock, story, watched } = setUp();
  await clock.pass(2 * LIMIT_MS);
  expect(story).toEqual([
    'driver 1 starts',
    'driver 1 stops',
    'hung',
    'driver 2 starts',
    'driver 2 stops',
    'hung',
    'driver 3 starts',
  ]);
  expect(watched.current().name).toBe('driver 3');
});

test('what a replaced driver still says is not heard, and is no sign of the next one’s life', async () => {
  const { clock, signs, story } = setUp();
  const heard: string[] = [];
  const say = signs[0]?.own((text: string) => heard.push(text));
  say?.('before');
  await clock.pass(LIMIT_MS);
  expect(story.at(-1)).toBe('driver 2 starts');
  await clock.pass(LIMIT_MS - 1);
  say?.('after');
  await clock.pass(1);
  expect(heard).toEqual(['before']);
  expect(story.at(-1)).toBe('driver 3 starts');
});

test('restarted by hand, the driver before is closed and heard no more', async () => {
  const { clock, story, signs, watched } = setUp();
  const heard: string[] = [];
  const say = signs[0]?.own((text: string) => heard.push(text));
  await clock.pass(LIMIT_MS - 1);
  watched.restart();
  say?.('after');
  await clock.pass(LIMIT_MS - 1);
  expect(story).toEqual(['driver 1 starts', 'driver 1 stops', 'driver 2 starts']);
  expect(heard).toEqual([]);
});

test('a driver whose silence says nothing is never taken for hung', async () => {
  const clock = virtualClock();
  let starts = 0;
  watchDriver({
    clock,
    limitMs: null,
    start() {
      starts += 1;
      return { stop: () => {} };
    },
    onHang: () => expect.unreachable(),
  });
  await clock.pass(100 * LIMIT_MS);
  expect(starts).toBe(1);
});

test('stopped, it starts nothing more', async () => {
  const { clock, story, signs, watched } = setUp();
  watched.stop();
  signs[0]?.alive();
  await clock.pass(10 * LIMIT_MS);
  expect(story).toEqual(['driver 1 starts', 'driver 1 stops']);
});
