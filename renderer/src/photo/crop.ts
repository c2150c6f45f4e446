/** A part of a picture, in shares of its width and height from the upper left. */
export interface Crop {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** All of a picture. */
export const WHOLE: Crop = { left: 0, top: 0, width: 1, height: 1 };

/** No part is smaller than this share of either side: nobody is to crop their paper away. */
const SMALLEST = 0.25;

/** The part with both sides `factor` times as long, about the same middle, inside the picture. */
export function scaled({ left, top, width, height }: Crop, factor: number): Crop {
  const side = (from: number, length: number) => {
    const longer = Math.min(1, Math.max(SMALLEST, length * factor));
    const begin = from + (length - longer) / 2;
    return { from: Math.min(1 - longer, Math.max(0, begin)), length: longer };
  };
  const [x, y] = [side(left, width), side(top, height)];
  return { left: x.from, top: y.from, width: x.length, height: y.length };
}

/** Whether it leaves nothing out. */
export function isWhole({ width, height }: Crop): boolean {
  return width > 0.999 && height > 0.999;
}
