/** The code a person's phone shows: who they are, in the signed word of whoever issues it (docs/protocol.md, "A code from the phone"). */
import { findBase64Url, toBase64Url } from '../../base/bytes.ts';
import type { Crypto, SigningKey } from '../../base/crypto/api.ts';
import type { Result } from '../../base/result.ts';
import { keyId } from './keys.ts';
import { type FormatTrouble, id, malformed, ms, one, structure, textLike, type ValueOf } from './shape.ts';
import { type Signed, signedFormat } from './signed.ts';

const words = structure({
  v: one,
  suite: one,
  issuerKeyId: id,
  /** Random: a code is used once. */
  codeId: id,
  /** As on the card, without characters that are not drawn. */
  name: textLike(/^[^\p{Cc}\p{Cf}]{1,64}$/u),
  /** Of a resident ID card, X upper-case; whether its check character is right is not judged here. */
  number: textLike(/^\d{17}[\dX]$/),
  issuedAt: ms,
  expires: ms,
});
/** What an issuer says of whoever shows a code. */
export type PhoneCode = ValueOf<typeof words>;
/** Those words as signed bytes. */
export const phoneCodeFormat = signedFormat('yizhan/phone-code/1', words);

/** No code is good for longer than this, whatever its issuer says. */
export const MOST_VALID_MS = 300_000;

const PREFIX = 'YZP1.';

/** The text of the QR code (byte mode): one code, signed with the issuer's key. */
export function phoneCodeText(
  crypto: Crypto,
  key: SigningKey,
  said: Omit<PhoneCode, 'v' | 'suite' | 'issuerKeyId'>,
): string {
  const issuerKeyId = keyId(crypto, key.publicKey);
  return `${PREFIX}${toBase64Url(phoneCodeFormat.make(key, { v: 1, suite: 1, issuerKeyId, ...said }))}`;
}

/** The code in a scanned text; nothing is verified yet. */
export function parsePhoneCodeText(text: string): Result<Signed<PhoneCode>, FormatTrouble> {
  const decoded = text.startsWith(PREFIX) ? findBase64Url(text.slice(PREFIX.length)) : undefined;
  return decoded ? phoneCodeFormat.parse(decoded) : malformed('qr');
}
