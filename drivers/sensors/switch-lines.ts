/**
 * The bytes of a sensor that is plainly on or off, behind a small serial board: asked with `?` it answers `0` or
 * `1` and a line end; it also says so unasked when it changes.
 */

/** The question. */
export const ASK = Uint8Array.of(0x3f);

const LF = 0x0a;
const CR = 0x0d;
const ANSWERS: ReadonlyMap<number, boolean> = new Map([
  [0x30, false],
  [0x31, true],
]);

/** Finds answers in a line's bytes; one digit alone on its line counts, anything else is noise. */
export class SwitchLines {
  /** The digit that stands alone on the line so far; `noise` until its end when there is anything else. */
  #line: boolean | 'noise' | undefined;

  /** What the bytes say, oldest first. */
  push(bytes: Uint8Array): boolean[] {
    const said: boolean[] = [];
    for (const byte of bytes) {
      if (byte === LF || byte === CR) {
        if (typeof this.#line === 'boolean') said.push(this.#line);
        this.#line = undefined;
      } else this.#line = this.#line === undefined ? (ANSWERS.get(byte) ?? 'noise') : 'noise';
    }
    return said;
  }

  /** Forgets a line that was begun. */
  clear(): void {
    this.#line = undefined;
  }
}
