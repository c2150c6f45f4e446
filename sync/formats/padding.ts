import { concat, u32be } from '../../base/bytes.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { type FormatTrouble, tooLarge } from './shape.ts';

const KIB = 1024;
const LENGTH_BYTES = 4;

/** The sizes a padded body may have: 1, 2, 4 … 256 KiB. */
export const BODY_SIZES: readonly number[] = Array.from({ length: 9 }, (_, power) => KIB << power);

/** An attachment is padded to multiples of this many bytes. */
export const ATTACHMENT_STEP = 64 * KIB;

/** `pad(x, sizes)` of journal.md: u32 length of x ‖ x ‖ zeros up to the smallest of `sizes` that holds it. */
export function padToSizes(plain: Uint8Array, sizes: readonly number[]): Result<Uint8Array, FormatTrouble> {
  const size = sizes.find((candidate) => candidate >= plain.length + LENGTH_BYTES);
  return size === undefined ? tooLarge('padded') : ok(padTo(plain, size));
}

/** The same, up to the next multiple of `step`. */
export function padToMultiple(plain: Uint8Array, step: number): Uint8Array {
  return padTo(plain, Math.ceil((plain.length + LENGTH_BYTES) / step) * step);
}

/** What was padded; anything but zeros after it, or an impossible length, is `unopenable`. */
export function unpad(padded: Uint8Array): Result<Uint8Array, 'unopenable'> {
  if (padded.length < LENGTH_BYTES) return err('unopenable');
  const length = new DataView(padded.buffer, padded.byteOffset, padded.length).getUint32(0);
  const end = LENGTH_BYTES + length;
  if (end > padded.length || padded.subarray(end).some((byte) => byte !== 0)) return err('unopenable');
  return ok(padded.slice(LENGTH_BYTES, end));
}

function padTo(plain: Uint8Array, size: number): Uint8Array {
  return concat(u32be(plain.length), plain, new Uint8Array(size - LENGTH_BYTES - plain.length));
}
