import { expect, test } from 'vitest';
import { Watchers } from './watchers.ts';

test('each watcher has a snapshot, then every event in order', async () => {
  const watchers = new Watchers<number>(() => undefined);
  const first = watchers.watch(() => 0);
  const second = watchers.watch(() => 10);
  expect([(await first.next()).value, (await second.next()).value]).toEqual([0, 10]);
  watchers.tell(1);
  watchers.tell(2);
  expect([(await first.next()).value, (await first.next()).value, (await second.next()).value]).toEqual([
    1, 2, 1,
  ]);
});

test('a watcher that waits is ended by its signal, and the last to leave is noticed', async () => {
  let isNobody = false;
  const watchers = new Watchers<number>(() => {
    isNobody = true;
  });
  const controller = new AbortController();
  const staying = watchers.watch(() => 0);
  await staying.next();
  const events = watchers.watch(() => 0, controller.signal);
  await events.next();
  const waiting = events.next();
  controller.abort();
  expect((await waiting).done).toBe(true);
  expect([watchers.count, isNobody]).toEqual([1, false]);
  await staying.return();
  expect([watchers.count, isNobody]).toEqual([0, true]);
});

test('a watcher that hangs is let go instead of filling the memory', async () => {
  const watchers = new Watchers<number>(() => undefined);
  const events = watchers.watch(() => 0);
  await events.next();
  for (let event = 0; event < 300; event += 1) watchers.tell(event);
  expect((await events.next()).done).toBe(true);
  expect(watchers.count).toBe(0);
});
