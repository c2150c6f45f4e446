import { scrypt } from 'node:crypto';
import type { ScryptCost } from '../crypto/api.ts';

/** A key of `length` bytes from a password (RFC 7914), computed off the main thread. */
export function scryptKey(
  password: string,
  salt: Uint8Array,
  cost: ScryptCost,
  length: number,
): Promise<Uint8Array> {
  const maxmem = 256 * cost.N * cost.r;
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, length, { ...cost, maxmem }, (error, key) =>
      error ? reject(error) : resolve(new Uint8Array(key)),
    );
  });
}
