/** What is kept of a PIN: a key from which it cannot be read, with the cost of one guess beside it. */
import { equalBytes, findBase64Url, toBase64Url, utf8 } from '../../base/bytes.ts';
import type { Crypto, ScryptCost } from '../../base/crypto/api.ts';

/**
 * About a tenth of a second and 32 MB a guess on a village machine. A PIN of six digits does not stand against
 * whoever has the configuration file at any cost; the growing delay at the screen is what protects it.
 */
const COST: ScryptCost = { N: 2 ** 15, r: 8, p: 1 };
const SALT_BYTES = 16;
const KEY_BYTES = 32;

/** `scrypt$N$r$p$salt$key`, the last two in base64url. */
export const VERIFIER_FORM = /^scrypt\$\d{1,8}\$\d{1,3}\$\d{1,3}\$[\w-]{22}\$[\w-]{43}$/;

/** A verifier for a PIN, with a salt of its own. */
export function makeVerifier(crypto: Crypto, pin: string, cost: ScryptCost = COST): string {
  const salt = crypto.randomBytes(SALT_BYTES);
  const key = crypto.scrypt({ secret: utf8(pin), salt, cost, length: KEY_BYTES });
  return ['scrypt', cost.N, cost.r, cost.p, toBase64Url(salt), toBase64Url(key)].join('$');
}

/** Whether `pin` is the one `verifier` was made for; false for a verifier of another form. */
export function isPin(crypto: Crypto, verifier: string, pin: string): boolean {
  if (!VERIFIER_FORM.test(verifier)) return false;
  const [, N, r, p, saltText = '', keyText = ''] = verifier.split('$');
  const [salt, wanted] = [findBase64Url(saltText), findBase64Url(keyText)];
  if (salt === undefined || wanted === undefined) return false;
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const key = crypto.scrypt({ secret: utf8(pin), salt, cost, length: KEY_BYTES });
  // Compared by hashes, so that time tells nothing of where two keys differ.
  return equalBytes(crypto.sha256(key), crypto.sha256(wanted));
}
