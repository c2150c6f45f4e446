import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { View } from '../../../terminal/api.ts';
import { pageSizeOn } from './cabinet-size.ts';
import { aboveMm, HIGHEST_TOUCH_MM } from './reach.ts';

const cabinet = (widthMm: number, heightMm: number, bottomMm?: number): View['cabinet'] => ({
  readerPlace: 'right',
  screen: { widthMm, heightMm, ...(bottomMm !== undefined && { bottomMm }) },
  cameras: [],
});

/** How high above the floor the highest place stands that may be touched, in real millimetres. */
function highestTouchMm(widthMm: number, heightMm: number, bottomMm: number): number {
  const hung = cabinet(widthMm, heightMm, bottomMm);
  const page = pageSizeOn(hung, 'low');
  return bottomMm + heightMm * (1 - aboveMm(hung, page) / page.heightMm);
}

it('keeps everything that is touched at 1,200 mm or below, on every screen that leaves room for a question', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 268, max: 700, noNaN: true }),
      fc.double({ min: 1.5, max: 1.9, noNaN: true }),
      fc.double({ min: 0, max: 970, noNaN: true }),
      (widthMm, ratio, bottomMm) => {
        expect(highestTouchMm(widthMm, widthMm * ratio, bottomMm)).toBeLessThanOrEqual(
          HIGHEST_TOUCH_MM + 0.01,
        );
      },
    ),
  );
  expect(highestTouchMm(268, 476, 900)).toBeCloseTo(1200);
  expect(highestTouchMm(398, 708, 820)).toBeCloseTo(1200);
});

it('moves nothing where all of the screen is within reach', () => {
  const low = cabinet(268, 476, 700);
  expect(aboveMm(low, pageSizeOn(low, 'low'))).toBe(0);
});

it('leaves room for a question even where the screen hangs too high, and supposes a height where none is said', () => {
  const high = cabinet(268, 476, 1150);
  expect(476 - aboveMm(high, { widthMm: 268, heightMm: 476 })).toBeCloseTo(230);
  expect(aboveMm(cabinet(268, 476), { widthMm: 268, heightMm: 476 })).toBeCloseTo(126);
  expect(aboveMm(null, { widthMm: 268, heightMm: 476.4 })).toBeCloseTo(126.4);
});

it('draws words and keys of a large screen as large as they must be and no larger, so that more of them fit', () => {
  expect(pageSizeOn(cabinet(398, 708, 820), 'low')).toEqual({ widthMm: 398, heightMm: 708 });
  expect(pageSizeOn(cabinet(398, 708, 820), 'full').widthMm).toBeLessThan(320);
});
