import { findBase64Url, toBase64Url } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Result } from '../../base/result.ts';
import { encodeContent } from '../content-coding.ts';
import type { QueryContent } from '../contents.ts';
import { DATA_SET_ID } from './query.ts';
import {
  type FormatTrouble,
  hash,
  id,
  malformed,
  ms,
  one,
  structure,
  text,
  textLike,
  type ValueOf,
} from './shape.ts';
import { type Signed, signedFormat } from './signed.ts';

const words = structure({
  v: one,
  suite: one,
  signKeyId: id,
  /** Twelve digits, random: given once. */
  number: textLike(/^[0-9]{12}$/),
  template: textLike(/^[a-z][a-z0-9-]{0,63}$/),
  dataSet: textLike(DATA_SET_ID),
  /** Of what was said: see {@link hashOfSaid}. */
  said: hash,
  /** Masked: its surname and a star. */
  name: text(64),
  issuedAt: ms,
  /** When it stood so at its source. */
  asOf: ms,
});
/** What the platform vouches for on a printed certificate. */
export type CertificateWords = ValueOf<typeof words>;
/** Those words as signed bytes, by an answering key. */
export const certificateFormat = signedFormat('yizhan/certificate/1', words);

/** What was said of a person, as a certificate's words bind it: the answer to the query without the words themselves. */
export function hashOfSaid(crypto: Crypto, content: QueryContent): Uint8Array {
  const { certificates: _words, ...said } = { certificates: undefined, ...content };
  return crypto.sha256(encodeContent(said));
}

const PATH = '/c#1.';

/** The text of a certificate's QR code (byte mode, level L), under the platform's https origin. */
export function certificateQrText(origin: string, certificate: Uint8Array): string {
  return `${origin}${PATH}${toBase64Url(certificate)}`;
}

/** The certificate in a QR code's text; nothing is verified yet. */
export function parseCertificateQrText(qrText: string): Result<Signed<CertificateWords>, FormatTrouble> {
  const at = qrText.indexOf(PATH);
  const decoded = at < 0 ? undefined : findBase64Url(qrText.slice(at + PATH.length));
  return decoded ? certificateFormat.parse(decoded) : malformed('qr');
}
