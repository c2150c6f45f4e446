/**
 * The look-up of a slip's case: asked by number and code, answered in the platform's signed word, sealed to a key
 * made for that visit (docs/protocol.md, "HTTP"). Not kept, so it may change with `/v2/`.
 */
import { label } from '../../base/bytes.ts';
import { encodeCbor } from '../../base/cbor.ts';
import type { Crypto, OpeningKey, SigningKey } from '../../base/crypto/api.ts';
import { err, type Result } from '../../base/result.ts';
import { type AnswerHead, answerHead } from './answers.ts';
import {
  bytes,
  type FormatTrouble,
  fromBytes,
  one,
  pub,
  structure,
  textLike,
  toBytes,
  type ValueOf,
} from './shape.ts';
import { type Signed, signedFormat } from './signed.ts';

const localNumber = textLike(/^[0-9]{12}$/);

const lookupRequest = structure({
  v: one,
  suite: one,
  localNumber,
  slipCode: textLike(/^[0-9]{6}$/),
  /** X25519, made for this visit alone. */
  replyKey: pub,
});
/** The content of `POST /v1/slips`: a slip's number and code. */
export type LookupRequest = ValueOf<typeof lookupRequest>;

/** The bytes of a slip look-up. */
export function makeLookupRequest(value: Omit<LookupRequest, 'v' | 'suite'>): Uint8Array {
  return toBytes(lookupRequest, { v: 1, suite: 1, ...value });
}

/** Reads a slip look-up. */
export function parseLookupRequest(whole: Uint8Array): Result<LookupRequest, FormatTrouble> {
  return fromBytes(lookupRequest, whole);
}

const lookup = structure({ ...answerHead, replyKey: pub, localNumber, content: bytes() });
/** The platform's word on a slip: which key asked, for which number, and a `LookupContent`. */
export type Lookup = ValueOf<typeof lookup>;
/** That word as signed bytes: a sealed answer alone could be anyone's who saw the key go by. */
export const lookupFormat = signedFormat('yizhan/lookup-answer/1', lookup);

const lookupAnswer = structure({ v: one, suite: one, sealed: bytes() });
const LOOKUP_INFO = label('yizhan/lookup/1');

/** Signs the answer to a look-up, found or not, and seals it to the visit's key. */
export function makeLookupAnswer(
  crypto: Crypto,
  key: SigningKey,
  value: AnswerHead & Pick<Lookup, 'replyKey' | 'localNumber' | 'content'>,
): Uint8Array {
  const { replyKey } = value;
  const sealed = crypto.seal({
    recipient: replyKey,
    info: LOOKUP_INFO,
    aad: encodeCbor([1, 1, replyKey]),
    plain: lookupFormat.make(key, value),
  });
  return toBytes(lookupAnswer, { v: 1, suite: 1, sealed });
}

/** Opens the answer to a look-up; whose word it is remains to be verified. */
export function openLookupAnswer(
  replyKey: OpeningKey,
  whole: Uint8Array,
): Result<Signed<Lookup>, 'unopenable' | 'malformed'> {
  const read = fromBytes(lookupAnswer, whole);
  if (!read.ok) return err('malformed');
  const opened = replyKey.open(read.value.sealed, LOOKUP_INFO, encodeCbor([1, 1, replyKey.publicKey]));
  if (!opened.ok) return opened;
  const signed = lookupFormat.parse(opened.value);
  return signed.ok ? signed : err('malformed');
}
