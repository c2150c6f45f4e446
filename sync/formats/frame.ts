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
const MAX_FRAME_BYTES = HEAD_BYTES + MAX_CONTENT_BYTES + CHECK_BYTES;
/** What is held at a time of a file that is read in parts. */
export const WINDOW_BYTES = 4 * 1024 * 1024;
const ARRAY_OF_TWO = Uint8Array.of(0x82);

/** One frame: "YZF1" ‖ u32 length ‖ CBOR [entry, local / null] ‖ first 8 bytes of SHA-256 of that CBOR. */
export function makeFrame(crypto: Crypto, entryBytes: Uint8Array, beside: FrameLocal | null): Uint8Array {
  const inner = concat(ARRAY_OF_TWO, entryBytes, encodeCbor(beside && local.encode(beside)));
  return concat(MAGIC, u32be(inner.length), inner, checkOf(crypto, inner));
}

/** Where frames are read from: a file of `bytes` bytes, in parts. A part read is whole, save at the end. */
export interface FrameSource {
  readonly bytes: number;
  read(from: number, bytes: number): Uint8Array;
}

/** Reads frames; after a bad one it goes on at the next good one. */
export function readFrames(crypto: Crypto, file: Uint8Array): Generator<FrameEvent> {
  const read = (from: number, bytes: number) => file.subarray(from, from + bytes);
  return readFramesFrom(crypto, { bytes: file.length, read });
}

/** The same of a file too large to be held: at most {@link WINDOW_BYTES} of it are in memory at a time. */
export function* readFramesFrom(crypto: Crypto, source: FrameSource): Generator<FrameEvent> {
  const size = source.bytes;
  let window: Window = { start: 0, bytes: source.read(0, WINDOW_BYTES) };
  let good = 0;
  for (let at = 0; at < size; ) {
    window = moved(source, window, at);
    const inWindow = findMagic(window.bytes, at - window.start);
    const foundAt = window.start + inWindow;
    if (inWindow === window.bytes.length) {
      if (foundAt >= size) break;
      // A magic may lie across the window's end.
      at = foundAt - (MAGIC.length - 1);
      continue;
    }
    window = moved(source, window, foundAt);
    const frame = findFrame(crypto, window, foundAt);
    at = frame?.end ?? foundAt + 1;
    if (!frame) continue;
    if (foundAt > good) yield { kind: 'damage', start: good, end: foundAt };
    yield frame;
    good = frame.end;
  }
  if (good < size) yield { kind: 'damage', start: good, end: size };
}

/** A part of a file, and where in it that begins. */
interface Window {
  readonly start: number;
  readonly bytes: Uint8Array;
}

/** The window, or one that begins at `at` where this one could end within a frame from there on. */
function moved(source: FrameSource, window: Window, at: number): Window {
  const end = window.start + window.bytes.length;
  if (end >= source.bytes || at + MAX_FRAME_BYTES <= end) return window;
  return { start: at, bytes: source.read(at, WINDOW_BYTES) };
}

function findFrame(
  crypto: Crypto,
  { start: windowStart, bytes: file }: Window,
  at: number,
): Extract<FrameEvent, { kind: 'frame' }> | undefined {
  const start = at - windowStart;
  if (start + HEAD_BYTES > file.length) return undefined;
  const length = new DataView(file.buffer, file.byteOffset + start + MAGIC.length, 4).getUint32(0);
  const contentEnd = start + HEAD_BYTES + length;
  const end = contentEnd + CHECK_BYTES;
  if (length > MAX_CONTENT_BYTES || end > file.length) return undefined;
  const inner = file.subarray(start + HEAD_BYTES, contentEnd);
  if (!equalBytes(file.subarray(contentEnd, end), checkOf(crypto, inner))) return undefined;
  const parsed = fromBytes(content, inner);
  if (!parsed.ok) return undefined;
  const { entry, local: beside } = parsed.value;
  return { kind: 'frame', entryBytes: encodeCbor(entry), local: beside, start: at, end: windowStart + end };
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
