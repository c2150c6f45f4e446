/** Joins byte strings. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** Whether two byte strings are the same. Not for secrets: it stops at the first difference. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  // Not `every`: entries are hundreds of kilobytes, and a call for each byte would be felt.
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

/** `value` as four bytes, big-endian (journal.md "Bytes"). */
export function u32be(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}

/** Text as UTF-8. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A label of journal.md: its text and one zero byte. */
export function label(text: string): Uint8Array {
  return utf8(`${text}\0`);
}

const HEX_CODES = utf8('0123456789abcdef');
/** Bytes turned to text in one call: as many arguments as any engine takes. */
const HEX_AT_ONCE = 1_024;

/** Lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  // Ids are keys of maps everywhere: this is called for each, and a string put together digit by digit is heavy.
  if (bytes.length > HEX_AT_ONCE) {
    return toHex(bytes.subarray(0, HEX_AT_ONCE)) + toHex(bytes.subarray(HEX_AT_ONCE));
  }
  const codes: number[] = [];
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index]!;
    codes.push(HEX_CODES[byte >>> 4]!, HEX_CODES[byte & 15]!);
  }
  return String.fromCharCode(...codes);
}

/** Bytes of a hex string, or `undefined` when it is none. */
export function findHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) return undefined;
  return Uint8Array.from({ length: text.length / 2 }, (_, index) =>
    Number.parseInt(text.slice(index * 2, index * 2 + 2), 16),
  );
}

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Base64url without padding (RFC 4648 §5). */
export function toBase64Url(bytes: Uint8Array): string {
  return toDigits(bytes, BASE64URL, 6);
}

/** Bytes of an unpadded base64url string, or `undefined` when it is none or has stray bits. */
export function findBase64Url(text: string): Uint8Array | undefined {
  return fromDigits(text, BASE64URL, 6);
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Crockford base32, upper case, no check symbol. */
export function toBase32(bytes: Uint8Array): string {
  return toDigits(bytes, CROCKFORD, 5);
}

/** Bytes of a Crockford base32 string; hyphens are passed over, I and L read as 1, O as 0. */
export function findBase32(text: string): Uint8Array | undefined {
  const plain = text.toUpperCase().replaceAll('-', '').replaceAll(/[IL]/g, '1').replaceAll('O', '0');
  return fromDigits(plain, CROCKFORD, 5);
}

function toDigits(bytes: Uint8Array, alphabet: string, bitsPerDigit: number): string {
  let text = '';
  let held = 0;
  let heldBits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    heldBits += 8;
    while (heldBits >= bitsPerDigit) {
      heldBits -= bitsPerDigit;
      text += alphabet[(held >>> heldBits) & ((1 << bitsPerDigit) - 1)];
    }
    held &= (1 << heldBits) - 1;
  }
  return heldBits > 0
    ? text + alphabet[(held << (bitsPerDigit - heldBits)) & ((1 << bitsPerDigit) - 1)]
    : text;
}

/** What each digit stands for, by its character code. */
const VALUES: Readonly<Record<string, readonly (number | undefined)[]>> = Object.fromEntries(
  [BASE64URL, CROCKFORD].map((alphabet) => {
    const values: (number | undefined)[] = [];
    for (const [value, digit] of [...alphabet].entries()) values[digit.charCodeAt(0)] = value;
    return [alphabet, values];
  }),
);

function fromDigits(text: string, alphabet: string, bitsPerDigit: number): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.floor((text.length * bitsPerDigit) / 8));
  let held = 0;
  let heldBits = 0;
  let length = 0;
  const values = VALUES[alphabet] ?? [];
  for (let at = 0; at < text.length; at++) {
    const value = values[text.charCodeAt(at)];
    if (value === undefined) return undefined;
    held = (held << bitsPerDigit) | value;
    heldBits += bitsPerDigit;
    if (heldBits >= 8) {
      heldBits -= 8;
      bytes[length++] = held >>> heldBits;
      held &= (1 << heldBits) - 1;
    }
  }
  return held === 0 && heldBits < bitsPerDigit ? bytes : undefined;
}
