/** Looks while somebody listens: one row of them, whoever comes and goes, and none when nobody is there. */
import { expect, it } from 'vitest';
import type { Clock } from '../../base/clock.ts';
import { lookWhileHeard } from './look-while-heard.ts';

/** Timers that stand until they are let go. */
function stillClock() {
  const timers = new Set<() => void>();
  const clock: Clock = {
    wallMs: () => 0,
    monoMs: () => 0,
    after(_delayMs, task) {
      timers.add(task);
      return () => timers.delete(task);
    },
  };
  /** All that are due, and what follows from them. */
  async function pass(): Promise<void> {
    for (const task of [...timers]) {
      timers.delete(task);
      task();
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { clock, timers, pass };
}

it('begins no second row of looks where the only page is left for another while a look is under way', async () => {
  const { clock, timers, pass } = stillClock();
  let ready = () => {};
  const look = () => new Promise<boolean>((resolve) => (ready = () => resolve(true)));
  const onChange = lookWhileHeard({ clock, log: () => undefined }, { firstMs: 0, everyMs: 1_000, look });
  let told = 0;
  let leave = onChange(() => undefined);
  for (let page = 0; page < 5; page += 1) {
    await pass();
    leave();
    leave = onChange(() => (told += 1));
    ready();
    await new Promise((resolve) => setImmediate(resolve));
    expect(timers.size).toBe(1);
  }
  expect(told).toBe(5);
  leave();
  expect(timers.size).toBe(0);
});

it('goes on after a look that failed, and ends with the last listener', async () => {
  const { clock, timers, pass } = stillClock();
  const faults: unknown[] = [];
  const look = () => Promise.reject(new Error('the database is away'));
  const log = (...said: unknown[]) => void faults.push(said);
  const onChange = lookWhileHeard({ clock, log }, { firstMs: 0, everyMs: 1_000, look });
  const [one, other] = [onChange(() => undefined), onChange(() => undefined)];
  await pass();
  await pass();
  expect([faults.length, timers.size]).toEqual([2, 1]);
  one();
  expect(timers.size).toBe(1);
  other();
  expect(timers.size).toBe(0);
});
