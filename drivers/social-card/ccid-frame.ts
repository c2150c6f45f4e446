/**
 * Messages between a terminal and a chip card reader on a serial line: those of USB CCID 1.1, framed as readers of
 * the GemPC Twin kind do:
 *
 * ```
 * 03 06   then the message, then one byte: all before it XORed
 * 03 15 16   "say that again"
 * 50 02   the card was taken out;  50 03   a card was put in
 * ```
 *
 * A message is type, length (u32, little-endian), slot, sequence, three bytes by type, and its data. Such readers
 * send each command back first, and between frames a byte of 80 or more asks for patience.
 */
import { concat } from '../../base/bytes.ts';

/** One message, in either direction. */
export interface CcidMessage {
  readonly type: number;
  readonly sequence: number;
  /** Three bytes whose meaning is the type's. */
  readonly specific: readonly [number, number, number];
  readonly data: Uint8Array;
}

/** What a line's bytes come to. */
export type CcidEvent =
  | { readonly type: 'message'; readonly message: CcidMessage }
  | { readonly type: 'card'; readonly isIn: boolean }
  | { readonly type: 'again' };

/** Types of messages: to the reader below 80, from it above (CCID 1.1 §6.1, §6.2). */
export const CCID_TYPES = {
  powerOn: 0x62,
  powerOff: 0x63,
  slotStatus: 0x65,
  transfer: 0x6f,
  dataBlock: 0x80,
  slotState: 0x81,
} as const;

const SYNC = 0x03;
const ACK = 0x06;
const NAK = 0x15;
const MOVED = 0x50;
const CARD_STATES: ReadonlyMap<number, boolean> = new Map([
  [0x02, false],
  [0x03, true],
]);
const FRAME_HEAD_BYTES = 2;
const MESSAGE_HEAD_BYTES = 10;
/** A short command or answer and its head: what such readers hold. */
const MAX_DATA_BYTES = 261;

/** The bytes of a message in its frame. */
export function encodeCcid({ type, sequence, specific, data }: CcidMessage): Uint8Array {
  const { length } = data;
  const framed = concat(
    Uint8Array.of(
      SYNC,
      ACK,
      type,
      length,
      length >>> 8,
      length >>> 16,
      length >>> 24,
      0,
      sequence,
      ...specific,
    ),
    data,
  );
  return concat(framed, Uint8Array.of(xorOf(framed)));
}

/** The bytes that tell of a card put in or taken out. */
export function encodeCardMoved(isIn: boolean): Uint8Array {
  return Uint8Array.of(MOVED, isIn ? 0x03 : 0x02);
}

/** Finds frames in a line's bytes; what is none is passed over, byte by byte. */
export class CcidFrames {
  #bytes: Uint8Array = new Uint8Array(0);

  /** What is whole now, oldest first. The bytes given are overwritten. */
  push(bytes: Uint8Array): CcidEvent[] {
    const joined = concat(this.#bytes, bytes);
    this.clear();
    bytes.fill(0);
    const events: CcidEvent[] = [];
    let at = 0;
    while (at < joined.length) {
      const found = findEvent(joined.subarray(at));
      if (found === 'more') break;
      if (found !== 'none') events.push(found.event);
      at += found === 'none' ? 1 : found.size;
    }
    this.#bytes = joined.slice(at);
    joined.fill(0);
    return events;
  }

  /** Forgets, and overwrites, a frame that was begun. */
  clear(): void {
    this.#bytes.fill(0);
    this.#bytes = new Uint8Array(0);
  }
}

type Found = { readonly event: CcidEvent; readonly size: number } | 'more' | 'none';

function findEvent(bytes: Uint8Array): Found {
  const [first, second] = bytes;
  if (first !== SYNC && first !== MOVED) return 'none';
  if (second === undefined) return 'more';
  if (first === MOVED) {
    const isIn = CARD_STATES.get(second);
    return isIn === undefined ? 'none' : { event: { type: 'card', isIn }, size: 2 };
  }
  if (second === ACK) return findMessage(bytes);
  if (second !== NAK) return 'none';
  if (bytes.length < 3) return 'more';
  return bytes[2] === (SYNC ^ NAK) ? { event: { type: 'again' }, size: 3 } : 'none';
}

function findMessage(bytes: Uint8Array): Found {
  const headBytes = FRAME_HEAD_BYTES + MESSAGE_HEAD_BYTES;
  if (bytes.length < FRAME_HEAD_BYTES + 5) return 'more';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(FRAME_HEAD_BYTES + 1, true);
  if (length > MAX_DATA_BYTES) return 'none';
  const size = headBytes + length + 1;
  if (bytes.length < size) return 'more';
  if (xorOf(bytes.subarray(0, size)) !== 0) return 'none';
  const byte = (offset: number) => view.getUint8(FRAME_HEAD_BYTES + offset);
  const message: CcidMessage = {
    type: byte(0),
    sequence: byte(6),
    specific: [byte(7), byte(8), byte(9)],
    data: bytes.slice(headBytes, headBytes + length),
  };
  return { event: { type: 'message', message }, size };
}

function xorOf(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum ^ byte, 0);
}
