import type { DeviceReason, DeviceState } from '../api.ts';

/** What `DLE EOT n` asks for (domain.md C.2). */
const STATUS_KINDS = { printer: 1, offline: 2, error: 3, paper: 4 } as const;
export type StatusKind = keyof typeof STATUS_KINDS;

/** The four answers to `DLE EOT 1` to `4`. */
export type PrinterAnswers = Readonly<Record<StatusKind, number>>;

/** A status byte has bits 1 and 4 set, 0 and 7 clear: anything else is noise, or another answer. */
const STATUS_MASK = 0x93;
const STATUS_VALUE = 0x12;

/** Whether a byte can be an answer to `DLE EOT`. */
export function isStatusByte(byte: number): boolean {
  return (byte & STATUS_MASK) === STATUS_VALUE;
}

/** An answer to `GS r` has bits 4 and 7 clear, so the two cannot be mistaken for each other. */
const IN_ORDER_MASK = 0x90;

/** Whether a byte can be an answer to `GS r 1`. */
export function isInOrderByte(byte: number): boolean {
  return (byte & IN_ORDER_MASK) === 0;
}

/** Request for one status byte, answered at once whatever the printer is doing. */
export function statusRequest(kind: StatusKind): Uint8Array {
  return Uint8Array.of(0x10, 0x04, STATUS_KINDS[kind]);
}

/** What each bit means, the most telling first: the first that is set names the printer's trouble. */
const FAULT_BITS: readonly (readonly [StatusKind, number, DeviceReason])[] = [
  ['error', 0x20, 'unrecoverable'],
  ['error', 0x08, 'cutter-error'],
  ['offline', 0x04, 'cover-open'],
  ['offline', 0x20, 'paper-out'],
  ['paper', 0x60, 'paper-out'],
  ['error', 0x40, 'overheated'],
  ['offline', 0x40, 'unrecoverable'],
  ['printer', 0x08, 'off-line'],
];

const PAPER_LOW_BITS = 0x0c;

/** A printer's condition: whether it can print, and why not, or what it will soon want. */
export type PrinterCondition =
  | { readonly state: Extract<DeviceState, 'ok'>; readonly reason: null }
  | { readonly state: Extract<DeviceState, 'attention' | 'fault'>; readonly reason: DeviceReason };

/** Understands the four answers together. */
export function conditionOf(answers: PrinterAnswers): PrinterCondition {
  const fault = FAULT_BITS.find(([kind, bits]) => (answers[kind] & bits) !== 0);
  if (fault !== undefined) return { state: 'fault', reason: fault[2] };
  if ((answers.paper & PAPER_LOW_BITS) !== 0) return { state: 'attention', reason: 'paper-low' };
  return { state: 'ok', reason: null };
}

/** Request for the full status of Custom's KPM series (`DLE EOT 20`, domain.md C.2). */
export const FULL_STATUS_REQUEST = Uint8Array.of(0x10, 0x04, 0x14);

/** The four bytes after `10 0F` in a full status. */
export interface FullStatus {
  readonly paper: number;
  readonly user: number;
  readonly recoverable: number;
  readonly unrecoverable: number;
}

/** Bits of the full status, the most telling first. What no source names is not judged, save in the last byte. */
const FULL_FAULT_BITS: readonly (readonly [keyof FullStatus, number, DeviceReason])[] = [
  ['unrecoverable', 0x01, 'cutter-error'],
  ['unrecoverable', 0xff, 'unrecoverable'],
  ['recoverable', 0x40, 'paper-jam'],
  ['user', 0x03, 'cover-open'],
  ['paper', 0x01, 'paper-out'],
  ['recoverable', 0x01, 'overheated'],
  // The supply's voltage is out of bounds.
  ['recoverable', 0x08, 'off-line'],
];

/** Near the end by its sensor, or by the length the printer itself counts. */
const FULL_PAPER_LOW_BITS = 0x44;
const FULL_SLIP_WAITING_BIT = 0x20;

/** Understands a full status. */
export function conditionOfFull(full: FullStatus): PrinterCondition {
  const fault = FULL_FAULT_BITS.find(([part, bits]) => (full[part] & bits) !== 0);
  if (fault !== undefined) return { state: 'fault', reason: fault[2] };
  if ((full.paper & FULL_PAPER_LOW_BITS) !== 0) return { state: 'attention', reason: 'paper-low' };
  if ((full.paper & FULL_SLIP_WAITING_BIT) !== 0) return { state: 'attention', reason: 'slip-waiting' };
  return { state: 'ok', reason: null };
}

/** Finds full statuses among the bytes of a line. */
export class FullStatusFinder {
  #seen: number[] = [];

  /** Whether the byte belongs to a full status that is under way; `onFull` hears one that is whole. */
  take(byte: number, onFull: (full: FullStatus) => void): boolean {
    const isPart = this.#seen.length >= 2 || byte === [0x10, 0x0f][this.#seen.length];
    if (!isPart) {
      this.#seen = byte === 0x10 ? [byte] : [];
      return byte === 0x10;
    }
    this.#seen.push(byte);
    const [, , paper = 0, user = 0, recoverable = 0, unrecoverable] = this.#seen;
    if (unrecoverable === undefined) return true;
    this.#seen = [];
    onFull({ paper, user, recoverable, unrecoverable });
    return true;
  }

  /** Forgets one that was begun: its rest did not come. */
  clear(): void {
    this.#seen = [];
  }
}
