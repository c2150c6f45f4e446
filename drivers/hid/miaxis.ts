/**
 * The wrapping of Miaxis readers (domain.md A.10): a message is a start byte, a serial number (two bytes), a
 * length (two bytes, little-endian, counting what follows it up to the sum), a command or a result, the payload,
 * and the sum of everything from the length on (two bytes, little-endian). A message begins with a report; what
 * is left of its last report is padding.
 */
import { PREAMBLE } from '../reader/sam-frame.ts';
import { cutIntoReports, type ReportCodec } from './reports.ts';
import { SamProgress } from './sam-progress.ts';

const REQUEST_START = 0x88;
const ANSWER_START = 0xaa;

/** Start byte, serial number, length. */
const HEADER_BYTES = 5;
const SUM_BYTES = 2;

/** The longest payload taken: a whole frame of a secure module with room for what wraps it. */
const MAX_PAYLOAD_BYTES = 4_200;

/** Some answers put so many bytes before each piece of a frame; they mean nothing to us. */
const PIECE_HEADER_BYTES = 2;

/** A message taken out of its wrapping. */
export interface MiaxisMessage {
  /** 0 to 65,535. */
  readonly serial: number;
  /** The command of a request, the result of an answer: one byte. */
  readonly code: number;
  readonly payload: Uint8Array;
}

/** The bytes of a request. */
export function encodeMiaxisRequest(message: MiaxisMessage): Uint8Array {
  return encodeMessage(REQUEST_START, message);
}

/** The bytes of an answer: for simulators and tests. */
export function encodeMiaxisAnswer(message: MiaxisMessage): Uint8Array {
  return encodeMessage(ANSWER_START, message);
}

function encodeMessage(start: number, { serial, code, payload }: MiaxisMessage): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + 1 + payload.length + SUM_BYTES);
  const view = new DataView(bytes.buffer);
  bytes[0] = start;
  view.setUint16(1, serial, true);
  view.setUint16(3, payload.length + 1, true);
  bytes[HEADER_BYTES] = code;
  bytes.set(payload, HEADER_BYTES + 1);
  view.setUint16(bytes.length - SUM_BYTES, sumOf(bytes.subarray(3, -SUM_BYTES)), true);
  return bytes;
}

/** Puts reports together into messages of one direction; what is no message is dropped. */
export class MiaxisMessages {
  readonly #start: number;
  readonly #bytes = new Uint8Array(HEADER_BYTES + 1 + MAX_PAYLOAD_BYTES + SUM_BYTES);
  #held = 0;

  constructor(direction: 'requests' | 'answers') {
    this.#start = direction === 'requests' ? REQUEST_START : ANSWER_START;
  }

  /** Takes a report; gives the message it completes, its payload a copy, or `undefined`. */
  push(report: Uint8Array): MiaxisMessage | undefined {
    if (this.#held === 0 && !this.#mayBegin(report)) return undefined;
    const part = report.subarray(0, this.#bytes.length - this.#held);
    this.#bytes.set(part, this.#held);
    this.#held += part.length;
    const end = HEADER_BYTES + this.#length() + SUM_BYTES;
    if (this.#held < end) return undefined;
    const message = this.#message(end);
    this.reset();
    return message;
  }

  /** Forgets, and overwrites, a message begun. */
  reset(): void {
    this.#bytes.fill(0);
    this.#held = 0;
  }

  #mayBegin(report: Uint8Array): boolean {
    if (report.length < HEADER_BYTES || report[0] !== this.#start) return false;
    const length = (report[3] ?? 0) | ((report[4] ?? 0) << 8);
    return length >= 1 && length <= MAX_PAYLOAD_BYTES + 1;
  }

  #length(): number {
    return (this.#bytes[3] ?? 0) | ((this.#bytes[4] ?? 0) << 8);
  }

  #message(end: number): MiaxisMessage | undefined {
    const view = new DataView(this.#bytes.buffer);
    const sumAt = end - SUM_BYTES;
    if (view.getUint16(sumAt, true) !== sumOf(this.#bytes.subarray(3, sumAt))) return undefined;
    return {
      serial: view.getUint16(1, true),
      code: view.getUint8(HEADER_BYTES),
      payload: this.#bytes.slice(HEADER_BYTES + 1, sumAt),
    };
  }
}

/**
 * Frames wrapped as Miaxis readers do. `command` is the one by which a reader passes a frame on to its secure
 * module: no source names it, so the cabinet must. An answer's result is not looked at: the frame inside has a
 * check and a status of its own, and an answer without one is no answer.
 */
export function miaxisReports(command: number): ReportCodec {
  const messages = new MiaxisMessages('answers');
  const progress = new SamProgress();
  let serial = 0;
  let skippedBytes = 0;
  return {
    encode(frame) {
      messages.reset();
      progress.reset();
      serial = (serial + 1) & 0xffff;
      return cutIntoReports(encodeMiaxisRequest({ serial, code: command, payload: frame }));
    },
    decode(report) {
      const payload = messages.push(report)?.payload;
      if (payload === undefined) return new Uint8Array(0);
      if (!progress.isUnderWay) skippedBytes = beginsFrame(payload) ? 0 : PIECE_HEADER_BYTES;
      const piece = progress.take(payload.subarray(skippedBytes));
      payload.fill(0);
      return piece;
    },
  };
}

/** Whether a frame begins here, and not after two bytes more. */
function beginsFrame(payload: Uint8Array): boolean {
  return PREAMBLE.every((byte, index) => payload[index] === byte);
}

/** The sum of bytes, as far as two bytes hold it. */
function sumOf(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => (sum + byte) & 0xffff, 0);
}
