import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findLostPort } from './messages.ts';

test('a program says which port it lost', () => {
  expect(findLostPort({ type: 'port-lost', peer: 'screen', generation: 3 })).toEqual({
    peer: 'screen',
    generation: 3,
  });
  for (const wrong of [
    { type: 'port-lost', peer: 'nobody', generation: 3 },
    { type: 'port-lost', peer: 'screen', generation: 0 },
    { type: 'port-lost', peer: 'screen', generation: 1.5 },
    { type: 'port', peer: 'screen', generation: 3 },
    { type: 'port-lost' },
  ]) {
    expect(findLostPort(wrong)).toBeUndefined();
  }
});

test('nothing a program can send makes the shell throw', () => {
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withMap: true }), (value) => {
      expect(findLostPort(value)).toBeUndefined();
    }),
  );
});
