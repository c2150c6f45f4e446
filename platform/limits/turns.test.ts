import { expect, it } from 'vitest';
import { createTurns } from './turns.ts';

const never = new AbortController().signal;

it('gives turns in order of coming, and to no more at once', async () => {
  const turns = createTurns({ atOnce: 2, waiting: 3 });
  const first = await turns.take(never, 1);
  await turns.take(never, 1);
  const served: string[] = [];
  const later = ['a', 'b', 'c'].map((name) =>
    turns.take(never, 1).then((turn) => {
      served.push(name);
      return turn;
    }),
  );
  expect(await turns.take(never, 1)).toBeUndefined();
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
  const first = await turns.take(never, 1);
  const leaving = new AbortController();
  const left = turns.take(leaving.signal, 1);
  const next = turns.take(never, 1);
  leaving.abort();
  expect(await left).toBeUndefined();
  first?.giveBack();
  expect(await next).toBeDefined();
  expect(await turns.take(leaving.signal, 1)).toBeUndefined();
});

it('reckons by size, and lets nobody small pass who is large', async () => {
  const turns = createTurns({ atOnce: 10, waiting: 5 });
  const [six, three] = [await turns.take(never, 6), await turns.take(never, 3)];
  const served: string[] = [];
  const take = (name: string, size: number) =>
    turns.take(never, size).then((turn) => {
      served.push(name);
      return turn;
    });
  const later = [take('larger than all', 99), take('one', 1), take('two', 2)];
  three?.giveBack();
  await Promise.resolve();
  expect(served).toEqual([]);
  six?.giveBack();
  (await later[0])?.giveBack();
  await Promise.all(later);
  expect(served).toEqual(['larger than all', 'one', 'two']);
});
