import { expect, it } from 'vitest';
import { createHandClock } from '../../sync/testing/hand-clock.ts';
import { abortSignalOf, newHangUp } from '../gone.ts';
import { createBell } from './bell.ts';

const ONE = new Uint8Array(16).fill(1);
const OTHER = new Uint8Array(16).fill(2);

function rig() {
  const clock = createHandClock(0);
  const bell = createBell(clock);
  const woken: string[] = [];
  const sleep = (name: string, terminalId: Uint8Array, timeoutMs: number, gone = newHangUp()) => {
    void bell.wait(terminalId, timeoutMs, gone).then(() => woken.push(name));
    return gone;
  };
  const until = async (untilMs: number) => {
    while (clock.step(untilMs));
    // Promises that were resolved are heard.
    await new Promise((resolve) => setImmediate(resolve));
    return woken.splice(0);
  };
  return { clock, bell, sleep, until };
}

it('wakes all polls of the terminal that is rung for, and no other', async () => {
  const { bell, sleep, until } = rig();
  sleep('a', ONE, 1_000);
  sleep('b', ONE, 25_000);
  sleep('c', OTHER, 25_000);
  bell.ring(ONE);
  expect(await until(0)).toEqual(['a', 'b']);
  bell.ring(ONE);
  expect(await until(24_999)).toEqual([]);
  expect(await until(25_100)).toEqual(['c']);
});

it('wakes nobody early and each soon after, however many share a timer', async () => {
  const { clock, sleep, until } = rig();
  for (const index of Array.from({ length: 30 }, (_, each) => each)) {
    sleep(`${index}`, new Uint8Array(16).fill(index), 1_000 + index);
  }
  expect(await until(999)).toEqual([]);
  // All others asked for longer.
  expect(await until(1_000)).toEqual(['0']);
  expect(await until(1_129)).toHaveLength(29);
  expect(clock.step(Number.MAX_SAFE_INTEGER)).toBe(false);
});

it('forgets who hung up, and leaves no timer behind', async () => {
  const { clock, sleep, until } = rig();
  const gone = sleep('a', ONE, 5_000);
  sleep('b', ONE, 5_000).abort();
  gone.abort();
  expect(await until(0)).toEqual(['b', 'a']);
  expect(clock.step(10_000)).toBe(false);
  sleep('c', ONE, 5_000, gone);
  expect(await until(10_000)).toEqual(['c']);
});

it('holds no more polls of one terminal than it may have', async () => {
  const { sleep, until } = rig();
  for (const name of ['1', '2', '3', '4', '5', '6', '7', '8', 'too many']) sleep(name, ONE, 5_000);
  sleep('another’s', OTHER, 5_000);
  expect(await until(0)).toEqual(['too many']);
  expect(await until(5_100)).toHaveLength(9);
});

it('tells who needs a real signal', () => {
  const gone = newHangUp();
  const signal = abortSignalOf(gone);
  expect(signal.aborted).toBe(false);
  gone.abort();
  expect(signal.aborted).toBe(true);
  expect(abortSignalOf(gone).aborted).toBe(true);
  expect(abortSignalOf(signal)).toBe(signal);
});
