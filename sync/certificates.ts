/** Certificates as they come to a terminal, and as anybody holds them before its scanner. */
import { equalBytes } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto/api.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { QueryContent } from './contents.ts';
import {
  type CertificateWords,
  certificateFormat,
  hashOfSaid,
  parseCertificateQrText,
} from './formats/certificate.ts';
import type { KeySet } from './formats/key-set.ts';
import { verifyCertificate } from './trust.ts';

/** Whether an answer brought the certificates that were asked for: as many, each its own number, on what it says. */
export function hasCertificates(
  crypto: Crypto,
  keySet: KeySet,
  content: QueryContent,
  asked: {
    readonly dataSet: string;
    readonly certificates?: { readonly template: string; readonly sheets: number };
  },
): boolean {
  if (content.outcome !== 'found' && content.outcome !== 'nothing') return true;
  const said = hashOfSaid(crypto, content);
  const given = (content.certificates ?? []).flatMap((bytes) => findWords(crypto, keySet, bytes) ?? []);
  const fitting = given.filter(
    (words) =>
      words.template === asked.certificates?.template &&
      words.dataSet === asked.dataSet &&
      equalBytes(words.said, said),
  );
  const numbers = new Set(fitting.map(({ number }) => number));
  return numbers.size === asked.certificates?.sheets && content.certificates?.length === numbers.size;
}

/** The words that take the place of `before`: on the same, under another number. */
export function findReplacement(
  crypto: Crypto,
  keySet: KeySet,
  content: QueryContent,
  before: Uint8Array,
): Uint8Array | undefined {
  const [bytes, ...more] = content.outcome === 'nothing' ? (content.certificates ?? []) : [];
  const former = certificateFormat.parse(before);
  const words = bytes && findWords(crypto, keySet, bytes);
  if (bytes === undefined || words === undefined || !former.ok || more.length > 0) return undefined;
  const { number, template, dataSet, said, name, asOf } = former.value.value;
  const isSame =
    words.template === template &&
    words.dataSet === dataSet &&
    words.name === name &&
    words.asOf === asOf &&
    equalBytes(words.said, said);
  return isSame && words.number !== number ? bytes : undefined;
}

/** Why a scanned code is no certificate of ours: `no-certificate` is another code, `forged` says what is not so. */
export type ScannedTrouble = 'no-certificate' | 'forged';

/** Reads a certificate's code and checks it against the key set at hand; needs no network, so a voided one is not known. */
export function readCertificate(
  crypto: Crypto,
  keySet: KeySet,
  qrText: string,
): Result<CertificateWords, ScannedTrouble> {
  const parsed = parseCertificateQrText(qrText);
  if (!parsed.ok) return err('no-certificate');
  const verified = verifyCertificate(crypto, keySet, parsed.value);
  return verified.ok ? ok(verified.value) : err('forged');
}

function findWords(crypto: Crypto, keySet: KeySet, bytes: Uint8Array): CertificateWords | undefined {
  const signed = certificateFormat.parse(bytes);
  const verified = signed.ok ? verifyCertificate(crypto, keySet, signed.value) : undefined;
  return verified?.ok ? verified.value : undefined;
}
