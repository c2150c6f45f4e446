import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COLUMNS, countChanged, isSame, pack, ROWS, unpack } from './kept-pictures.ts';

const greys = fc.array(fc.integer({ min: 0, max: 15 }), {
  minLength: COLUMNS * ROWS,
  maxLength: COLUMNS * ROWS,
});

describe('a kept picture', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(greys, (picture) => {
        expect(unpack(pack(picture))).toEqual(picture);
      }),
    );
  });

  it('is the same when every cell is off by one step', () => {
    fc.assert(
      fc.property(greys, (picture) =>
        isSame(
          picture,
          picture.map((grey) => (grey === 15 ? 14 : grey + 1)),
        ),
      ),
    );
  });

  it('is not the same when a row of words is gone', () => {
    const page = Array.from({ length: COLUMNS * ROWS }, (_, at) => (Math.floor(at / COLUMNS) === 9 ? 6 : 15));
    const empty = page.map(() => 15);
    expect(countChanged(page, empty)).toBe(COLUMNS);
    expect(isSame(page, empty)).toBe(false);
  });

  it('is not the same when it has another size', () => {
    expect(isSame(unpack(pack(Array.from({ length: 40 }, () => 3))), [])).toBe(false);
  });
});
