/** Staff passwords, kept as scrypt keys that name their own cost (RFC 7914). */
import { findBase64Url, toBase64Url } from '../../base/bytes.ts';
import type { Crypto, ScryptCost } from '../../base/crypto/api.ts';
import { scryptKey } from '../../base/node/scrypt.ts';

/** About a fifth of a second and 32 MB a guess. */
const COST: ScryptCost = { N: 2 ** 15, r: 8, p: 3 };
const KEY_BYTES = 32;

/** What is stored for a password: `scrypt$N$r$p$salt$key`. */
export async function hashPassword(crypto: Crypto, password: string, cost = COST): Promise<string> {
  const salt = crypto.randomBytes(16);
  const key = await scryptKey(password, salt, cost, KEY_BYTES);
  return ['scrypt', cost.N, cost.r, cost.p, toBase64Url(salt), toBase64Url(key)].join('$');
}

/** Whether `password` is the stored one; as long a computation when nothing is stored. */
export async function isPassword(
  crypto: Crypto,
  password: string,
  stored: string | undefined,
): Promise<boolean> {
  const [scheme, N, r, p, saltText = '', keyText = ''] = (stored ?? '').split('$');
  const salt = findBase64Url(saltText);
  const wanted = findBase64Url(keyText);
  if (scheme !== 'scrypt' || !salt || wanted?.length !== KEY_BYTES) {
    await scryptKey(password, new Uint8Array(16), COST, KEY_BYTES);
    return false;
  }
  const key = await scryptKey(password, salt, { N: Number(N), r: Number(r), p: Number(p) }, KEY_BYTES);
  return isSame(crypto, key, wanted);
}

/** Compares by keyed hashes, so that time tells nothing of where two secrets differ. */
export function isSame(crypto: Crypto, a: Uint8Array, b: Uint8Array): boolean {
  const key = crypto.randomBytes(32);
  return toBase64Url(crypto.hmacSha256(key, a)) === toBase64Url(crypto.hmacSha256(key, b));
}
