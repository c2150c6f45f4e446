/** Where things stand on a social security card (domain.md C.7). */
import { findHex } from '../../base/bytes.ts';
import type { Command } from './apdu.ts';

const SELECT = 0xa4;
const READ_RECORD = 0xb2;

/** The social security environment, by its name `sx1.sh.社会保障` in GBK. */
export const SSSE_NAME = findHex('7378312E73682EC9E7BBE1B1A3D5CF') ?? new Uint8Array();

/** The two files that are read without a code: the issuer's and the holder's. */
export const FILES = { issuer: 0xef05, holder: 0xef06 } as const;

/** An item: its tag, the number of its record in its file, and the bytes of its value. */
export interface ItemPlace {
  readonly tag: number;
  readonly record: number;
  readonly bytes: number;
}

/** What is read of the holder: the number, and the name. */
export const HOLDER_ITEMS = {
  number: { tag: 0x08, record: 1, bytes: 18 },
  name: { tag: 0x09, record: 2, bytes: 30 },
} as const satisfies Record<string, ItemPlace>;

/** Enters the social security environment; a card that has none is no social security card. */
export const SELECT_SSSE: Command = { instruction: SELECT, p1: 0x04, p2: 0x00, data: SSSE_NAME };

/** Opens a file by its two-byte name. */
export function selectFile(file: number): Command {
  return { instruction: SELECT, p1: 0x02, p2: 0x00, data: Uint8Array.of(file >>> 8, file & 0xff) };
}

/** Reads an item by its tag; tag and length come before the value. */
export function readByTag({ tag, bytes }: ItemPlace): Command {
  return { instruction: READ_RECORD, p1: tag, p2: 0x00, expected: bytes + 2 };
}

/** The same by the number of its record, for cards that do not know tags. */
export function readByNumber({ record, bytes }: ItemPlace): Command {
  return { instruction: READ_RECORD, p1: record, p2: 0x04, expected: bytes + 2 };
}
