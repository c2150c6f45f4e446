/** Length in bytes of a secure module's id. */
const SAM_ID_BYTES = 16;

/**
 * A secure module's id as it is printed on the reader, e.g. `05.03-20110415-0000012345-0000067890`
 * (domain.md A.4), or `undefined` for bytes of another length.
 */
export function findSamId(data: Uint8Array): string | undefined {
  if (data.length !== SAM_ID_BYTES) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const serial = (offset: number) => String(view.getUint32(offset, true)).padStart(10, '0');
  // Of the two words at the start only the low byte is printed.
  const word = (offset: number) => String(view.getUint8(offset)).padStart(2, '0');
  return `${word(0)}.${word(2)}-${view.getUint32(4, true)}-${serial(8)}-${serial(12)}`;
}

/** The bytes of such an id: for simulators and tests. */
export function encodeSamId(parts: readonly [number, number, number, number, number]): Uint8Array {
  const view = new DataView(new ArrayBuffer(SAM_ID_BYTES));
  view.setUint16(0, parts[0], true);
  view.setUint16(2, parts[1], true);
  view.setUint32(4, parts[2], true);
  view.setUint32(8, parts[3], true);
  view.setUint32(12, parts[4], true);
  return new Uint8Array(view.buffer);
}
