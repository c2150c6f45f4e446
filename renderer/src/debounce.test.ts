import { expect, test } from 'vitest';
import { createDebounce } from './debounce.ts';

/** A clock whose time passes by hand. */
function handClock() {
  let tasks: { readonly task: () => void }[] = [];
  return {
    after(_: number, task: () => void) {
      const entry = { task };
      tasks.push(entry);
      return () => {
        tasks = tasks.filter((other) => other !== entry);
      };
    },
    pass() {
      for (const { task } of tasks.splice(0)) task();
    },
  };
}

test('only the last of what was typed in a row is told', () => {
  const clock = handClock();
  const debounce = createDebounce(clock, 300);
  const told: string[] = [];
  for (const text of ['1', '13', '138']) debounce.run(() => told.push(text));
  clock.pass();
  expect(told).toEqual(['138']);
});

test('what was cancelled is never told', () => {
  const clock = handClock();
  const debounce = createDebounce(clock, 300);
  const told: string[] = [];
  debounce.run(() => told.push('1'));
  debounce.cancel();
  clock.pass();
  expect(told).toEqual([]);
});

test('what waits is told at once where nobody may wait for it, and once alone', () => {
  const clock = handClock();
  const debounce = createDebounce(clock, 300);
  const told: string[] = [];
  debounce.flush();
  debounce.run(() => told.push('13'));
  debounce.run(() => told.push('138'));
  debounce.flush();
  expect(told).toEqual(['138']);
  clock.pass();
  debounce.flush();
  expect(told).toEqual(['138']);
  debounce.run(() => told.push('1380'));
  clock.pass();
  debounce.flush();
  expect(told).toEqual(['138', '1380']);
});
