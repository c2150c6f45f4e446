import { concat } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Random } from '../../base/random.ts';
import { err, invariant, ok, type Result } from '../../base/result.ts';
import { BODY_SIZES, padToSizes, unpad } from '../../sync/formats/padding.ts';
import { bytes, fromBytes, id, ms, one, structure, text, toBytes } from '../../sync/formats/shape.ts';
import type { RememberedCase } from '../keeper.ts';

/** A person's line on disk: 12 random bytes ‖ AES-256-GCM(key, aad = its token) of the padded content. */
export interface LineCipher {
  readonly crypto: Crypto;
  readonly random: Random;
}

const NONCE_BYTES = 12;
/** Every row and every use has this one size, so that its length says nothing. */
const ROW_SIZES: readonly number[] = [1_024];

/** Seals a line of one size. Throws when it does not fit: what goes in is of our own making and short. */
export function sealRow(
  cipher: LineCipher,
  key: Uint8Array,
  token: Uint8Array,
  plain: Uint8Array,
): Uint8Array {
  const padded = padToSizes(plain, ROW_SIZES);
  invariant(padded.ok, 'a row fits its size');
  return seal(cipher, key, token, padded.value);
}

/** Seals a draft, which may be as large as a body. */
export function sealDraft(
  cipher: LineCipher,
  key: Uint8Array,
  token: Uint8Array,
  plain: Uint8Array,
): Result<Uint8Array, 'too-large'> {
  const padded = padToSizes(plain, BODY_SIZES);
  return padded.ok ? ok(seal(cipher, key, token, padded.value)) : err('too-large');
}

/** Opens a line; `unopenable` for a changed byte, another token or another card. */
export function openLine(
  cipher: LineCipher,
  key: Uint8Array,
  token: Uint8Array,
  sealed: Uint8Array,
): Result<Uint8Array, 'unopenable'> {
  const padded = cipher.crypto.aesGcmOpen({
    key,
    nonce: sealed.subarray(0, NONCE_BYTES),
    aad: token,
    sealed: sealed.subarray(NONCE_BYTES),
  });
  return padded.ok ? unpad(padded.value) : padded;
}

function seal({ crypto, random }: LineCipher, key: Uint8Array, token: Uint8Array, plain: Uint8Array) {
  const nonce = random.bytes(NONCE_BYTES);
  return concat(nonce, crypto.aesGcmSeal({ key, nonce, aad: token, plain }));
}

const caseRow = structure({
  v: one,
  matterId: text(),
  localNumber: text(),
  slipCode: text(),
  keptAtMs: ms,
  caseId: id,
  entryId: id,
  replyKeyPrivate: bytes(32),
});

/** The content of a remembered case's row. */
export function encodeCaseRow(remembered: RememberedCase): Uint8Array {
  return toBytes(caseRow, { v: 1, ...remembered });
}

/** A remembered case; `undefined` when this release does not know its form. */
export function findCaseRow(plain: Uint8Array): RememberedCase | undefined {
  const parsed = fromBytes(caseRow, plain);
  if (!parsed.ok) return undefined;
  const { v: _version, ...remembered } = parsed.value;
  return remembered;
}

const timed = structure({ v: one, atMs: ms, content: bytes() });

/** A draft or a use: when, and what (nothing for a use). */
export function encodeTimed(line: { atMs: number; content: Uint8Array }): Uint8Array {
  return toBytes(timed, { v: 1, ...line });
}

/** A draft or a use again. */
export function findTimed(plain: Uint8Array): { atMs: number; content: Uint8Array } | undefined {
  const parsed = fromBytes(timed, plain);
  return parsed.ok ? parsed.value : undefined;
}
