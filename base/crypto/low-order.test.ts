import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8 } from '../bytes.ts';
import { isLowOrder, lowOrderKeys } from './low-order.ts';
import { createCrypto } from './self-test.ts';

const crypto = createCrypto();
const seal = (recipient: Uint8Array) => () =>
  crypto.seal({ recipient, info: utf8('test'), aad: new Uint8Array(0), plain: utf8('words') });

test('a key of low order is known as such, and nothing can be sealed to it', () => {
  expect(lowOrderKeys()).toHaveLength(14);
  for (const key of lowOrderKeys()) {
    expect(isLowOrder(key)).toBe(true);
    expect(seal(key)).toThrow();
  }
});

test('whatever else 32 bytes say, something can be sealed to it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (key) => {
      fc.pre(!isLowOrder(key));
      expect(seal(key)).not.toThrow();
    }),
  );
});
