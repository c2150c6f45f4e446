/**
 * Frames between the terminal and a proof box on a serial line:
 *
 * ```
 * 59 5A 50 31   preamble "YZP1"
 * length        u16, of type and payload
 * type          one byte
 * payload
 * check         u16: CRC-16 (polynomial 0x1021, from 0xFFFF) over length, type and payload
 * ```
 *
 * Numbers are big-endian.
 */
import { concat, equalBytes } from '../../base/bytes.ts';

/** One frame, its check already found right. */
export interface BoxFrame {
  readonly type: number;
  readonly payload: Uint8Array;
}

const PREAMBLE = Uint8Array.of(0x59, 0x5a, 0x50, 0x31);
const HEAD_BYTES = PREAMBLE.length + 2;
const CHECK_BYTES = 2;

/** More than any payload holds: a name, a number and a photo block. */
export const MAX_PAYLOAD_BYTES = 2048;

/** The bytes of a frame. */
export function encodeBoxFrame({ type, payload }: BoxFrame): Uint8Array {
  const checked = concat(u16be(payload.length + 1), Uint8Array.of(type), payload);
  return concat(PREAMBLE, checked, u16be(crc16(checked)));
}

/** Finds frames in a line's bytes; what is no sound frame is passed over, byte by byte. */
export class BoxFrames {
  #bytes: Uint8Array = new Uint8Array(0);

  /** The frames that are whole now, oldest first. The bytes given are overwritten. */
  push(bytes: Uint8Array): BoxFrame[] {
    const joined = concat(this.#bytes, bytes);
    this.clear();
    bytes.fill(0);
    const frames: BoxFrame[] = [];
    let at = 0;
    while (joined.length - at > 0) {
      const size = findFrameSize(joined.subarray(at));
      if (size === 'more') break;
      const whole = size === 'none' ? undefined : joined.subarray(at, at + size);
      const frame = whole && findFrame(whole);
      if (frame !== undefined) frames.push(frame);
      at += frame === undefined ? 1 : (whole?.length ?? 1);
    }
    this.#bytes = joined.slice(at);
    joined.fill(0);
    return frames;
  }

  /** Forgets a frame that was begun. */
  clear(): void {
    this.#bytes.fill(0);
    this.#bytes = new Uint8Array(0);
  }
}

/** How many bytes the frame at the start takes; `more` until they are there, `none` where none begins. */
function findFrameSize(bytes: Uint8Array): number | 'more' | 'none' {
  const shown = Math.min(bytes.length, PREAMBLE.length);
  if (!equalBytes(bytes.subarray(0, shown), PREAMBLE.subarray(0, shown))) return 'none';
  if (bytes.length < HEAD_BYTES) return 'more';
  const length = readU16be(bytes, PREAMBLE.length);
  if (length < 1 || length > MAX_PAYLOAD_BYTES + 1) return 'none';
  const size = HEAD_BYTES + length + CHECK_BYTES;
  return bytes.length < size ? 'more' : size;
}

function findFrame(whole: Uint8Array): BoxFrame | undefined {
  const checked = whole.subarray(PREAMBLE.length, whole.length - CHECK_BYTES);
  if (crc16(checked) !== readU16be(whole, whole.length - CHECK_BYTES)) return undefined;
  return { type: checked[2] ?? 0, payload: checked.slice(3) };
}

/** `value` as two bytes, big-endian. */
export function u16be(value: number): Uint8Array {
  return Uint8Array.of(value >>> 8, value);
}

/** Two bytes, big-endian. */
export function readU16be(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

function crc16(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = ((crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return crc;
}
