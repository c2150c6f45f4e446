import { expect, it } from 'vitest';
import { PHOTO_LIMITS } from '../../../catalog/photo.ts';
import { fitJpeg } from './fit-jpeg.ts';

/** A picture whose JPEG has so many bytes a pixel at best quality; says what was tried. */
function picture(bytesPerPixel: number) {
  const tried: [number, number][] = [];
  const encode = async (side: number, quality: number) => {
    tried.push([side, quality]);
    return new Uint8Array(Math.round(side * side * 0.75 * bytesPerPixel * quality * quality));
  };
  return { tried, encode };
}

it('leaves a picture that is small enough as it is, and never makes one larger', async () => {
  const { tried, encode } = picture(0.1);
  expect((await fitJpeg(1800, encode))?.length).toBeLessThanOrEqual(PHOTO_LIMITS.maxBytes);
  expect(tried).toEqual([[1800, 0.88]]);
});

it('gives up quality before size, and size below 1,600 px last of all', async () => {
  const { tried, encode } = picture(0.9);
  const jpeg = await fitJpeg(2592, encode);
  expect(jpeg?.length).toBeLessThanOrEqual(PHOTO_LIMITS.maxBytes);
  expect(tried.at(-1)?.[0]).toBe(1600);
  expect(tried.slice(0, 4).map(([side]) => side)).toEqual([2400, 2400, 2400, 2400]);
});

it('is honest when nothing fits', async () => {
  expect(await fitJpeg(2592, picture(100).encode)).toBeUndefined();
});

it('stops when the picture is gone, and leaves nothing of what was too large', async () => {
  const made: Uint8Array[] = [];
  const encode = async () => {
    if (made.length === 2) return undefined;
    const jpeg = new Uint8Array(PHOTO_LIMITS.maxBytes + 1).fill(7);
    made.push(jpeg);
    return jpeg;
  };
  expect(await fitJpeg(2592, encode)).toBeUndefined();
  expect(made).toHaveLength(2);
  expect(made.every((jpeg) => jpeg.every((byte) => byte === 0))).toBe(true);
});
