import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findLostPort, findPageLoss, findReady, isGeneration } from './messages.ts';

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

test('a page says which port it lost', () => {
  expect(findPageLoss({ type: 'yizhan-port-lost', generation: 7 })).toBe(7);
  expect(findPageLoss({ type: 'yizhan-port', generation: 7 })).toBeUndefined();
  expect(findPageLoss({ type: 'yizhan-port-lost', generation: '7' })).toBeUndefined();
});

test('nothing a page can send makes the shell throw', () => {
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withMap: true }), (value) => {
      expect(findLostPort(value)).toBeUndefined();
      expect(findPageLoss(value)).toBeUndefined();
      expect(isGeneration(value)).toBe(typeof value === 'number' && Number.isSafeInteger(value) && value > 0);
    }),
  );
});

test('a program says once that it is ready; what a library prints is passed over', () => {
  expect(findReady('{"ready":{"port":1}}')).toEqual({ port: 1 });
  for (const line of ['', 'warning: something', '{"ready":true}', '{"ready":null}', 'null', '[]', '{}']) {
    expect(findReady(line)).toBeUndefined();
  }
});
