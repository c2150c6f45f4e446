/** A line on which a share of all bytes arrive wrong; the same seed spoils the same bytes. */
export class LineNoise {
  readonly #share: number;
  #state: number;

  /** `share` is 0 to 1. */
  constructor(share: number, seed: number) {
    this.#share = share;
    this.#state = (Math.imul(seed, 2_654_435_761) ^ 0x9e3779b9) >>> 0 || 1;
  }

  /** The bytes as they arrive. */
  spoil(bytes: Uint8Array): Uint8Array {
    if (this.#share === 0) return bytes;
    return bytes.map((byte) => (this.#fraction() < this.#share ? byte ^ (1 + this.#below(255)) : byte));
  }

  #below(limit: number): number {
    return Math.floor(this.#fraction() * limit);
  }

  /** 0 up to but not 1 (xorshift). */
  #fraction(): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    this.#state >>>= 0;
    return this.#state / 2 ** 32;
  }
}

/** A line that spoils nothing. */
export const QUIET = new LineNoise(0, 1);
