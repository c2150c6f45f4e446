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
