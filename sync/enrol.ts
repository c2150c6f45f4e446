import { equalBytes } from '../base/bytes.ts';
import type { Crypto, SigningKey } from '../base/crypto/api.ts';
import type { Fetch } from '../base/fetch.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { Client } from './client.ts';
import { troubleCode } from './client.ts';
import { CBOR_TYPE, ENDPOINTS } from './contract.ts';
import { makeEnrolRequest, parseEnrolAnswer, parseEnrolmentCode } from './formats/enrolment.ts';
import { certFormat, keySetBytes } from './formats/key-set.ts';
import { makeNewKeyRequest, parseProblem } from './formats/messages.ts';
import { signedBytes } from './formats/signed.ts';
import type { TrustRecord } from './ports.ts';
import { type TrustState, verifyCert, verifyEnrolAnswer } from './trust.ts';

/**
 * Why a terminal was not enrolled: the code is mistyped, the platform was not reached, it refused (its own word,
 * or `http-…`), or its answer does not follow from the code's root.
 */
export type EnrolTrouble =
  | { readonly code: 'bad-code' }
  | { readonly code: 'unreachable' | 'timeout' | 'cancelled' | 'too-large' }
  | { readonly code: 'refused'; readonly as: string }
  | { readonly code: 'untrusted'; readonly why: string };

/** A terminal as it was enrolled; to be stored once, before its first journal is opened. */
export interface Enrolled {
  readonly origin: string;
  readonly platformId: Uint8Array;
  readonly terminalId: Uint8Array;
  /** The certificate as issued: it goes onto every slip. */
  readonly certBytes: Uint8Array;
  /** Where the terminal stands, as the certificate says. */
  readonly place: string;
  /** What the journal's trust begins with. */
  readonly trust: TrustRecord;
}

const ENROL_TIMEOUT_MS = 30_000;
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/**
 * Enrols `key` under a one-time code. The key must be on disk before: a lost answer is asked for again with the
 * same key, and the platform gives the same one.
 */
export async function enrol(
  seams: { readonly fetch: Fetch; readonly crypto: Crypto },
  key: SigningKey,
  typedCode: string,
): Promise<Result<Enrolled, EnrolTrouble>> {
  const { fetch, crypto } = seams;
  const parsed = parseEnrolmentCode(typedCode);
  if (!parsed.ok) return err({ code: 'bad-code' });
  const { origin, rootHash, secret } = parsed.value;
  const nonce = crypto.randomBytes(16);
  const { method, path } = ENDPOINTS.enrol;
  const response = await fetch({
    method,
    url: `${origin}${path}`,
    headers: { accept: CBOR_TYPE, 'content-type': CBOR_TYPE },
    body: makeEnrolRequest(crypto, key, { secret, nonce }),
    timeoutMs: ENROL_TIMEOUT_MS,
    maxBytes: MAX_ANSWER_BYTES,
  });
  if (!response.ok) return err({ code: response.error.code });
  const { status, body } = response.value;
  if (status !== ENDPOINTS.enrol.status) {
    const problem = parseProblem(body);
    return err({ code: 'refused', as: (problem.ok && problem.value.code) || `http-${status}` });
  }
  const answer = parseEnrolAnswer(body);
  if (!answer.ok) return err({ code: 'untrusted', why: 'malformed' });
  const trust = verifyEnrolAnswer(crypto, { rootHash, publicKey: key.publicKey, nonce }, answer.value);
  if (!trust.ok) return err({ code: 'untrusted', why: trust.error.code });
  const { cert, hello } = answer.value;
  return ok({
    origin,
    platformId: trust.value.platformId,
    terminalId: trust.value.terminalId,
    certBytes: signedBytes(cert),
    place: cert.value.place,
    trust: {
      keySet: keySetBytes(trust.value.keySet),
      epoch: trust.value.epoch,
      formerEpochs: [],
      floorMs: hello.value.issuedAt,
      lastContactMs: hello.value.issuedAt,
    },
  });
}

/**
 * Asks for a certificate for a new key, authenticated by the old one; afterwards the terminal opens a new
 * journal with it. Offline the old key stays. Answers the certificate's bytes, or a code. `by` is the old key, where
 * the new one signs already: a platform put back from a backup certifies it once more.
 */
export async function certifyNewKey(
  seams: { readonly client: Client; readonly crypto: Crypto; readonly trust: TrustState },
  newKey: SigningKey,
  { by, signal }: { readonly by?: SigningKey; readonly signal?: AbortSignal } = {},
): Promise<Result<Uint8Array, string>> {
  const { client, crypto, trust } = seams;
  const called = await client({
    endpoint: 'newKey',
    content: makeNewKeyRequest(newKey, trust.terminalId),
    timeoutMs: ENROL_TIMEOUT_MS,
    ...(by && { key: by }),
    ...(signal && { signal }),
  });
  if (!called.ok) return err(troubleCode(called.error));
  const signed = certFormat.parse(called.value);
  if (!signed.ok) return err('malformed');
  const cert = verifyCert(crypto, trust.keySet, signed.value);
  if (!cert.ok) return err(cert.error.code);
  const isOurs =
    equalBytes(cert.value.publicKey, newKey.publicKey) && equalBytes(cert.value.terminalId, trust.terminalId);
  return isOurs ? ok(called.value) : err('wrong-key');
}
