/** The picture that a photo block holds: 102 × 126 dots of 24 bits, as an uncompressed BMP (domain.md A.7). */
const WIDTH = 102;
const HEIGHT = 126;
const HEAD_BYTES = 54;
const ROW_BYTES = Math.ceil((WIDTH * 3) / 4) * 4;

/** Length of such a BMP: 38,862 bytes. */
export const PICTURE_BYTES = HEAD_BYTES + HEIGHT * ROW_BYTES;

/** Whether these bytes are such a BMP, as its own head says it. Top-down rows are taken too. */
export function isPicture(bytes: unknown): bytes is Uint8Array {
  if (!(bytes instanceof Uint8Array) || bytes.length !== PICTURE_BYTES) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return (
    view.getUint16(0, false) === 0x424d &&
    view.getUint32(10, true) === HEAD_BYTES &&
    view.getInt32(18, true) === WIDTH &&
    Math.abs(view.getInt32(22, true)) === HEIGHT &&
    view.getUint16(28, true) === 24 &&
    view.getUint32(30, true) === 0
  );
}

/** Such a picture in one grey, 0 to 255: for tests and stand-ins. */
export function greyPicture(grey: number): Uint8Array {
  const bytes = new Uint8Array(PICTURE_BYTES).fill(grey, HEAD_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0x424d, false);
  view.setUint32(2, PICTURE_BYTES, true);
  view.setUint32(10, HEAD_BYTES, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, WIDTH, true);
  view.setInt32(22, HEIGHT, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  return bytes;
}
