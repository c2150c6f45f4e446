import { HEADER_BYTES, MAX_LENGTH, PREAMBLE } from '../reader/sam-frame.ts';

/**
 * Follows one frame of a secure module through pieces, to know where it ends: by its own length alone. What is
 * no frame is passed on as it came, for the frame reader to drop.
 */
export class SamProgress {
  readonly #header = new Uint8Array(HEADER_BYTES);
  #seen = 0;

  /** Whether a frame has begun and has not come whole. */
  get isUnderWay(): boolean {
    return this.#seen > 0;
  }

  /** Takes a piece; gives the part of it that belongs to the frame, as a copy. */
  take(piece: Uint8Array): Uint8Array {
    const inHeader = Math.min(this.#seen, HEADER_BYTES);
    this.#header.set(piece.subarray(0, HEADER_BYTES - inHeader), inHeader);
    const known = Math.min(this.#seen + piece.length, HEADER_BYTES);
    const end = this.#findEnd(known);
    if (end === undefined) {
      this.reset();
      return piece.slice();
    }
    const part = piece.slice(0, end - this.#seen);
    this.#seen += part.length;
    if (this.#seen === end) this.reset();
    return part;
  }

  /** Expects a new frame. */
  reset(): void {
    this.#header.fill(0);
    this.#seen = 0;
  }

  /** Length of the whole frame, without end while that is not known; `undefined` for what is no frame. */
  #findEnd(known: number): number | undefined {
    if (!PREAMBLE.every((byte, index) => index >= known || this.#header[index] === byte)) return undefined;
    if (known < HEADER_BYTES) return Number.POSITIVE_INFINITY;
    const length = ((this.#header[5] ?? 0) << 8) | (this.#header[6] ?? 0);
    return length > MAX_LENGTH ? undefined : HEADER_BYTES + length;
  }
}
