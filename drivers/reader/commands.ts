import { concat } from '../../base/bytes.ts';
import { encodeFrame } from './sam-frame.ts';

/** The speeds a reader can be set to, in bits per second, the usual one first (domain.md A.2). */
export const READER_SPEEDS = [115_200, 57_600, 38_400, 19_200, 9_600] as const;
export type ReaderSpeed = (typeof READER_SPEEDS)[number];

/** The commands used, as CMD and PARA (domain.md A.4). */
export const COMMANDS = {
  reset: [0x10, 0xff],
  /** How the secure module is; it tests itself for this. */
  status: [0x11, 0xff],
  'sam-id': [0x12, 0xff],
  find: [0x20, 0x01],
  select: [0x20, 0x02],
  read: [0x30, 0x01],
  'read-with-fingerprint': [0x30, 0x10],
  'read-address': [0x30, 0x03],
  /** The numbers of the card's body; directly after a read. Its bytes were recalled, never seen published. */
  'read-body-numbers': [0x30, 0x05],
  'speed-115200': [0x60, 0x00],
  'speed-57600': [0x60, 0x01],
  'speed-38400': [0x60, 0x02],
  'speed-19200': [0x60, 0x03],
  'speed-9600': [0x60, 0x04],
  /** Takes one byte: how many bytes it may send to a card at once. */
  'max-rf-bytes': [0x61, 0xff],
} as const;

export type CommandName = keyof typeof COMMANDS;

/** How many bytes of data a command takes. */
function dataBytesOf(name: CommandName): number {
  return name === 'max-rf-bytes' ? 1 : 0;
}

/** The whole request frame of a command; `data` is one byte for `max-rf-bytes`, nothing for the others. */
export function encodeRequest(name: CommandName, data: Uint8Array = new Uint8Array(0)): Uint8Array {
  if (data.length !== dataBytesOf(name)) {
    throw new Error(`broken invariant: ${name} with ${data.length} bytes`);
  }
  return encodeFrame(concat(Uint8Array.from(COMMANDS[name]), data));
}

/** The command a request's payload asks for, or `undefined` when it is none of ours. */
export function findCommand(payload: Uint8Array): CommandName | undefined {
  const names = Object.keys(COMMANDS) as CommandName[];
  return names.find((name) => {
    const [command, parameter] = COMMANDS[name];
    return payload.length === 2 + dataBytesOf(name) && payload[0] === command && payload[1] === parameter;
  });
}

/** The speed a command sets, or `undefined` when it sets none. */
export function findSpeedSet(name: CommandName): ReaderSpeed | undefined {
  return READER_SPEEDS.find((speed) => name === `speed-${speed}`);
}

/** An answer: the card's own status words (SW1, SW2), the reader's status (SW3), and data. */
export interface SamAnswer {
  readonly sw1: number;
  readonly sw2: number;
  readonly sw3: number;
  /** A view into the payload. */
  readonly data: Uint8Array;
}

/** Takes an answer's payload (at least 3 bytes, which the frame reader sees to) apart. */
export function parseAnswer(payload: Uint8Array): SamAnswer {
  const [sw1, sw2, sw3] = payload;
  if (sw1 === undefined || sw2 === undefined || sw3 === undefined) {
    throw new Error(`broken invariant: an answer of ${payload.length} bytes`);
  }
  return { sw1, sw2, sw3, data: payload.subarray(3) };
}

/** The whole answer frame; SW1 and SW2 are zero, as a reader sends them unless the card said otherwise. */
export function encodeAnswer(sw3: number, data: Uint8Array = new Uint8Array(0)): Uint8Array {
  const payload = new Uint8Array(3 + data.length);
  payload[2] = sw3;
  payload.set(data, 3);
  return encodeFrame(payload);
}
