/**
 * Scanners that are no keyboards: usage page 0x8C, usage 2 (domain.md C.1). Their codes come in input reports, so
 * that nothing in a code can be a keystroke.
 */
import type { ScannerEvent } from '../api.ts';
import { AIM_BYTES, findSymbology } from './aim.ts';
import { MAX_CODE_BYTES } from './code.ts';
import { eventOf } from './code-buffer.ts';
import { COMMON_HID_POS_LAYOUT, type HidPosLayout } from './hid-pos-layout.ts';

/** The usage page of such a scanner; one that can be a keyboard too has another interface for that. */
export const HID_POS_USAGE_PAGE = 0x8c;

/** Puts the input reports of a HID-POS scanner together; never holds more than one code may have. */
export class HidPosReports {
  readonly #layout: HidPosLayout;
  readonly #bytes = new Uint8Array(MAX_CODE_BYTES);
  #length = 0;
  #isUnderWay = false;
  #isSpoilt = false;

  constructor(layout: HidPosLayout = COMMON_HID_POS_LAYOUT) {
    this.#layout = layout;
  }

  /** Whether a code has begun and its last report has not come. */
  get isUnderWay(): boolean {
    return this.#isUnderWay;
  }

  /** Takes one report; `undefined` while a code goes on, and for reports that are not about codes. */
  push(report: Uint8Array): ScannerEvent | undefined {
    const { reportId, lengthAt, dataAt, maxDataBytes, moreAt } = this.#layout;
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
    this.#isUnderWay = ((report[moreAt] ?? 0) & 1) === 1;
    if (this.#isUnderWay) return undefined;
    const event = this.#understand(report);
    this.clear();
    return event;
  }

  /** Forgets a code that was begun: its rest did not come, or the scanner was unplugged. */
  clear(): void {
    this.#bytes.fill(0);
    this.#length = 0;
    this.#isUnderWay = false;
    this.#isSpoilt = false;
  }

  #understand(last: Uint8Array): ScannerEvent | undefined {
    if (this.#isSpoilt) return { type: 'unreadable' };
    if (this.#length === 0) return undefined;
    const { aimAt } = this.#layout;
    const named = aimAt === null ? undefined : findSymbology(last.subarray(aimAt, aimAt + AIM_BYTES));
    return eventOf(this.#bytes.subarray(0, this.#length), named ?? null);
  }
}
