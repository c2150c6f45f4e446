import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aliveLine, findProgramWord, readyLine } from './program-lines.ts';

test('a program’s own lines are understood', () => {
  expect(findProgramWord(readyLine({ port: 1 }))).toEqual({ kind: 'ready', ready: { port: 1 } });
  expect(findProgramWord(aliveLine(7))).toEqual({ kind: 'alive' });
});

test('what a library prints is passed over', () => {
  for (const line of [
    '',
    'warning: something',
    '{"ready":true}',
    '{"ready":null}',
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
