/**
 * What a case says of the very card it was filed with, and what proves to the platform that a card was laid: a digest of
 * number and chip photo. Whoever knows somebody's number alone cannot make it, and it tells nothing of either.
 */
import { concat, label, utf8 } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto/api.ts';

const LABEL = label('yizhan/card-mark/1');
const PHOTO_BYTES = 1_024;
/** A photo block of fewer values is no photo: anyone could guess it. */
const MIN_DISTINCT_BYTES = 64;

/** SHA-256("yizhan/card-mark/1\0" ‖ number in capitals ‖ 1,024 bytes of chip photo); `undefined` for a chip without a photo. */
export function findCardMark(
  crypto: Pick<Crypto, 'sha256'>,
  card: { readonly number: string; readonly photo: Uint8Array },
): Uint8Array | undefined {
  const { number, photo } = card;
  if (photo.length !== PHOTO_BYTES || new Set(photo).size < MIN_DISTINCT_BYTES) return undefined;
  return crypto.sha256(concat(LABEL, utf8(number.toUpperCase()), photo));
}
