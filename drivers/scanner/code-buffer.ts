import type { ScannerEvent, Symbology } from '../api.ts';
import { AIM_BYTES, findSymbology } from './aim.ts';
import { decodeCode, MAX_CODE_BYTES } from './code.ts';

const CR = 0x0d;
const LF = 0x0a;

/** An identifier before the code, and CR and LF after it. */
const MAX_BYTES = AIM_BYTES + MAX_CODE_BYTES + 2;

/** The bytes of one scan as they come over a serial line; never holds more than one code may have. */
export class CodeBuffer {
  readonly #bytes = new Uint8Array(MAX_BYTES);
  readonly #hasAim: boolean;
  #length = 0;
  #isTooLong = false;
  /** Whether the last byte heard, kept or not, ends a line. */
  #isAtEnd = false;

  /** `hasAim`: the scanner is set to send an AIM identifier before each code. */
  constructor(options: { readonly hasAim: boolean }) {
    this.#hasAim = options.hasAim;
  }

  /** Takes bytes over and overwrites them. */
  push(bytes: Uint8Array): void {
    const taken = bytes.subarray(0, MAX_BYTES - this.#length);
    this.#bytes.set(taken, this.#length);
    this.#length += taken.length;
    this.#isTooLong ||= taken.length < bytes.length;
    this.#isAtEnd = isLineEnd(bytes.at(-1));
    bytes.fill(0);
  }

  /** Whether what came last may be the end of a code. */
  get isAtEnd(): boolean {
    return this.#isAtEnd;
  }

  /** What was scanned, and an empty buffer; `undefined` for a line end with nothing before it. */
  take(): ScannerEvent | undefined {
    const event = this.#understand();
    this.clear();
    return event;
  }

  clear(): void {
    this.#bytes.fill(0);
    this.#length = 0;
    this.#isTooLong = false;
    this.#isAtEnd = false;
  }

  #understand(): ScannerEvent | undefined {
    let end = this.#length;
    if (this.#isTooLong || !isLineEnd(this.#bytes[end - 1])) return { type: 'unreadable' };
    if (this.#bytes[end - 1] === LF && this.#bytes[end - 2] === CR) end -= 1;
    const line = this.#bytes.subarray(0, end - 1);
    if (line.length === 0) return undefined;
    const named = this.#hasAim ? findSymbology(line.subarray(0, AIM_BYTES)) : undefined;
    return eventOf(named === undefined ? line : line.subarray(AIM_BYTES), named ?? null);
  }
}

/** What a code's bytes are told as. */
export function eventOf(bytes: Uint8Array, symbology: Symbology | null): ScannerEvent {
  const code = decodeCode(bytes, symbology);
  return code === undefined ? { type: 'unreadable' } : { type: 'code', code };
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === CR || byte === LF;
}
