import { label } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';

/** What a key of a key set may be used for (journal.md part 3). */
export const KEY_USE = { seal: 1, answer: 2, certify: 3, order: 4 } as const;
/** One of {@link KEY_USE}. */
export type KeyUse = (typeof KEY_USE)[keyof typeof KEY_USE];

const KEY_ID_LABEL = label('yizhan/key/1');

/** The id of a raw public key: the first 16 bytes of SHA-256("yizhan/key/1\0" ‖ pub). */
export function keyId(crypto: Crypto, publicKey: Uint8Array): Uint8Array {
  return crypto.sha256(KEY_ID_LABEL, publicKey).slice(0, 16);
}
