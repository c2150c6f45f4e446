/**
 * A query of shared data: asked with a consent as proof, everything personal sealed to the platform; answered in the
 * platform's signed word, sealed to a key made for that visit (docs/protocol.md, "Shared data"). What is open to anyone
 * is asked in the same way, about nobody and without a consent. Not kept, so it may change with `/v2/`.
 */
import { label } from '../../base/bytes.ts';
import { encodeCbor } from '../../base/cbor.ts';
import type { Crypto, OpeningKey, SigningKey } from '../../base/crypto/api.ts';
import { err, invariant, ok, type Result } from '../../base/result.ts';
import { type AnswerHead, answerHead } from './answers.ts';
import { keyId } from './keys.ts';
import { padToSizes, unpad } from './padding.ts';
import {
  bytes,
  type FormatTrouble,
  fromBytes,
  id,
  list,
  nullable,
  one,
  pub,
  structure,
  text,
  textLike,
  toBytes,
  tooLarge,
  type ValueOf,
} from './shape.ts';
import { type Signed, signedFormat } from './signed.ts';

const KIB = 1024;

/** The sizes of a padded question, and of a padded answer: neither its length nor a name says what is in it. */
const QUESTION_SIZES = [KIB, 4 * KIB] as const;
const ANSWER_SIZES = [4 * KIB, 16 * KIB, 64 * KIB] as const;
/** enc and tag around what is padded. */
const OVERHEAD_BYTES = 32 + 16;

/** What a query may be at most: its content as sent, its parameters, and the content of its answer. */
export const QUERY_LIMITS = {
  requestBytes: 5 * KIB,
  parameters: 16,
  /** What is signed around an answer's content has room beside it. */
  contentBytes: 63 * KIB,
} as const;

/** The name of a data set, as consents, requests and answers write it. */
export const DATA_SET_ID = /^[a-z][a-z0-9-]{0,63}$/;
const dataSet = textLike(DATA_SET_ID);

const queryRequest = structure({
  v: one,
  suite: one,
  /** The entry of the consent: the proof. Null asks what is open to anyone. */
  consentId: nullable(id),
  dataSet,
  sealKeyId: id,
  sealed: bytes(),
});
/** The content of `POST /v1/queries`; nothing personal stands in it in clear. */
export type QueryRequest = ValueOf<typeof queryRequest>;

const parameter = structure({ name: textLike(/^[a-z][A-Za-z0-9-]{0,63}$/), value: text(256) });

const question = structure({
  v: one,
  suite: one,
  /** 16 fresh random bytes: a question is answered once. */
  nonce: id,
  /** X25519, made for this visit alone. */
  replyKey: pub,
  /** The number on the card of the person asked about, as printed; null exactly where there is no consent. */
  person: nullable(text(64)),
  parameters: list(parameter, 0, QUERY_LIMITS.parameters),
});
/** What is sealed in a query: who is asked about, and how exactly. */
export type Question = ValueOf<typeof question>;

/** What a question is bound to: it opens as no other terminal's, of no other consent and on no other data set. */
export interface QueryBinding {
  readonly platformId: Uint8Array;
  readonly terminalId: Uint8Array;
  readonly consentId: Uint8Array | null;
  readonly dataSet: string;
}

const QUESTION_INFO = label('yizhan/query/1');
const REPLY_INFO = label('yizhan/query-reply/1');

/** Seals a question to the platform's key (raw X25519, from the key set). `too-large` when it does not fit 4 KiB. */
export function makeQueryRequest(
  crypto: Crypto,
  sealPublicKey: Uint8Array,
  binding: QueryBinding,
  asked: Omit<Question, 'v' | 'suite'>,
): Result<Uint8Array, FormatTrouble> {
  const plain = toBytes(question, { v: 1, suite: 1, ...asked });
  const padded = padToSizes(plain, QUESTION_SIZES);
  plain.fill(0);
  if (!padded.ok) return padded;
  const sealKeyId = keyId(crypto, sealPublicKey);
  const sealed = crypto.seal({
    recipient: sealPublicKey,
    info: QUESTION_INFO,
    aad: questionAad(binding, sealKeyId),
    plain: padded.value,
  });
  padded.value.fill(0);
  const { consentId, dataSet: name } = binding;
  return ok(toBytes(queryRequest, { v: 1, suite: 1, consentId, dataSet: name, sealKeyId, sealed }));
}

/** Reads a query, its question still sealed. */
export function parseQueryRequest(whole: Uint8Array): Result<QueryRequest, FormatTrouble> {
  return whole.length > QUERY_LIMITS.requestBytes ? tooLarge('request') : fromBytes(queryRequest, whole);
}

/** Opens a question with the platform's key. `unopenable` covers every reason, a wrong binding or padding included. */
export function openQuestion(
  key: OpeningKey,
  request: QueryRequest,
  from: Pick<QueryBinding, 'platformId' | 'terminalId'>,
): Result<Question, 'unopenable'> {
  const { consentId, dataSet: name, sealKeyId, sealed } = request;
  const aad = questionAad({ ...from, consentId, dataSet: name }, sealKeyId);
  const plain = openPadded(key, sealed, QUESTION_INFO, aad, QUESTION_SIZES);
  if (!plain.ok) return plain;
  const read = fromBytes(question, plain.value);
  return read.ok ? read : err('unopenable');
}

const queryWord = structure({
  ...answerHead,
  nonce: id,
  replyKey: pub,
  consentId: nullable(id),
  dataSet,
  content: bytes(),
});
/** The platform's word on a query: which question, by which consent, on which data set, and a `QueryContent`. */
export type QueryWord = ValueOf<typeof queryWord>;
/** That word as signed bytes: a sealed answer alone could be anyone's who saw the request go by. */
export const queryWordFormat = signedFormat('yizhan/query-answer/1', queryWord);

const queryAnswer = structure({ v: one, suite: one, sealed: bytes() });

/** Signs the answer to a query, whatever it is, and seals it to the visit's key. */
export function makeQueryAnswer(
  crypto: Crypto,
  key: SigningKey,
  value: AnswerHead & Omit<QueryWord, keyof AnswerHead>,
): Uint8Array {
  const { replyKey } = value;
  const padded = padToSizes(queryWordFormat.make(key, value), ANSWER_SIZES);
  invariant(padded.ok, 'an answer that was found to fit does');
  const sealed = crypto.seal({
    recipient: replyKey,
    info: REPLY_INFO,
    aad: replyAad(replyKey),
    plain: padded.value,
  });
  padded.value.fill(0);
  return toBytes(queryAnswer, { v: 1, suite: 1, sealed });
}

/** Opens the answer to a query; whose word it is, and on what, remains to be verified. */
export function openQueryAnswer(
  replyKey: OpeningKey,
  whole: Uint8Array,
): Result<Signed<QueryWord>, 'unopenable' | 'malformed'> {
  const read = fromBytes(queryAnswer, whole);
  if (!read.ok) return err('malformed');
  const plain = openPadded(
    replyKey,
    read.value.sealed,
    REPLY_INFO,
    replyAad(replyKey.publicKey),
    ANSWER_SIZES,
  );
  if (!plain.ok) return plain;
  const signed = queryWordFormat.parse(plain.value);
  return signed.ok ? signed : err('malformed');
}

function openPadded(
  key: OpeningKey,
  sealed: Uint8Array,
  info: Uint8Array,
  aad: Uint8Array,
  sizes: readonly number[],
): Result<Uint8Array, 'unopenable'> {
  if (!sizes.includes(sealed.length - OVERHEAD_BYTES)) return err('unopenable');
  const opened = key.open(sealed, info, aad);
  return opened.ok ? unpad(opened.value) : opened;
}

function questionAad(binding: QueryBinding, sealKeyId: Uint8Array): Uint8Array {
  const { platformId, terminalId, consentId, dataSet: name } = binding;
  return encodeCbor([1, 1, platformId, terminalId, consentId, name, sealKeyId]);
}

function replyAad(replyKey: Uint8Array): Uint8Array {
  return encodeCbor([1, 1, replyKey]);
}
