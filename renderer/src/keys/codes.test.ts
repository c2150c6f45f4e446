import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findFourKey, USUAL_CODES } from './codes.ts';
import { placeAfter } from './stops.ts';

const stroke = (
  code: string,
  held: Partial<Record<'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey', boolean>> = {},
) => ({
  ...{ code, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false },
  ...held,
});

describe('a key stroke', () => {
  it.each([
    ['Tab', 'next'],
    ['ArrowDown', 'next'],
    ['ArrowUp', 'back'],
    ['Space', 'choose'],
    ['F1', 'help'],
    ['KeyA', undefined],
    ['F12', undefined],
  ] as const)('of %s means %s', (code, key) => {
    expect(findFourKey(stroke(code), USUAL_CODES)).toBe(key);
  });

  it('with Shift is another key, and with anything else held it is none', () => {
    expect(findFourKey(stroke('Tab', { shiftKey: true }), USUAL_CODES)).toBe('back');
    expect(findFourKey(stroke('Enter', { shiftKey: true }), USUAL_CODES)).toBeUndefined();
    for (const held of ['ctrlKey', 'altKey', 'metaKey'])
      expect(findFourKey(stroke('Tab', { [held]: true }), USUAL_CODES)).toBeUndefined();
  });

  it('is heard by the codes of the cabinet alone where it names them', () => {
    const codes = { next: ['F13'], back: ['F14'], choose: ['F15'], help: ['F16'] };
    expect(findFourKey(stroke('F15'), codes)).toBe('choose');
    expect(findFourKey(stroke('Enter'), codes)).toBeUndefined();
  });
});

describe('the ring', () => {
  it('goes round in both directions and comes by every stop once', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.nat(59),
        fc.constantFrom(1 as const, -1 as const),
        (count, start, by) => {
          const begin = start % count;
          const seen = new Set<number>();
          let place = begin;
          for (let step = 0; step < count; step += 1) {
            place = placeAfter(place, by, count);
            seen.add(place);
          }
          expect([place, seen.size]).toEqual([begin, count]);
        },
      ),
    );
    expect(placeAfter(3, 1, 0)).toBe(-1);
  });
});
