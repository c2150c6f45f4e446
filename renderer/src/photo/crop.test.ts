import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Crop, isWhole, scaled, WHOLE } from './crop.ts';
import { findPaper, type GreyPicture } from './find-paper.ts';

describe('a part of a picture', () => {
  it('made larger and smaller stays inside the picture', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0.8, 0.9, 1.1, 1.25), { maxLength: 30 }), (factors) => {
        let crop: Crop = { left: 0.1, top: 0.4, width: 0.5, height: 0.55 };
        for (const factor of factors) crop = scaled(crop, factor);
        expect(Math.min(crop.left, crop.top)).toBeGreaterThanOrEqual(0);
        expect(Math.max(crop.left + crop.width, crop.top + crop.height)).toBeLessThanOrEqual(1 + 1e-9);
        expect(Math.min(crop.width, crop.height)).toBeGreaterThanOrEqual(0.25);
      }),
    );
  });

  it('ends with all of it', () => {
    let crop: Crop = { left: 0.6, top: 0.6, width: 0.4, height: 0.3 };
    for (let times = 0; times < 12; times += 1) crop = scaled(crop, 1.25);
    expect(isWhole(crop)).toBe(true);
    expect(isWhole(WHOLE)).toBe(true);
  });
});

/** A ground of one grey with a paper of another, and specks as a lens makes them. */
function table(paper: Crop | null, grey: number, width = 160, height = 120): GreyPicture {
  const pixels = new Uint8Array(width * height).map((_none, index) => {
    const [x, y] = [(index % width) / width, Math.floor(index / width) / height];
    const isPaper =
      paper !== null &&
      x >= paper.left &&
      x < paper.left + paper.width &&
      y >= paper.top &&
      y < paper.top + paper.height;
    const speck = index % 97 === 0 ? 60 : 0;
    return (isPaper ? grey : 50) + (index % 7) + speck;
  });
  return { width, height, pixels };
}

describe('the paper in a picture', () => {
  const paper = { left: 0.2, top: 0.1, width: 0.5, height: 0.7 };

  it.each([
    ['white on a dark table', 230],
    ['grey on a dark table', 110],
  ])('is found, %s', (_how, grey) => {
    const found = findPaper(table(paper, grey));
    for (const side of ['left', 'top', 'width', 'height'] as const) {
      expect(found[side]).toBeCloseTo(paper[side], 1);
    }
    // Never cut: what was found holds all of the paper.
    expect(found.left).toBeLessThanOrEqual(paper.left);
    expect(found.left + found.width).toBeGreaterThanOrEqual(paper.left + paper.width);
    expect(found.top).toBeLessThanOrEqual(paper.top);
    expect(found.top + found.height).toBeGreaterThanOrEqual(paper.top + paper.height);
  });

  it.each<[string, Crop | null]>([
    ['there is none', null],
    ['it is a speck', { left: 0.5, top: 0.5, width: 0.15, height: 0.1 }],
    ['it fills the picture', { left: 0, top: 0, width: 1, height: 1 }],
  ])('is all of it when %s', (_when, where) => {
    expect(findPaper(table(where, 230))).toEqual(WHOLE);
  });
});
