import { findHex, toHex } from '../bytes.ts';

/** The u-coordinates of low order below 2^255, little-endian: 0, 1, two of order 8, then p − 1, p and p + 1. */
const LOW_ORDER: ReadonlySet<string> = new Set([
  '00'.repeat(32),
  `01${'00'.repeat(31)}`,
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  `ec${'ff'.repeat(30)}7f`,
  `ed${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(30)}7f`,
]);

/**
 * Whether an X25519 public key (32 raw bytes) is of low order: the secret shared with it is known to anyone, so
 * nothing is sealed to it (RFC 7748 §6.1, RFC 9180 §7.1.4). A key that another made up is asked this first, for
 * `Crypto.seal` throws.
 */
export function isLowOrder(publicKey: Uint8Array): boolean {
  // X25519 does not look at the top bit.
  return LOW_ORDER.has(toHex(publicKey.with(31, publicKey[31]! & 0x7f)));
}

/** All such keys, for tests: each with the top bit clear and set. */
export function lowOrderKeys(): readonly Uint8Array[] {
  return [...LOW_ORDER].flatMap((hex) => {
    const key = findHex(hex)!;
    return [key, key.with(31, key[31]! | 0x80)];
  });
}
