/**
 * Writes CBOR in the one way of RFC 8949 §4.2.1. By hand, since everything that is read is written again to see that
 * it was in that way: this is what reading costs most. Only what `cbor.ts` has found fit to be encoded comes here.
 */
import type { CborMap, CborValue } from './cbor.ts';

/** The bytes of `value`, in memory of their own. */
export function writeCbor(value: CborValue): Uint8Array {
  const bytes = new Uint8Array(sizeOf(value));
  write(bytes, 0, value);
  return bytes;
}

const MAJOR = { unsigned: 0x00, negative: 0x20, bytes: 0x40, text: 0x60, array: 0x80, map: 0xa0 } as const;
const SIMPLE = { false: 0xf4, true: 0xf5, null: 0xf6 } as const;

function sizeOf(value: CborValue): number {
  if (typeof value === 'string') return sizeOfText(value);
  if (typeof value === 'number') return headSize(value < 0 ? -1 - value : value);
  if (value === null || typeof value === 'boolean') return 1;
  if (value instanceof Uint8Array) return headSize(value.length) + value.length;
  let size: number;
  if (value instanceof Map) {
    size = headSize(value.size);
    for (const [key, item] of value as CborMap) size += sizeOfText(key) + sizeOf(item);
  } else {
    const items = value as readonly CborValue[];
    size = headSize(items.length);
    for (const item of items) size += sizeOf(item);
  }
  return size;
}

function sizeOfText(text: string): number {
  const size = utf8Size(text);
  return headSize(size) + size;
}

function headSize(argument: number): number {
  if (argument < 24) return 1;
  if (argument < 0x100) return 2;
  if (argument < 0x1_0000) return 3;
  return argument < 0x1_0000_0000 ? 5 : 9;
}

/** Of well-formed text: each half of a pair counts two. */
function utf8Size(text: string): number {
  let size = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0x80) size += unit < 0x800 || isHalf(unit) ? 1 : 2;
  }
  return size;
}

function isHalf(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xe000;
}

/** Each `write…` answers where the next byte goes. */
function write(to: Uint8Array, at: number, value: CborValue): number {
  if (typeof value === 'string') return writeText(to, at, value);
  if (typeof value === 'number') {
    return value < 0
      ? writeHead(to, at, MAJOR.negative, -1 - value)
      : writeHead(to, at, MAJOR.unsigned, value);
  }
  if (value === null || typeof value === 'boolean') {
    to[at] = value === null ? SIMPLE.null : value ? SIMPLE.true : SIMPLE.false;
    return at + 1;
  }
  if (value instanceof Uint8Array) {
    const from = writeHead(to, at, MAJOR.bytes, value.length);
    to.set(value, from);
    return from + value.length;
  }
  if (value instanceof Map) return writeMap(to, at, value as CborMap);
  const items = value as readonly CborValue[];
  let next = writeHead(to, at, MAJOR.array, items.length);
  for (const item of items) next = write(to, next, item);
  return next;
}

function writeMap(to: Uint8Array, at: number, map: CborMap): number {
  let next = writeHead(to, at, MAJOR.map, map.size);
  for (const [key, item] of inOrder(map)) next = write(to, writeText(to, next, key), item);
  return next;
}

function writeText(to: Uint8Array, at: number, text: string): number {
  // Where it begins follows from its length, known once it is written: guessed from the number of its units.
  const guessed = at + headSize(text.length);
  const end = writeUtf8(to, guessed, text);
  const size = end - guessed;
  const from = at + headSize(size);
  if (from !== guessed) to.copyWithin(from, guessed, end);
  writeHead(to, at, MAJOR.text, size);
  return from + size;
}

function writeUtf8(to: Uint8Array, at: number, text: string): number {
  let next = at;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) to[next++] = unit;
    else if (unit < 0x800) {
      to[next++] = 0xc0 | (unit >>> 6);
      to[next++] = 0x80 | (unit & 0x3f);
    } else if (!isHalf(unit)) {
      to[next++] = 0xe0 | (unit >>> 12);
      to[next++] = 0x80 | ((unit >>> 6) & 0x3f);
      to[next++] = 0x80 | (unit & 0x3f);
    } else {
      const point = text.codePointAt(index++)!;
      to[next++] = 0xf0 | (point >>> 18);
      to[next++] = 0x80 | ((point >>> 12) & 0x3f);
      to[next++] = 0x80 | ((point >>> 6) & 0x3f);
      to[next++] = 0x80 | (point & 0x3f);
    }
  }
  return next;
}

function writeHead(to: Uint8Array, at: number, major: number, argument: number): number {
  const size = headSize(argument);
  if (size === 1) {
    to[at] = major | argument;
    return at + 1;
  }
  to[at] = major | (size === 2 ? 24 : size === 3 ? 25 : size === 5 ? 26 : 27);
  let left = argument;
  for (let index = at + size - 1; index > at; index--) {
    to[index] = left % 0x100;
    left = Math.floor(left / 0x100);
  }
  return at + size;
}

/** In the order of the keys' bytes once written: the shorter first, then by code points. What was read is in order. */
function inOrder(map: CborMap): Iterable<readonly [string, CborValue]> {
  let before: string | undefined;
  for (const key of map.keys()) {
    if (before !== undefined && compareKeys(before, key) > 0) {
      return [...map].sort(([a], [b]) => compareKeys(a, b));
    }
    before = key;
  }
  return map;
}

function compareKeys(a: string, b: string): number {
  const longer = utf8Size(a) - utf8Size(b);
  if (longer !== 0) return longer;
  for (let index = 0; index < a.length && index < b.length; index++) {
    const unitA = a.charCodeAt(index);
    const unitB = b.charCodeAt(index);
    if (unitA !== unitB) return rank(unitA) - rank(unitB);
  }
  return a.length - b.length;
}

/** Halves of pairs stand for code points beyond all others, though their own numbers are lower than some. */
function rank(unit: number): number {
  return isHalf(unit) ? unit + 0x1_0000 : unit;
}
