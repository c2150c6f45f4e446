import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aliveLine, findProgramWord, healthLine, readyLine } from './program-lines.ts';

test('a program’s own lines are understood', () => {
  expect(findProgramWord(readyLine({ port: 1 }))).toEqual({ kind: 'ready', ready: { port: 1 } });
  expect(findProgramWord(aliveLine(7))).toEqual({ kind: 'alive' });
  const health = { restarts: 1, checks: { store: 'ok', visit: 'waiting' } } as const;
  expect(findProgramWord(healthLine(health))).toEqual({ kind: 'health', health });
  // A word nobody knows is no good sign.
  const odd = '{"health":{"restarts":0,"checks":{"store":"fine"}}}';
  expect(findProgramWord(odd)).toMatchObject({ health: { checks: { store: 'ill' } } });
});

test('what a library prints is passed over', () => {
  for (const line of [
    '',
    'warning: something',
    '{"ready":true}',
    '{"ready":null}',
    '{"health":7}',
    '{"health":{"restarts":0}}',
    '{"health":{"restarts":0,"checks":null}}',
    'null',
    '[]',
    '{}',
    '7',
  ]) {
    expect(findProgramWord(line)).toBeUndefined();
  }
  fc.assert(fc.property(fc.string(), (line) => findProgramWord(`x${line}`) === undefined));
  fc.assert(fc.property(fc.json(), (line) => findProgramWord(line)?.kind !== 'ready'));
});
