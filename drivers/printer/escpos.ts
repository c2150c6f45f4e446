import iconv from 'iconv-lite';
import { concat } from '../../base/bytes.ts';

/**
 * The few ESC/POS commands a slip needs (domain.md C.2), as bytes. An encoder of our own: a library's would
 * have to be given GB18030 bytes raw and measures Chinese text by its own rules.
 */

/** Back to power-on settings; the line begun is dropped. */
export const INITIALISE = Uint8Array.of(0x1b, 0x40);

/** Chinese character mode: two and four byte characters by GB18030. */
export const CHINESE_ON = Uint8Array.of(0x1c, 0x26);

/** Feeds 3 mm past the knife, then cuts all but a point, so that the slip does not fall. */
export const FEED_AND_CUT = Uint8Array.of(0x1d, 0x56, 0x42, 24);

/** Asks for the paper sensor's state; answered only when everything before it has been printed. */
export const REPORT_IN_ORDER = Uint8Array.of(0x1d, 0x72, 1);

/**
 * Drops what is still to be printed (`DLE DC4 8`); carried out at once, even while the printer is stopped.
 * Without it the rest of one person's slip would come out when someone else mends the paper.
 */
export const DROP_BUFFERS = Uint8Array.of(0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08);

/** One line of text, with its end. It must hold no control characters. */
export function line(text: string): Uint8Array {
  return concat(encodeText(text), Uint8Array.of(0x0a));
}

/** Text as GB18030. */
export function encodeText(text: string): Uint8Array {
  return Uint8Array.from(iconv.encode(text, 'gb18030'));
}

/** 0 left, 1 centre. */
export function align(side: 'left' | 'centre'): Uint8Array {
  return Uint8Array.of(0x1b, 0x61, side === 'left' ? 0 : 1);
}

/** Characters of double width and height, or plain ones; Latin and Chinese alike. */
export function large(on: boolean): Uint8Array {
  return Uint8Array.of(0x1d, 0x21, on ? 0x11 : 0x00);
}

export function bold(on: boolean): Uint8Array {
  return Uint8Array.of(0x1b, 0x45, on ? 1 : 0);
}

/** The most data one QR command takes; past it, its length bytes could read as a real-time command. */
const MAX_QR_BYTES = 1000;

/** A QR code, model 2, level L, of modules `dots` dots wide (1 to 16); 1 to 1,000 bytes. */
export function qr(data: Uint8Array, dots: number): Uint8Array {
  if (data.length < 1 || data.length > MAX_QR_BYTES) {
    throw new Error(`broken invariant: QR code of ${data.length} bytes`);
  }
  return concat(
    qrFunction(0x41, Uint8Array.of(0x32, 0x00)),
    qrFunction(0x43, Uint8Array.of(dots)),
    qrFunction(0x45, Uint8Array.of(0x30)),
    qrFunction(0x50, concat(Uint8Array.of(0x30), data)),
    qrFunction(0x51, Uint8Array.of(0x30)),
  );
}

/** `GS ( k`: length (little-endian, of what follows it), the symbol 49 (QR), the function, its parameters. */
function qrFunction(code: number, parameters: Uint8Array): Uint8Array {
  const length = parameters.length + 2;
  return concat(Uint8Array.of(0x1d, 0x28, 0x6b, length & 0xff, length >>> 8, 0x31, code), parameters);
}
