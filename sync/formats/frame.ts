import { concat, equalBytes, u32be, utf8 } from '../../base/bytes.ts';
import { encodeCbor } from '../../base/cbor.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import { anything, bytes, fromBytes, id, nullable, structure, type ValueOf } from './shape.ts';

const local = structure({ submissionId: id, token: nullable(bytes()), row: nullable(bytes()) });

/** What a frame of the mirror carries beside its entry, so that a database filled from it knows it too. */
export type FrameLocal = ValueOf<typeof local>;

const content = structure({ entry: anything, local: nullable(local) });

/** Something met while reading frames, in order of place. */
export type FrameEvent =
  | {
      readonly kind: 'frame';
      /** The entry as first made; its form is not checked here. */
      readonly entryBytes: Uint8Array;
      /** Null on a stick. */
      readonly local: FrameLocal | null;
      readonly start: number;
      readonly end: number;
    }
  /** Bytes of no good frame: damage, or a tail torn off by a power cut when `end` is the end of the file. */
  | { readonly kind: 'damage'; readonly start: number; readonly end: number };

const MAGIC = utf8('YZF1');
const CHECK_BYTES = 8;
const HEAD_BYTES = MAGIC.length + 4;
/** Far above the largest entry with its row: a damaged length must not swallow the frames after it. */
const MAX_CONTENT_BYTES = 1024 * 1024;
const ARRAY_OF_TWO = Uint8Array.of(0x82);

/** One frame: "YZF1" ‖ u32 length ‖ CBOR [entry, local / null] ‖ first 8 bytes of SHA-256 of that CBOR. */
export function makeFrame(crypto: Crypto, entryBytes: Uint8Array, beside: FrameLocal | null): Uint8Array {
  const inner = concat(ARRAY_OF_TWO, entryBytes, encodeCbor(beside && local.encode(beside)));
  return concat(MAGIC, u32be(inner.length), inner, checkOf(crypto, inner));
}

/** Reads frames; after a bad one it goes on at the next good one. */
export function* readFrames(crypto: Crypto, file: Uint8Array): Generator<FrameEvent> {
  let good = 0;
  let at = findMagic(file, 0);
  while (at < file.length) {
    const frame = findFrame(crypto, file, at);
    if (!frame) {
      at = findMagic(file, at + 1);
      continue;
    }
    if (at > good) yield { kind: 'damage', start: good, end: at };
    yield frame;
    good = frame.end;
    at = findMagic(file, good);
  }
  if (good < file.length) yield { kind: 'damage', start: good, end: file.length };
}

function findFrame(
  crypto: Crypto,
  file: Uint8Array,
  start: number,
): Extract<FrameEvent, { kind: 'frame' }> | undefined {
  if (start + HEAD_BYTES > file.length) return undefined;
  const length = new DataView(file.buffer, file.byteOffset + start + MAGIC.length, 4).getUint32(0);
  const contentEnd = start + HEAD_BYTES + length;
  const end = contentEnd + CHECK_BYTES;
  if (length > MAX_CONTENT_BYTES || end > file.length) return undefined;
  const inner = file.subarray(start + HEAD_BYTES, contentEnd);
  if (!equalBytes(file.subarray(contentEnd, end), checkOf(crypto, inner))) return undefined;
  const parsed = fromBytes(content, inner);
  if (!parsed.ok) return undefined;
  return { kind: 'frame', entryBytes: encodeCbor(parsed.value.entry), local: parsed.value.local, start, end };
}

/** Where the next magic begins at or after `from`, or the file's end. */
function findMagic(file: Uint8Array, from: number): number {
  const [first = 0] = MAGIC;
  for (let at = file.indexOf(first, from); at !== -1; at = file.indexOf(first, at + 1)) {
    if (equalBytes(file.subarray(at, at + MAGIC.length), MAGIC)) return at;
  }
  return file.length;
}

function checkOf(crypto: Crypto, inner: Uint8Array): Uint8Array {
  return crypto.sha256(inner).subarray(0, CHECK_BYTES);
}
