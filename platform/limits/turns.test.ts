import { expect, it } from 'vitest';
import { createTurns } from './turns.ts';

const never = new AbortController().signal;

it('gives turns in order of coming, and to no more at once', async () => {
  const turns = createTurns({ atOnce: 2, waiting: 3 });
  const first = await turns.take(never);
  await turns.take(never);
  const served: string[] = [];
  const later = ['a', 'b', 'c'].map((name) =>
    turns.take(never).then((turn) => {
      served.push(name);
      return turn;
    }),
  );
  expect(await turns.take(never)).toBeUndefined();
  first?.giveBack();
  // Given back twice, it is one turn all the same.
  first?.giveBack();
  const a = await later[0];
  await Promise.resolve();
  expect(served).toEqual(['a']);
  a?.giveBack();
  (await later[1])?.giveBack();
  await later[2];
  expect(served).toEqual(['a', 'b', 'c']);
});

it('passes over whoever left', async () => {
  const turns = createTurns({ atOnce: 1, waiting: 5 });
  const first = await turns.take(never);
  const leaving = new AbortController();
  const left = turns.take(leaving.signal);
  const next = turns.take(never);
  leaving.abort();
  expect(await left).toBeUndefined();
  first?.giveBack();
  expect(await next).toBeDefined();
  expect(await turns.take(leaving.signal)).toBeUndefined();
});
