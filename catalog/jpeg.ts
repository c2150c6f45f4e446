/**
 * Whether bytes a screen hands in are one JPEG photograph and nothing else (ITU-T T.81, annex B; JFIF). The screen
 * draws its own, so whatever a drawn picture does not hold is refused: places and times (EXIF), comments, a small
 * second picture, bytes behind the end. Nothing is decoded here.
 */
import { err, ok, type Result } from '../base/result.ts';
import { PHOTO_LIMITS } from './photo.ts';

/** Why bytes are not taken as a photograph. */
export type JpegProblem = 'too-large' | 'no-jpeg' | 'holds-more' | 'wrong-size';

/** The size of a picture in pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

const MARKER = {
  start: 0xd8,
  end: 0xd9,
  scan: 0xda,
  jfif: 0xe0,
  profile: 0xe2,
} as const;

/** Frame headers of Huffman-coded JPEG: baseline, extended, progressive. */
const FRAMES: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2]);
/** Tables: Huffman, quantisation, restart interval. */
const TABLES: ReadonlySet<number> = new Set([0xc4, 0xdb, 0xdd]);

/** A JFIF header without a small picture is this long. */
const PLAIN_JFIF_BYTES = 16;
/** A drawn picture says its colours in under 500 bytes: there is no room to hide anything large. */
const MOST_PROFILE_BYTES = 1_024;

/** The size of the one picture in `bytes`, or why they are not taken. */
export function checkJpeg(bytes: Uint8Array): Result<PictureSize, JpegProblem> {
  if (bytes.length > PHOTO_LIMITS.maxBytes) return err('too-large');
  if (bytes[0] !== 0xff || bytes[1] !== MARKER.start) return err('no-jpeg');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let size: PictureSize | undefined;
  let scans = 0;
  for (let at = 2; at + 4 <= bytes.length; ) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff) return err('no-jpeg');
    const length = view.getUint16(at + 2);
    const next = at + 2 + length;
    if (length < 2 || next > bytes.length) return err('no-jpeg');
    if (FRAMES.has(marker)) {
      if (size !== undefined || length < 8) return err('no-jpeg');
      size = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
      if (!isSane(size)) return err('wrong-size');
    } else if (marker === MARKER.scan) {
      if (size === undefined) return err('no-jpeg');
      scans += 1;
    } else if (!TABLES.has(marker) && !isPlainHeader(bytes.subarray(at + 4, next), marker)) {
      return err('holds-more');
    }
    at = marker === MARKER.scan ? findMarker(bytes, next) : next;
    if (bytes[at] === 0xff && bytes[at + 1] === MARKER.end) {
      if (size === undefined || scans === 0) return err('no-jpeg');
      return at + 2 === bytes.length ? ok(size) : err('holds-more');
    }
  }
  return err('no-jpeg');
}

/** What may stand before the tables: the plain JFIF header, and which colours are meant. */
function isPlainHeader(body: Uint8Array, marker: number): boolean {
  if (marker === MARKER.jfif) return startsWith(body, 'JFIF\0') && body.length + 2 === PLAIN_JFIF_BYTES;
  return marker === MARKER.profile && startsWith(body, 'ICC_PROFILE\0') && body.length <= MOST_PROFILE_BYTES;
}

function startsWith(body: Uint8Array, text: string): boolean {
  return [...text].every((character, index) => body[index] === character.charCodeAt(0));
}

function isSane({ width, height }: PictureSize): boolean {
  const { minSidePx, maxSidePx } = PHOTO_LIMITS;
  return Math.min(width, height) >= minSidePx && Math.max(width, height) <= maxSidePx;
}

/** Where the next marker stands behind a scan's coded data: a stuffed zero and restart marks belong to the data. */
function findMarker(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at += 1) {
    if (bytes[at] !== 0xff) continue;
    const code = bytes[at + 1] ?? 0;
    if (code !== 0 && !(code >= 0xd0 && code <= 0xd7)) return at;
  }
  return bytes.length;
}
