import { findBase64Url, toBase64Url } from '../../base/bytes.ts';
import type { Crypto, SigningKey } from '../../base/crypto/api.ts';
import type { Result } from '../../base/result.ts';
import { keyId } from './keys.ts';
import { type FormatTrouble, hash, id, int, malformed, one, structure, text, type ValueOf } from './shape.ts';
import { type Signed, signedFormat } from './signed.ts';

const request = structure({
  v: one,
  suite: one,
  platformId: id,
  terminalId: id,
  signKeyId: id,
  bootId: id,
  /** From 1 at each bootId, up by one a request. */
  counter: int(1),
  method: text(),
  /** Path and query as sent. */
  target: text(),
  /** SHA-256 of the content as sent, of nothing where there is none. */
  contentHash: hash,
});
/** What a terminal signs about one HTTP request. */
export type RequestProof = ValueOf<typeof request>;
const requestFormat = signedFormat('yizhan/request/1', request);

/** The header that carries the proof, in lower case. */
export const AUTH_HEADER = 'yizhan-auth';

/** A counter more than this behind the newest seen of its boot is refused. */
export const COUNTER_WINDOW = 256;

/** The header's value for one request. */
export function makeAuth(
  crypto: Crypto,
  key: SigningKey,
  input: Omit<RequestProof, 'v' | 'suite' | 'signKeyId' | 'contentHash'> & { content: Uint8Array },
): string {
  const { content, ...proof } = input;
  return toBase64Url(
    requestFormat.make(key, {
      v: 1,
      suite: 1,
      signKeyId: keyId(crypto, key.publicKey),
      contentHash: crypto.sha256(content),
      ...proof,
    }),
  );
}

/** Reads the header's value; verifies nothing. */
export function parseAuth(value: string): Result<Signed<RequestProof>, FormatTrouble> {
  const decoded = findBase64Url(value);
  return decoded ? requestFormat.parse(decoded) : malformed(AUTH_HEADER);
}

/** Whether the terminal's key signed this proof. */
export function isAuthSignedBy(crypto: Crypto, auth: Signed<RequestProof>, publicKey: Uint8Array): boolean {
  return requestFormat.isSignedBy(crypto, auth, publicKey);
}
