import { PHOTO_LIMITS } from '../../../catalog/photo.ts';

/** Draws the picture with this long side, in pixels, and encodes it at this quality, 0 to 1; nothing once it is gone. */
export type EncodeJpeg = (longSidePx: number, quality: number) => Promise<Uint8Array | undefined>;

/** From good to just clear: fine print of an ordinary form is read at each of them. */
const QUALITIES = [0.88, 0.76, 0.64, 0.5] as const;
/** A page of A4 at 1,600 px has seven pixels to the millimetre; below that small print begins to suffer. */
const LONG_SIDES_PX = [2400, 2000, 1600, 1280, 1024, 800] as const;

/**
 * The best JPEG of a picture that is small enough to be handed in: first the quality is lowered, then the size. A
 * picture is never made larger than it came. Nothing when even the smallest is too large, or the picture is gone.
 * What is too large is overwritten.
 */
export async function fitJpeg(longSidePx: number, encode: EncodeJpeg): Promise<Uint8Array | undefined> {
  const largest = Math.min(longSidePx, LONG_SIDES_PX[0]);
  const sides = [largest, ...LONG_SIDES_PX.filter((side) => side < largest)];
  for (const side of sides) {
    for (const quality of QUALITIES) {
      const jpeg = await encode(side, quality);
      if (jpeg === undefined || jpeg.length <= PHOTO_LIMITS.maxBytes) return jpeg;
      jpeg.fill(0);
    }
  }
  return undefined;
}
