/**
 * The frame of resident ID card readers, SAM-V and SAM-A (domain.md A.3): `AA AA AA 96 69`, a length of two
 * bytes (big-endian, counting what follows it), the payload, and the XOR of everything after the preamble.
 */

/** What every frame begins with. */
export const PREAMBLE: Uint8Array = Uint8Array.of(0xaa, 0xaa, 0xaa, 0x96, 0x69);
/** Preamble and length. */
export const HEADER_BYTES = PREAMBLE.length + 2;

/** The largest length field taken for one; the longest useful frame has 0x090A. */
export const MAX_LENGTH = 4096;

/** What a reader of frames makes of the bytes: a payload (length and check taken off), or a wrong check. */
export type FrameEvent =
  | { readonly type: 'frame'; readonly payload: Uint8Array }
  | { readonly type: 'bad-check' };

/** Wraps a payload of 1 to 4,095 bytes in a frame. */
export function encodeFrame(payload: Uint8Array): Uint8Array {
  const length = payload.length + 1;
  if (payload.length < 1 || length > MAX_LENGTH) {
    throw new Error(`broken invariant: payload of ${payload.length} bytes`);
  }
  const frame = new Uint8Array(HEADER_BYTES + length);
  frame.set(PREAMBLE);
  frame[5] = length >>> 8;
  frame[6] = length & 0xff;
  frame.set(payload, HEADER_BYTES);
  frame[frame.length - 1] = checkOf(frame, frame.length - 1);
  return frame;
}

/**
 * Cuts a stream of bytes into frames, whatever pieces they come in. A frame is taken by its length alone: the
 * preamble is never looked for inside one, since photo bytes may hold it. Noise before a frame is dropped one
 * byte at a time. What was consumed is overwritten.
 */
export class FrameReader {
  readonly #minLength: number;
  readonly #buffer = new Uint8Array(HEADER_BYTES + MAX_LENGTH);
  #held = 0;

  /** `minPayload` is the shortest payload that can be a frame: 3 for an answer, 2 for a request. */
  constructor(minPayload: number) {
    this.#minLength = minPayload + 1;
  }

  /** Bytes held back: part of a frame that has not come whole. */
  get pendingBytes(): number {
    return this.#held;
  }

  /** Takes in bytes and gives what they complete, in order. Payloads are the caller's own copies. */
  push(bytes: Uint8Array): FrameEvent[] {
    const events: FrameEvent[] = [];
    let taken = 0;
    while (taken < bytes.length) {
      const part = bytes.subarray(taken, taken + this.#buffer.length - this.#held);
      this.#buffer.set(part, this.#held);
      this.#held += part.length;
      taken += part.length;
      this.#cut(events);
    }
    return events;
  }

  /** Forgets, and overwrites, a frame begun. */
  reset(): void {
    this.#buffer.fill(0);
    this.#held = 0;
  }

  #cut(events: FrameEvent[]): void {
    for (;;) {
      const start = this.#findStart();
      this.#drop(start);
      if (this.#held < HEADER_BYTES) return;
      const end = HEADER_BYTES + this.#length(0);
      if (this.#held < end) return;
      const sound = checkOf(this.#buffer, end - 1) === this.#buffer[end - 1];
      events.push(
        sound ? { type: 'frame', payload: this.#buffer.slice(HEADER_BYTES, end - 1) } : { type: 'bad-check' },
      );
      this.#drop(end);
    }
  }

  /** Index of the first byte at which a frame may begin, as far as the bytes held can tell. */
  #findStart(): number {
    let start = 0;
    while (start < this.#held && !this.#mayBegin(start)) start += 1;
    return start;
  }

  #mayBegin(start: number): boolean {
    const known = this.#held - start;
    for (let index = 0; index < Math.min(PREAMBLE.length, known); index += 1) {
      if (this.#buffer[start + index] !== PREAMBLE[index]) return false;
    }
    if (known < HEADER_BYTES) return true;
    const length = this.#length(start);
    return length >= this.#minLength && length <= MAX_LENGTH;
  }

  #length(start: number): number {
    return ((this.#buffer[start + 5] ?? 0) << 8) | (this.#buffer[start + 6] ?? 0);
  }

  #drop(count: number): void {
    if (count === 0) return;
    this.#buffer.copyWithin(0, count, this.#held);
    this.#buffer.fill(0, this.#held - count, this.#held);
    this.#held -= count;
  }
}

/** The check of a frame: XOR of its bytes from the length field up to `end`, which is left out. */
export function checkOf(bytes: Uint8Array, end: number): number {
  let check = 0;
  for (let index = PREAMBLE.length; index < end; index += 1) check ^= bytes[index] ?? 0;
  return check;
}
