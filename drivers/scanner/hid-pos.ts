/**
 * Scanners that are no keyboards: usage page 0x8C, usage 2 (domain.md C.1). Their codes come in input reports, so
 * that nothing in a code can be a keystroke.
 */
import type { ScannerEvent } from '../api.ts';
import { AIM_BYTES, findSymbology } from './aim.ts';
import { MAX_CODE_BYTES } from './code.ts';
import { eventOf } from './code-buffer.ts';

/** Where a maker puts things in an input report; offsets count from the report id, which is byte 0. */
export interface HidPosLayout {
  readonly reportId: number;
  /** One byte: how many bytes of data the report holds. */
  readonly lengthAt: number;
  readonly aimAt: number;
  readonly dataAt: number;
  readonly maxDataBytes: number;
  /** Bit 0: the code goes on in the next report. */
  readonly moreAt: number;
}

/** The order most makers use: id, length, identifier, 56 bytes of data, and the flag at the end of 64 bytes. */
export const COMMON_HID_POS_LAYOUT: HidPosLayout = {
  reportId: 0x02,
  lengthAt: 1,
  aimAt: 2,
  dataAt: 5,
  maxDataBytes: 56,
  moreAt: 63,
};

/** Puts the input reports of a HID-POS scanner together; never holds more than one code may have. */
export class HidPosReports {
  readonly #layout: HidPosLayout;
  readonly #bytes = new Uint8Array(MAX_CODE_BYTES);
  #length = 0;
  #isSpoilt = false;

  constructor(layout: HidPosLayout = COMMON_HID_POS_LAYOUT) {
    this.#layout = layout;
  }

  /** Takes one report; `undefined` while a code goes on, and for reports that are not about codes. */
  push(report: Uint8Array): ScannerEvent | undefined {
    const { reportId, lengthAt, aimAt, dataAt, maxDataBytes, moreAt } = this.#layout;
    if (report[0] !== reportId) return undefined;
    const length = report[lengthAt] ?? 0;
    const data = report.subarray(dataAt, dataAt + length);
    const isShort = length > maxDataBytes || data.length < length;
    const isTooLong = this.#length + length > MAX_CODE_BYTES;
    this.#isSpoilt ||= isShort || isTooLong;
    if (!this.#isSpoilt) {
      this.#bytes.set(data, this.#length);
      this.#length += length;
    }
    if (((report[moreAt] ?? 0) & 1) === 1) return undefined;
    const symbology = findSymbology(report.subarray(aimAt, aimAt + AIM_BYTES)) ?? null;
    const event: ScannerEvent | undefined = this.#isSpoilt
      ? { type: 'unreadable' }
      : this.#length === 0
        ? undefined
        : eventOf(this.#bytes.subarray(0, this.#length), symbology);
    this.clear();
    return event;
  }

  /** Forgets a code that was begun: its rest did not come, or the scanner was unplugged. */
  clear(): void {
    this.#bytes.fill(0);
    this.#length = 0;
    this.#isSpoilt = false;
  }
}
