/** Replay protection by counters alone: no time is looked at (journal.md part 3, "Requests"). */
import { COUNTER_WINDOW } from '../../sync/formats/request.ts';

/** The counters of one boot seen so far: the highest, and one bit for it and for each of the 256 before it. */
export interface CounterWindow {
  readonly highest: number;
  /** The lowest bit of the last byte is `highest` itself. */
  readonly seen: Uint8Array;
}

const BITS = COUNTER_WINDOW + 1;
const BYTES = Math.ceil(BITS / 8);
const MASK = (1n << BigInt(BITS)) - 1n;

/** Before the first request of a boot. */
export const EMPTY_WINDOW: CounterWindow = { highest: 0, seen: new Uint8Array(BYTES) };

/** The window after `counter`, or nothing when it was seen before or is too far behind to tell. */
export function findNextWindow(window: CounterWindow, counter: number): CounterWindow | undefined {
  const bits = toBits(window.seen);
  if (counter > window.highest) {
    const ahead = counter - window.highest;
    const kept = ahead >= BITS ? 0n : bits << BigInt(ahead);
    return { highest: counter, seen: fromBits((kept | 1n) & MASK) };
  }
  const behind = window.highest - counter;
  const bit = 1n << BigInt(behind);
  if (behind > COUNTER_WINDOW || (bits & bit) !== 0n) return undefined;
  return { highest: window.highest, seen: fromBits(bits | bit) };
}

function toBits(seen: Uint8Array): bigint {
  return seen.reduce((bits, byte) => (bits << 8n) | BigInt(byte), 0n);
}

function fromBits(bits: bigint): Uint8Array {
  const seen = new Uint8Array(BYTES);
  for (let index = seen.length - 1, left = bits; index >= 0; index -= 1, left >>= 8n) {
    seen[index] = Number(left & 0xffn);
  }
  return seen;
}
