import { concat, findBase64Url, label, toBase64Url } from '../../base/bytes.ts';
import type { Crypto, SigningKey } from '../../base/crypto/api.ts';
import { ok, type Result } from '../../base/result.ts';
import { type Cert, certFormat } from './key-set.ts';
import {
  bytes,
  type FormatTrouble,
  fromBytes,
  hash,
  malformed,
  ms,
  one,
  sig,
  structure,
  textLike,
  toBytes,
  type ValueOf,
} from './shape.ts';
import type { Signed } from './signed.ts';

const payload = structure({
  v: one,
  suite: one,
  localNumber: textLike(/^[0-9]{12}$/),
  slipCode: textLike(/^[0-9]{6}$/),
  entryHash: hash,
  wallMs: ms,
});
/** What a slip proves an enrolled terminal said; not when. */
export type SlipValue = ValueOf<typeof payload>;

const outer = structure({ payload: bytes(), signature: sig, cert: certFormat.nested });

/** A slip as it was read; nothing is verified yet. */
export interface Slip {
  readonly value: SlipValue;
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
  readonly cert: Signed<Cert>;
}

const SLIP_LABEL = label('yizhan/slip/1');
const PATH = '/s#1.';

/** Signs a slip with the terminal's key and puts its certificate (bytes as issued) beside it. */
export function makeSlip(
  key: SigningKey,
  certBytes: Uint8Array,
  value: Omit<SlipValue, 'v' | 'suite'>,
): Uint8Array {
  const cert = certFormat.parse(certBytes);
  if (!cert.ok) throw new Error('broken invariant: the own certificate is one');
  const inner = toBytes(payload, { v: 1, suite: 1, ...value });
  const signature = key.sign(concat(SLIP_LABEL, inner));
  return toBytes(outer, { payload: inner, signature, cert: cert.value });
}

/** Reads a slip without verifying it. */
export function parseSlip(whole: Uint8Array): Result<Slip, FormatTrouble> {
  const read = fromBytes(outer, whole);
  if (!read.ok) return read;
  const inner = fromBytes(payload, read.value.payload);
  return inner.ok ? ok({ ...read.value, value: inner.value }) : inner;
}

/** Whether the key its certificate names signed it; the certificate is checked apart (`verifyCert`). */
export function isSlipSignedByItsCert(crypto: Crypto, slip: Slip): boolean {
  return crypto.verify({
    publicKey: slip.cert.value.publicKey,
    message: concat(SLIP_LABEL, slip.payload),
    signature: slip.signature,
  });
}

/** The text of the QR code (byte mode, level L), under the platform's https origin. */
export function slipQrText(origin: string, slipBytes: Uint8Array): string {
  return `${origin}${PATH}${toBase64Url(slipBytes)}`;
}

/** The origin and slip in a QR code's text. */
export function parseSlipQrText(qrText: string): Result<{ origin: string; slip: Slip }, FormatTrouble> {
  const at = qrText.indexOf(PATH);
  const decoded = at < 0 ? undefined : findBase64Url(qrText.slice(at + PATH.length));
  if (!decoded) return malformed('qr');
  const slip = parseSlip(decoded);
  return slip.ok ? ok({ origin: qrText.slice(0, at), slip: slip.value }) : slip;
}

/** The local number of a case: the first 64 bits of its id, modulo 10^12, as twelve digits. */
export function localNumberOf(caseId: Uint8Array): string {
  const first = new DataView(caseId.buffer, caseId.byteOffset, 8).getBigUint64(0);
  return String(first % 1_000_000_000_000n).padStart(12, '0');
}
