import { encodeFrame } from './sam-frame.ts';

/** The commands used, as CMD and PARA (domain.md A.4). */
export const COMMANDS = {
  reset: [0x10, 0xff],
  status: [0x11, 0xff],
  find: [0x20, 0x01],
  select: [0x20, 0x02],
  read: [0x30, 0x01],
  'read-address': [0x30, 0x03],
} as const;

export type CommandName = keyof typeof COMMANDS;

/** The whole request frame of a command. */
export function encodeRequest(name: CommandName): Uint8Array {
  return encodeFrame(Uint8Array.from(COMMANDS[name]));
}

/** The command a request's payload asks for, or `undefined` when it is none of ours. */
export function findCommand(payload: Uint8Array): CommandName | undefined {
  const names = Object.keys(COMMANDS) as CommandName[];
  return names.find((name) => {
    const [command, parameter] = COMMANDS[name];
    return payload.length === 2 && payload[0] === command && payload[1] === parameter;
  });
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
