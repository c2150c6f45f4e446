import { equalBytes } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto/api.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { AnswerHead, Hello } from './formats/answers.ts';
import { helloFormat } from './formats/answers.ts';
import { type CertificateWords, certificateFormat } from './formats/certificate.ts';
import type { EnrolAnswer } from './formats/enrolment.ts';
import { type Order, orderFormat, type StepBack, stepBackFormat } from './formats/feed.ts';
import { type Cert, certFormat, isKeySetSignedBy, type KeyEntry, type KeySet } from './formats/key-set.ts';
import { KEY_USE, type KeyUse, keyId } from './formats/keys.ts';
import type { Signed, SignedFormat } from './formats/signed.ts';
import { isSlipSignedByItsCert, type Slip } from './formats/slip.ts';

/** What a terminal believes about its platform, all of it verified before. */
export interface TrustState {
  readonly platformId: Uint8Array;
  readonly terminalId: Uint8Array;
  /** The newest key set; its number never goes back. */
  readonly keySet: KeySet;
  /** The epoch of the last hello; null before the first. */
  readonly epoch: Uint8Array | null;
  /** Epochs left behind, never taken again. */
  readonly formerEpochs: readonly Uint8Array[];
}

/** Why something signed does not count. It is logged by its code and ignored. */
export interface TrustTrouble {
  readonly code:
    | 'unknown-key'
    | 'wrong-use'
    | 'bad-signature'
    | 'wrong-platform'
    | 'wrong-terminal'
    | 'wrong-epoch'
    | 'former-epoch'
    | 'wrong-nonce'
    | 'wrong-root'
    | 'wrong-key'
    | 'missing-set';
}

/** The key of `keySet` with this id, when it may be used for `use`. */
export function checkKeyUse(
  crypto: Crypto,
  keySet: KeySet,
  wantedKeyId: Uint8Array,
  use: KeyUse,
): Result<KeyEntry, TrustTrouble> {
  const entry = keySet.value.keys.find(({ publicKey }) => equalBytes(keyId(crypto, publicKey), wantedKeyId));
  if (!entry) return trouble('unknown-key');
  return entry.uses.includes(use) ? ok(entry) : trouble('wrong-use');
}

/** The platform key that new bodies are sealed to: the first with use 1. */
export function findSealKey(keySet: KeySet): Uint8Array | undefined {
  return keySet.value.keys.find((entry) => entry.uses.includes(KEY_USE.seal))?.publicKey;
}

/**
 * A receipt, release or feed page that counts: signed by a key with use 2, by this platform, for this
 * terminal, in the epoch of the last hello.
 */
export function verifyAnswer<T extends AnswerHead>(
  crypto: Crypto,
  trust: TrustState,
  format: SignedFormat<T>,
  signed: Signed<T>,
): Result<T, TrustTrouble> {
  const checked = verifyHead(crypto, trust, format, signed);
  if (!checked.ok) return checked;
  if (!trust.epoch || !equalBytes(trust.epoch, checked.value.epoch)) return trouble('wrong-epoch');
  return checked;
}

/** A hello over `nonce` that counts. Its epoch may be new, but none that was left behind. */
export function verifyHello(
  crypto: Crypto,
  trust: TrustState,
  signed: Signed<Hello>,
  nonce: Uint8Array,
): Result<Hello, TrustTrouble> {
  const checked = verifyHead(crypto, trust, helloFormat, signed);
  if (!checked.ok) return checked;
  if (!equalBytes(checked.value.nonce, nonce)) return trouble('wrong-nonce');
  const isFormer = trust.formerEpochs.some((epoch) => equalBytes(epoch, checked.value.epoch));
  return isFormer ? trouble('former-epoch') : checked;
}

/** The state after a verified hello: a new epoch leaves the one before behind for ever. */
export function afterHello(trust: TrustState, hello: Hello): TrustState {
  if (!trust.epoch) return { ...trust, epoch: hello.epoch };
  if (equalBytes(trust.epoch, hello.epoch)) return trust;
  return { ...trust, epoch: hello.epoch, formerEpochs: [...trust.formerEpochs, trust.epoch] };
}

/** An order by a key with use 4 of this platform, for this terminal. Which entry it closes is the journal's to check. */
export function verifyOrder(
  crypto: Crypto,
  trust: TrustState,
  signed: Signed<Order>,
): Result<Order, TrustTrouble> {
  const { value } = signed;
  const key = checkKeyUse(crypto, trust.keySet, value.orderKeyId, KEY_USE.order);
  if (!key.ok) return key;
  if (!orderFormat.isSignedBy(crypto, signed, key.value.publicKey)) return trouble('bad-signature');
  return checkAddress(trust, value) ?? ok(value);
}

/** An order to step back, signed by a key with use 4, for this terminal or for all of its platform. */
export function verifyStepBack(
  crypto: Crypto,
  trust: TrustState,
  signed: Signed<StepBack>,
): Result<StepBack, TrustTrouble> {
  const { value } = signed;
  const key = checkKeyUse(crypto, trust.keySet, value.orderKeyId, KEY_USE.order);
  if (!key.ok) return key;
  if (!stepBackFormat.isSignedBy(crypto, signed, key.value.publicKey)) return trouble('bad-signature');
  return checkAddress(trust, { ...value, terminalId: value.terminalId ?? trust.terminalId }) ?? ok(value);
}

/** A certificate issued by a key with use 3. */
export function verifyCert(crypto: Crypto, keySet: KeySet, signed: Signed<Cert>): Result<Cert, TrustTrouble> {
  const key = checkKeyUse(crypto, keySet, signed.value.issuerKeyId, KEY_USE.certify);
  if (!key.ok) return key;
  return certFormat.isSignedBy(crypto, signed, key.value.publicKey)
    ? ok(signed.value)
    : trouble('bad-signature');
}

/** A slip that an enrolled terminal signed; answers with its certificate. */
export function verifySlip(crypto: Crypto, keySet: KeySet, slip: Slip): Result<Cert, TrustTrouble> {
  const cert = verifyCert(crypto, keySet, slip.cert);
  if (!cert.ok) return cert;
  return isSlipSignedByItsCert(crypto, slip) ? cert : trouble('bad-signature');
}

/** A printed certificate that a key with use 2 vouches for; needs no network. Whether it was voided since is not said. */
export function verifyCertificate(
  crypto: Crypto,
  keySet: KeySet,
  signed: Signed<CertificateWords>,
): Result<CertificateWords, TrustTrouble> {
  const key = checkKeyUse(crypto, keySet, signed.value.signKeyId, KEY_USE.answer);
  if (!key.ok) return key;
  return certificateFormat.isSignedBy(crypto, signed, key.value.publicKey)
    ? ok(signed.value)
    : trouble('bad-signature');
}

/**
 * The newest of `later`, each signed by a root of the set before it. Sets up to the current number are passed
 * over (they may be repeated, never taken back); a hole in the numbers is `missing-set`.
 */
export function verifyLaterKeySets(
  crypto: Crypto,
  current: KeySet,
  later: readonly KeySet[],
): Result<KeySet, TrustTrouble> {
  let newest = current;
  for (const next of later) {
    if (next.value.number <= newest.value.number) continue;
    if (!equalBytes(next.value.platformId, newest.value.platformId)) return trouble('wrong-platform');
    if (next.value.number !== newest.value.number + 1) return trouble('missing-set');
    if (!isKeySetSignedBy(crypto, next, newest.value.roots)) return trouble('bad-signature');
    newest = next;
  }
  return ok(newest);
}

/** The newest set of a chain whose first set names, and is signed by, the root whose hash stands in the code. */
export function verifyKeySetsFromRoot(
  crypto: Crypto,
  rootHash: Uint8Array,
  keySets: readonly KeySet[],
): Result<KeySet, TrustTrouble> {
  const [first, ...later] = keySets;
  if (!first) return trouble('missing-set');
  const root = first.value.roots.find((publicKey) => equalBytes(crypto.sha256(publicKey), rootHash));
  if (!root) return trouble('wrong-root');
  if (!isKeySetSignedBy(crypto, first, [root])) return trouble('bad-signature');
  return verifyLaterKeySets(crypto, first, later);
}

/** The trust a terminal begins with: an enrolment's answer checked from the code's root down. */
export function verifyEnrolAnswer(
  crypto: Crypto,
  asked: { rootHash: Uint8Array; publicKey: Uint8Array; nonce: Uint8Array },
  answer: EnrolAnswer,
): Result<TrustState, TrustTrouble> {
  const keySet = verifyKeySetsFromRoot(crypto, asked.rootHash, answer.keySets);
  if (!keySet.ok) return keySet;
  const cert = verifyCert(crypto, keySet.value, answer.cert);
  if (!cert.ok) return cert;
  if (!equalBytes(cert.value.publicKey, asked.publicKey)) return trouble('wrong-key');
  const { terminalId } = cert.value;
  const { platformId } = keySet.value.value;
  const trust = { platformId, terminalId, keySet: keySet.value, epoch: null, formerEpochs: [] };
  const hello = verifyHello(crypto, trust, answer.hello, asked.nonce);
  return hello.ok ? ok(afterHello(trust, hello.value)) : hello;
}

function verifyHead<T extends AnswerHead>(
  crypto: Crypto,
  trust: TrustState,
  format: SignedFormat<T>,
  signed: Signed<T>,
): Result<T, TrustTrouble> {
  const { value } = signed;
  const key = checkKeyUse(crypto, trust.keySet, value.signKeyId, KEY_USE.answer);
  if (!key.ok) return key;
  if (!format.isSignedBy(crypto, signed, key.value.publicKey)) return trouble('bad-signature');
  return checkAddress(trust, value) ?? ok(value);
}

function checkAddress(
  trust: TrustState,
  address: { readonly platformId: Uint8Array; readonly terminalId: Uint8Array },
): ReturnType<typeof trouble> | undefined {
  if (!equalBytes(address.platformId, trust.platformId)) return trouble('wrong-platform');
  if (!equalBytes(address.terminalId, trust.terminalId)) return trouble('wrong-terminal');
  return undefined;
}

function trouble(code: TrustTrouble['code']): { readonly ok: false; readonly error: TrustTrouble } {
  return err({ code });
}
