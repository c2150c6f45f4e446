import { expect, test } from 'vitest';
import { LIVENESS, watchLiveness } from './liveness.ts';

/** A watched program that says what the test lets it, and a clock whose looks the test makes. */
function watched() {
  let task: (() => void) | undefined;
  let sayAlive = () => {};
  let sayReady = () => {};
  let hung = 0;
  const ready = new Promise<Readonly<Record<string, unknown>>>((resolve) => {
    sayReady = () => resolve({});
  });
  const cancel = watchLiveness({
    handle: {
      ready,
      onAlive: (listener) => {
        sayAlive = listener;
      },
    },
    clock: {
      wallMs: () => 0,
      monoMs: () => 0,
      after: (_delayMs, next) => {
        task = next;
        return () => {
          task = undefined;
        };
      },
    },
    onHung: () => {
      hung += 1;
    },
  });
  const look = (times: number) => {
    for (let time = 0; time < times; time += 1) {
      const next = task;
      task = undefined;
      next?.();
    }
  };
  return { look, cancel, alive: () => sayAlive(), up: () => sayReady(), hung: () => hung };
}

test('a program that says it lives is left alone, one that falls silent is not', async () => {
  const program = watched();
  program.up();
  await Promise.resolve();
  for (let round = 0; round < 20; round += 1) {
    program.look(LIVENESS.silentLooks - 1);
    program.alive();
  }
  expect(program.hung()).toBe(0);
  program.look(LIVENESS.silentLooks);
  expect(program.hung()).toBe(1);
  program.look(100);
  expect(program.hung()).toBe(1);
});

test('a program that is not up yet has longer, not for ever', async () => {
  const program = watched();
  program.look(LIVENESS.silentLooksAtStart - 1);
  expect(program.hung()).toBe(0);
  program.up();
  await Promise.resolve();
  program.look(LIVENESS.silentLooks - 1);
  expect(program.hung()).toBe(0);

  const never = watched();
  never.look(LIVENESS.silentLooksAtStart);
  expect(never.hung()).toBe(1);
});

test('a program that has ended is watched no more', () => {
  const program = watched();
  program.cancel();
  program.look(1_000);
  expect(program.hung()).toBe(0);
});
