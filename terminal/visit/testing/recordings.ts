/** WebM files put together by hand: sound in every part that is looked at, with nothing in them that could be heard. */
import { concat, findHex, utf8 } from '../../../base/bytes.ts';

/** One element of a WebM file: its id as it is written, its length in eight bytes, its content. */
export function element(id: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const body = concat(...parts);
  const size = new Uint8Array(8);
  new DataView(size.buffer).setBigUint64(0, BigInt(body.length));
  size[0] = 0x01;
  return concat(idBytes(id), size, body);
}

/** The same without a length, as browsers write segments and clusters while they record. */
export function openElement(id: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return concat(idBytes(id), Uint8Array.of(0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff), ...parts);
}

function idBytes(id: number): Uint8Array {
  const digits = id.toString(16);
  const bytes = findHex(digits.padStart(digits.length + (digits.length % 2), '0'));
  if (bytes === undefined) throw new Error(`broken invariant: ${digits} is hex`);
  return bytes;
}

/** A track of this kind (1 pictures, 2 sound) and codec. */
export function trackOf(type: number, codec: string): Uint8Array {
  return element(0xae, element(0x83, Uint8Array.of(type)), element(0x86, utf8(codec)));
}

/** A cluster that begins at `startMs`, with one block at its beginning. */
export function clusterOf(startMs: number, data: Uint8Array = new Uint8Array(30)): Uint8Array {
  const time = Uint8Array.of((startMs >> 16) & 0xff, (startMs >> 8) & 0xff, startMs & 0xff);
  return openElement(0x1f43b675, element(0xe7, time), element(0xa3, Uint8Array.of(0x81, 0, 0, 0x80), data));
}

/** A whole file; `parts` stand before the sound, which lasts about `seconds`. */
export function webmOf(options: {
  readonly seconds?: number;
  readonly docType?: string;
  readonly tracks?: readonly Uint8Array[];
  readonly parts?: readonly Uint8Array[];
  readonly clusters?: readonly Uint8Array[];
  readonly behind?: Uint8Array;
}): Uint8Array {
  const { seconds = 3, docType = 'webm', tracks = [trackOf(2, 'A_OPUS')], parts = [] } = options;
  const { clusters = [clusterOf(0), clusterOf(seconds * 1000)], behind = new Uint8Array(0) } = options;
  return concat(
    element(0x1a45dfa3, element(0x4282, utf8(docType))),
    openElement(
      0x18538067,
      element(0x1549a966, element(0x2ad7b1, Uint8Array.of(0x0f, 0x42, 0x40))),
      element(0x1654ae6b, ...tracks),
      ...parts,
      ...clusters,
      behind,
    ),
  );
}
