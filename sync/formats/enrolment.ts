import { concat, equalBytes, findBase32, label, toBase32 } from '../../base/bytes.ts';
import type { Crypto, SigningKey } from '../../base/crypto/api.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { type Hello, helloFormat } from './answers.ts';
import { type Cert, certFormat, type KeySet, keySetShape } from './key-set.ts';
import {
  bytes,
  type FormatTrouble,
  fromBytes,
  hash,
  id,
  list,
  one,
  pub,
  sig,
  structure,
  toBytes,
} from './shape.ts';
import type { Signed } from './signed.ts';

/** What an enrolment code says: where the platform is, who it must be, and a secret used once. */
export interface EnrolmentCode {
  /** `https://host[:port]`, nothing after it. */
  readonly origin: string;
  /** SHA-256 of the root's raw public key. */
  readonly rootHash: Uint8Array;
  /** 16 random bytes; never sent. */
  readonly secret: Uint8Array;
}

const CODE_VERSION = 'YZ1';
const CODE_LABEL = label('yizhan/code/1');
const MAC_LABEL = label('yizhan/enrol/1');
const SIGNATURE_LABEL = label('yizhan/enrol-sig/1');

/** `YZ1|origin|root|secret`, root and secret in Crockford base32. */
export function formatEnrolmentCode(code: EnrolmentCode): string {
  return [CODE_VERSION, code.origin, toBase32(code.rootHash), toBase32(code.secret)].join('|');
}

/** Reads a code as typed or scanned; `bad-code` for anything else. */
export function parseEnrolmentCode(typed: string): Result<EnrolmentCode, 'bad-code'> {
  const [version, origin = '', root = '', secretText = '', ...more] = typed.trim().split('|');
  const rootHash = findBase32(root);
  const secret = findBase32(secretText);
  if (version !== CODE_VERSION || more.length > 0 || !isOrigin(origin)) return err('bad-code');
  if (rootHash?.length !== 32 || secret?.length !== 16) return err('bad-code');
  return ok({ origin, rootHash, secret });
}

/** The public name of a code: first 8 bytes of SHA-256("yizhan/code/1\0" ‖ secret). */
export function enrolmentCodeId(crypto: Crypto, secret: Uint8Array): Uint8Array {
  return crypto.sha256(CODE_LABEL, secret).slice(0, 8);
}

const signedPart = structure({ v: one, suite: one, publicKey: pub, nonce: id, codeId: bytes(8) });
const enrolRequest = structure({
  v: one,
  suite: one,
  publicKey: pub,
  nonce: id,
  codeId: bytes(8),
  mac: hash,
  signature: sig,
});

/** The content of `POST /v1/enrol`, as read: nothing is verified yet. */
export interface EnrolRequest {
  readonly publicKey: Uint8Array;
  readonly nonce: Uint8Array;
  readonly codeId: Uint8Array;
  readonly mac: Uint8Array;
  readonly signature: Uint8Array;
}

/** Asks to be enrolled with a new key under a code's secret. */
export function makeEnrolRequest(
  crypto: Crypto,
  key: SigningKey,
  input: { secret: Uint8Array; nonce: Uint8Array },
): Uint8Array {
  const codeId = enrolmentCodeId(crypto, input.secret);
  const named = { v: 1, suite: 1, publicKey: key.publicKey, nonce: input.nonce, codeId } as const;
  const inner = toBytes(signedPart, named);
  return toBytes(enrolRequest, {
    ...named,
    mac: crypto.hmacSha256(input.secret, concat(MAC_LABEL, inner)),
    signature: key.sign(concat(SIGNATURE_LABEL, inner)),
  });
}

/** Reads the content of `POST /v1/enrol`. */
export function parseEnrolRequest(whole: Uint8Array): Result<EnrolRequest, FormatTrouble> {
  return fromBytes(enrolRequest, whole);
}

/** Whether who asks knows the code's secret and holds the key. */
export function isEnrolRequestBy(crypto: Crypto, request: EnrolRequest, secret: Uint8Array): boolean {
  const { publicKey, nonce, codeId, mac, signature } = request;
  const inner = toBytes(signedPart, { v: 1, suite: 1, publicKey, nonce, codeId });
  return (
    equalBytes(codeId, enrolmentCodeId(crypto, secret)) &&
    isSameSecret(mac, crypto.hmacSha256(secret, concat(MAC_LABEL, inner))) &&
    crypto.verify({ publicKey, message: concat(SIGNATURE_LABEL, inner), signature })
  );
}

const enrolAnswer = structure({
  keySets: list(keySetShape, 1),
  cert: certFormat.nested,
  hello: helloFormat.nested,
});

/** The answer to an enrolment, unverified: `trust.ts` checks it from the code's root down. */
export interface EnrolAnswer {
  readonly keySets: readonly KeySet[];
  readonly cert: Signed<Cert>;
  readonly hello: Signed<Hello>;
}

/** The answer's bytes. */
export function makeEnrolAnswer(answer: EnrolAnswer): Uint8Array {
  return toBytes(enrolAnswer, answer);
}

/** Reads the answer to an enrolment. */
export function parseEnrolAnswer(whole: Uint8Array): Result<EnrolAnswer, FormatTrouble> {
  return fromBytes(enrolAnswer, whole);
}

/** An https origin, or an http one of this very machine for a developer. */
function isOrigin(origin: string): boolean {
  return /^https:\/\/[a-z0-9.-]+(:\d{1,5})?$/.test(origin) || /^http:\/\/127\.0\.0\.1:\d{1,5}$/.test(origin);
}

/** Compares in a time that does not depend on where the first difference is. */
function isSameSecret(a: Uint8Array, b: Uint8Array): boolean {
  return (
    a.length === b.length && a.reduce((difference, byte, index) => difference | (byte ^ b[index]!), 0) === 0
  );
}
