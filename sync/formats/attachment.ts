import { label, toHex } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import { ok, type Result } from '../../base/result.ts';
import { LIMITS } from './entry.ts';
import { ATTACHMENT_STEP, padToMultiple, unpad } from './padding.ts';
import { type FormatTrouble, tooLarge } from './shape.ts';

/** An encrypted file and what its entry says of it. */
export interface Attachment {
  /** 64 lower-case hex digits: its name on disk and in transport. */
  readonly name: string;
  readonly hash: Uint8Array;
  /** The encrypted file. */
  readonly sealed: Uint8Array;
}

const ATTACHMENT_AAD = label('yizhan/attachment/1');
/** Each key encrypts one file, so its nonce may be the same. */
const ZERO_NONCE = new Uint8Array(12);

/** Encrypts a file with `key`: 32 fresh random bytes, which go into the entry's content and nowhere else. */
export function encryptAttachment(
  crypto: Crypto,
  key: Uint8Array,
  plain: Uint8Array,
): Result<Attachment, FormatTrouble> {
  if (plain.length > LIMITS.attachmentBytes) return tooLarge('attachment');
  const padded = padToMultiple(plain, ATTACHMENT_STEP);
  const sealed = crypto.aesGcmSeal({ key, nonce: ZERO_NONCE, aad: ATTACHMENT_AAD, plain: padded });
  // A second copy of the file in clear: the caller's own is the caller's to overwrite.
  padded.fill(0);
  if (sealed.length > LIMITS.attachmentBytes) return tooLarge('attachment');
  const hash = crypto.sha256(sealed);
  return ok({ name: toHex(hash), hash, sealed });
}

/** The file again; `unopenable` for a wrong key, a changed byte or a wrong padding. */
export function decryptAttachment(
  crypto: Crypto,
  key: Uint8Array,
  sealed: Uint8Array,
): Result<Uint8Array, 'unopenable'> {
  const padded = crypto.aesGcmOpen({ key, nonce: ZERO_NONCE, aad: ATTACHMENT_AAD, sealed });
  return padded.ok ? unpad(padded.value) : padded;
}
