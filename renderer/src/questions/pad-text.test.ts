import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellsOf, type PadKey, pressNumber, pressPad, stepNumber } from './pad-text.ts';
import { phoneGroups } from './phone-groups.ts';

const KEYS: readonly PadKey[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'X', 'erase', 'clear'];
const keys = fc.array(fc.constantFrom(...KEYS), { maxLength: 60 });

describe('the number pad', () => {
  it('never writes more than there is room for, and X only as the last of an ID number', () => {
    fc.assert(
      fc.property(keys, (pressed) => {
        const text = pressed.reduce((before, key) => pressPad(before, key, 18), '');
        expect(text).toMatch(/^(\d{0,17}|\d{17}[\dX])$/);
      }),
    );
  });

  it('takes back what was pressed last', () => {
    expect(pressPad('138', 'erase', 11)).toBe('13');
    expect(pressPad('', 'erase', 11)).toBe('');
    expect(pressPad('138', 'clear', 11)).toBe('');
  });

  it('makes whole numbers without leading zeros, and nothing when erased', () => {
    expect(pressNumber(null, '0', 200)).toBe(0);
    expect(pressNumber(0, '7', 200)).toBe(7);
    expect(pressNumber(7, 'erase', 200)).toBe(null);
    expect(pressNumber(123, '4', 200)).toBe(123);
    expect(pressNumber(12, 'X', 200)).toBe(12);
  });

  it('steps within the limits, and from nothing to the least', () => {
    expect(stepNumber(null, 1, 1, 20)).toBe(1);
    expect(stepNumber(null, -1, 1, 20)).toBe(1);
    expect(stepNumber(20, 1, 1, 20)).toBe(20);
    expect(stepNumber(260, -1, 1, 200)).toBe(200);
  });

  it('shows every character in its cell', () => {
    expect(cellsOf('1380', [3, 4])).toEqual([
      ['1', '3', '8'],
      ['0', null, null, null],
    ]);
  });
});

describe('a phone number', () => {
  it.each([
    ['', 11],
    ['138', 11],
    ['0575', 12],
    ['010', 11],
    ['8612', 8],
  ])('that begins with %s has %i digits', (typed, length) => {
    expect(phoneGroups(typed).reduce((sum, size) => sum + size, 0)).toBe(length);
  });
});
