/** Commands to a chip card and its answers (ISO/IEC 7816-4, short form). */
import { concat } from '../../base/bytes.ts';
import { err, ok, type Result } from '../../base/result.ts';

/** One command. A command carries data, or expects some; on the oldest protocol (T=0) never both at once. */
export interface Command {
  readonly instruction: number;
  readonly p1: number;
  readonly p2: number;
  /** 1 to 255 bytes. */
  readonly data?: Uint8Array;
  /** How many bytes should come, 1 to 256; 256 is "as many as there are". */
  readonly expected?: number;
}

/** A card's answer: what it gave, and its status word. */
export interface Answer {
  readonly data: Uint8Array;
  /** `SW1 SW2`, such as 0x9000. */
  readonly status: number;
}

/** What a status word asks for or says, as far as a reader of cards goes. */
export type StatusMeaning =
  | { readonly type: 'done' }
  /** So many bytes wait to be fetched. */
  | { readonly type: 'more'; readonly count: number }
  /** Ask again for so many. */
  | { readonly type: 'wrong-length'; readonly count: number }
  /** There is no such file, application or record. */
  | { readonly type: 'not-found' }
  /** It does not know the command, or not in this form. */
  | { readonly type: 'not-supported' }
  /** It wants a code or a key first, or has been blocked. */
  | { readonly type: 'refused' }
  | { readonly type: 'failed' };

const CLASS = 0x00;
const GET_RESPONSE = 0xc0;
const STATUS_BYTES = 2;
/** The largest answer in the short form. */
const MAX_ANSWER_BYTES = 256 + STATUS_BYTES;

/** The bytes of a command. */
export function encodeCommand({ instruction, p1, p2, data, expected }: Command): Uint8Array {
  const head = Uint8Array.of(CLASS, instruction, p1, p2);
  if (data !== undefined) return concat(head, Uint8Array.of(data.length), data);
  return expected === undefined ? head : concat(head, Uint8Array.of(expected & 0xff));
}

/** The command that fetches what waits. */
export function getResponse(count: number): Command {
  return { instruction: GET_RESPONSE, p1: 0, p2: 0, expected: count };
}

/** Understands an answer; `malformed` when it is too short to hold a status word, or too long for any answer. */
export function readAnswer(bytes: Uint8Array): Result<Answer, { readonly code: 'malformed' }> {
  if (bytes.length < STATUS_BYTES || bytes.length > MAX_ANSWER_BYTES) return err({ code: 'malformed' });
  const at = bytes.length - STATUS_BYTES;
  const [high = 0, low = 0] = bytes.subarray(at);
  return ok({ data: bytes.subarray(0, at), status: (high << 8) | low });
}

const NOT_FOUND = new Set([0x6a82, 0x6a83, 0x6a88]);
const NOT_SUPPORTED = new Set([0x6a81, 0x6a86, 0x6b00, 0x6d00, 0x6e00]);
const REFUSED = new Set([0x6982, 0x6983, 0x6984, 0x6985, 0x6283]);

/** What a status word means. */
export function meaningOf(status: number): StatusMeaning {
  const low = status & 0xff;
  // A length of 0 is 256.
  const count = low === 0 ? 256 : low;
  if (status === 0x9000) return { type: 'done' };
  if (status >>> 8 === 0x61) return { type: 'more', count };
  if (status >>> 8 === 0x6c) return { type: 'wrong-length', count };
  if (NOT_FOUND.has(status)) return { type: 'not-found' };
  if (NOT_SUPPORTED.has(status)) return { type: 'not-supported' };
  return { type: REFUSED.has(status) ? 'refused' : 'failed' };
}
