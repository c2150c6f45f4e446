/**
 * Requests and answers that journal.md leaves open: what travels between terminal and platform around its
 * formats (docs/protocol.md, "HTTP"). Unlike those they are not kept, so they may change with `/v2/`.
 */
import { concat, label } from '../../base/bytes.ts';
import { encodeCbor } from '../../base/cbor.ts';
import type { Crypto, SigningKey } from '../../base/crypto/api.ts';
import { ok, type Result } from '../../base/result.ts';
import { LIMITS } from './entry.ts';
import { type KeySet, keySetShape } from './key-set.ts';
import {
  bytes,
  type FormatTrouble,
  fromBytes,
  hash,
  id,
  int,
  list,
  nullable,
  one,
  pub,
  sig,
  structure,
  text,
  toBytes,
  uint,
  type ValueOf,
} from './shape.ts';

const helloRequest = structure({
  v: one,
  suite: one,
  /** 16 fresh random bytes. */
  nonce: id,
  /** The head of every journal that still owes. */
  heads: list(structure({ journalId: id, seq: int(1), entryHash: hash })),
});
/** The content of `POST /v1/hello`; answered by a `hello` over its nonce. */
export type HelloRequest = ValueOf<typeof helloRequest>;

/** The bytes of a hello request. */
export function makeHelloRequest(value: Omit<HelloRequest, 'v' | 'suite'>): Uint8Array {
  return toBytes(helloRequest, { v: 1, suite: 1, ...value });
}

/** Reads a hello request. */
export function parseHelloRequest(whole: Uint8Array): Result<HelloRequest, FormatTrouble> {
  return fromBytes(helloRequest, whole);
}

const offeredEntry = structure({
  journalId: id,
  seq: int(1),
  entryId: id,
  entryHash: hash,
  entry: bytes(),
});
/**
 * An entry in a batch. What its header says is said once more beside it, so that an entry nobody can read can
 * still be refused by name; where the header can be read, the header counts and this is not looked at.
 */
export type OfferedEntryMessage = ValueOf<typeof offeredEntry>;

const batch = structure({ v: one, suite: one, entries: list(offeredEntry, 0, LIMITS.batchEntries) });

/** The content of `POST /v1/entries`. An empty batch asks for releases alone. */
export function makeBatch(entries: readonly OfferedEntryMessage[]): Uint8Array {
  return toBytes(batch, { v: 1, suite: 1, entries });
}

/** Reads a batch; each `entry` is still to be parsed, so that a bad one spoils no other. */
export function parseBatch(whole: Uint8Array): Result<readonly OfferedEntryMessage[], FormatTrouble> {
  const read = fromBytes(batch, whole);
  return read.ok ? ok(read.value.entries) : read;
}

const batchAnswer = structure({
  v: one,
  suite: one,
  /** Signed receipts, one or more a journal. */
  receipts: list(bytes()),
  /** Signed releases: whatever is ready, for each journal that the last hello named as owing. */
  releases: list(bytes()),
  /** No refusal: an unknown key id, or an attachment not there yet. An unsigned hint. */
  later: list(structure({ entryId: id, afterS: uint })),
});
/** The answer to a batch. */
export type BatchAnswer = Omit<ValueOf<typeof batchAnswer>, 'v' | 'suite'>;

/** The bytes of the answer to a batch. */
export function makeBatchAnswer(value: BatchAnswer): Uint8Array {
  return toBytes(batchAnswer, { v: 1, suite: 1, ...value });
}

/** Reads the answer to a batch; its receipts and releases are still to be parsed and verified. */
export function parseBatchAnswer(whole: Uint8Array): Result<BatchAnswer, FormatTrouble> {
  return fromBytes(batchAnswer, whole);
}

const keySets = list(keySetShape);

/** The answer of `GET /v1/keysets`: the sets after a number, in order; empty when there is none. */
export function makeKeySetsAnswer(sets: readonly KeySet[]): Uint8Array {
  return toBytes(keySets, sets);
}

/** Reads the answer of `GET /v1/keysets`, unverified. */
export function parseKeySetsAnswer(whole: Uint8Array): Result<readonly KeySet[], FormatTrouble> {
  return fromBytes(keySets, whole);
}

const newKeyRequest = structure({ publicKey: pub, signature: sig });
/** The content of `POST /v1/keys`: the new key, and its signature over "yizhan/new-key/1\0" ‖ CBOR [1, 1, terminalId, pub]. */
export type NewKeyRequest = ValueOf<typeof newKeyRequest>;

const NEW_KEY_LABEL = label('yizhan/new-key/1');

function newKeyMessage(terminalId: Uint8Array, publicKey: Uint8Array): Uint8Array {
  return concat(NEW_KEY_LABEL, encodeCbor([1, 1, terminalId, publicKey]));
}

/** Asks for a certificate for a new key of this terminal. */
export function makeNewKeyRequest(newKey: SigningKey, terminalId: Uint8Array): Uint8Array {
  const { publicKey } = newKey;
  return toBytes(newKeyRequest, { publicKey, signature: newKey.sign(newKeyMessage(terminalId, publicKey)) });
}

/** Reads a request for a new key. */
export function parseNewKeyRequest(whole: Uint8Array): Result<NewKeyRequest, FormatTrouble> {
  return fromBytes(newKeyRequest, whole);
}

/** Whether who asks holds the new key, and asks for this terminal. */
export function isNewKeyRequestBy(crypto: Crypto, request: NewKeyRequest, terminalId: Uint8Array): boolean {
  const { publicKey, signature } = request;
  return crypto.verify({ publicKey, message: newKeyMessage(terminalId, publicKey), signature });
}

/** Why a request was not served, as every answer with a status from 400 on says. Unsigned: a hint and no more. */
export const PROBLEM_CODES = [
  'malformed',
  'unauthenticated',
  'unknown-terminal',
  'revoked',
  'replayed',
  'bad-code',
  'used-code',
  'not-found',
  'too-large',
  'slow-down',
  'fault',
  'busy',
] as const;
/** One of {@link PROBLEM_CODES}. */
export type ProblemCode = (typeof PROBLEM_CODES)[number];

const problem = structure({ code: text(64), retryAfterS: nullable(uint) });

/** The content of an answer with a status from 400 on. */
export function makeProblem(code: ProblemCode, retryAfterS: number | null = null): Uint8Array {
  return toBytes(problem, { code, retryAfterS });
}

/** Reads why a request was not served; a code of a later release is told as `undefined`. */
export function parseProblem(
  whole: Uint8Array,
): Result<{ code: ProblemCode | undefined; retryAfterS: number | null }, FormatTrouble> {
  const read = fromBytes(problem, whole);
  if (!read.ok) return read;
  const code = PROBLEM_CODES.find((known) => known === read.value.code);
  return ok({ code, retryAfterS: read.value.retryAfterS });
}
