/** The data items of a social security card: a tag, a length and a value in one record (domain.md C.7). */
import iconv from 'iconv-lite';
import { concat } from '../../base/bytes.ts';
import { err, ok, type Result } from '../../base/result.ts';

type Malformed = { readonly code: 'malformed' };

/** The value of the item in a record; a record of another item, cut off or with more behind it, is `malformed`. */
export function readItem(record: Uint8Array, tag: number): Result<Uint8Array, Malformed> {
  const [foundTag, length, ...value] = record;
  if (foundTag !== tag || length === undefined || value.length !== length) return err({ code: 'malformed' });
  return ok(record.subarray(2));
}

/** A record that holds one item of at most 255 bytes. */
export function encodeItem(tag: number, value: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(tag, value.length), value);
}

/**
 * Digits of a CN item: two in each byte, filled up with F on the right. Undefined when there is anything else in
 * it, or F before a digit.
 */
export function findCn(value: Uint8Array): string | undefined {
  const digits = Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return /^(\d*)f*$/.exec(digits)?.[1];
}

/** Digits as a CN item of so many bytes. */
export function encodeCn(digits: string, bytes: number): Uint8Array {
  const filled = digits.padEnd(bytes * 2, 'f');
  return Uint8Array.from({ length: bytes }, (_, index) =>
    Number.parseInt(filled.slice(index * 2, index * 2 + 2), 16),
  );
}

/**
 * The text of an AN item: GB 18030, filled up with zero bytes on the right (some issuers fill up with blanks).
 * Undefined when there is no such text, or something behind the filling.
 */
export function findAn(value: Uint8Array): string | undefined {
  const end = value.findLastIndex((byte) => byte !== 0x00);
  const used = value.subarray(0, end + 1);
  if (used.includes(0x00)) return undefined;
  const text = iconv.decode(Buffer.from(used), 'gb18030').trimEnd();
  return text.includes('\u{fffd}') ? undefined : text;
}

/** Text as an AN item of so many bytes; it must fit. */
export function encodeAn(text: string, bytes: number): Uint8Array {
  const value = new Uint8Array(bytes);
  value.set(iconv.encode(text, 'gb18030'));
  return value;
}
