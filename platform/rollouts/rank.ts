import { utf8 } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';

/**
 * Where a machine stands among the others in a roll-out, 0 to 1: always the same there, and another in the next, so
 * that it is not ever the same villages that try what is new.
 */
export function rankOf(crypto: Crypto, rollout: number, terminalId: Uint8Array): number {
  const hash = crypto.sha256(utf8(`yizhan/rollout/1\0${rollout}\0`), terminalId);
  return new DataView(hash.buffer, hash.byteOffset, 4).getUint32(0) / 2 ** 32;
}
