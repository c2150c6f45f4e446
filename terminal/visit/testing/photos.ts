/** JPEG files put together by hand: sound in every part that is looked at, with no picture that could be drawn. */
import { concat, utf8 } from '../../../base/bytes.ts';

/** One part of a JPEG file: its marker, its length, its body. */
export function segment(marker: number, body: Uint8Array): Uint8Array {
  const length = body.length + 2;
  return concat(Uint8Array.of(0xff, marker, length >> 8, length & 0xff), body);
}

/** Body of the JFIF header of a drawn picture. */
export const JFIF: Uint8Array = concat(utf8('JFIF\0'), Uint8Array.of(1, 1, 0, 0, 1, 0, 1, 0, 0));

/** A whole file of this size; `parts` stand before the frame, `data` is what the scan holds. */
export function jpegOf(options: {
  readonly width?: number;
  readonly height?: number;
  readonly parts?: readonly Uint8Array[];
  readonly data?: Uint8Array;
  readonly behind?: Uint8Array;
}): Uint8Array {
  const { width = 1600, height = 1200, parts = [segment(0xe0, JFIF)], data, behind } = options;
  const frame = Uint8Array.of(8, height >> 8, height & 0xff, width >> 8, width & 0xff, 1, 1, 0x11, 0);
  return concat(
    Uint8Array.of(0xff, 0xd8),
    ...parts,
    segment(0xdb, new Uint8Array(65)),
    segment(0xc0, frame),
    segment(0xc4, new Uint8Array(20)),
    segment(0xda, Uint8Array.of(1, 1, 0, 0, 63, 0)),
    // A stuffed zero and a restart mark, as coded data may hold them.
    Uint8Array.of(0x12, 0xff, 0x00, 0xff, 0xd0, 0x34),
    data ?? new Uint8Array(0),
    Uint8Array.of(0xff, 0xd9),
    behind ?? new Uint8Array(0),
  );
}
