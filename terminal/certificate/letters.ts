/**
 * Which characters a font has letters for, from its `cmap` table (OpenType 1.9, `cmap`, format 12). A paper on
 * which a character of somebody's name is an empty box must not be printed.
 */

const TABLE_RECORD_BYTES = 16;
const ENCODING_RECORD_BYTES = 8;
const WINDOWS = 3;
const WINDOWS_FULL = 10;

/** Tells whether the font in these bytes has a letter for a code point. Throws when it has no Unicode table. */
export function lettersOf(font: Uint8Array): (codePoint: number) => boolean {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const ranges = readGroups(view, findFullTable(view, findTable(view, 'cmap')));
  return (codePoint) => {
    let [low, high] = [0, ranges.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const [first, last] = ranges[middle] ?? [0, 0];
      if (codePoint < first) high = middle - 1;
      else if (codePoint > last) low = middle + 1;
      else return true;
    }
    return false;
  };
}

function findTable(view: DataView, name: string): number {
  const count = view.getUint16(4);
  for (let index = 0; index < count; index += 1) {
    const at = 12 + index * TABLE_RECORD_BYTES;
    const tag = [0, 1, 2, 3].map((byte) => String.fromCharCode(view.getUint8(at + byte))).join('');
    if (tag === name) return view.getUint32(at + 8);
  }
  throw new Error(`broken invariant: a font has a table ${name}`);
}

/** The subtable of format 12, which knows every plane. */
function findFullTable(view: DataView, cmap: number): number {
  const count = view.getUint16(cmap + 2);
  for (let index = 0; index < count; index += 1) {
    const at = cmap + 4 + index * ENCODING_RECORD_BYTES;
    const isFull = view.getUint16(at) === WINDOWS && view.getUint16(at + 2) === WINDOWS_FULL;
    if (isFull) return cmap + view.getUint32(at + 4);
  }
  throw new Error('broken invariant: the font knows every plane');
}

function readGroups(view: DataView, table: number): readonly (readonly [number, number])[] {
  const count = view.getUint32(table + 12);
  return Array.from({ length: count }, (_none, index) => {
    const at = table + 16 + index * 12;
    return [view.getUint32(at), view.getUint32(at + 4)] as const;
  });
}
