import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findCodeText, maskedCode } from './code-text.ts';
import type { CodePart } from './schema.ts';

const digits = (min: number, max = min): CodePart => ({ of: 'digits', min, max });
const NUMBER: readonly CodePart[] = [{ exactly: 'YZ-' }, { of: 'capitals', min: 1, max: 2 }, digits(6)];

test.each([
  ['YZ-A123456', true],
  ['YZ-AB123456', true],
  [' YZ-AB123456 ', true],
  ['YZ-ABC123456', false],
  ['yz-A123456', false],
  ['YZ-A12345', false],
  ['YZ-A1234567', false],
  ['xYZ-A123456', false],
  ['YZ-A12345６', false],
  ['YZ-A123456\n', false],
  ['', false],
])('%j follows its pattern: %s', (text, fits) => {
  expect(findCodeText(text, { maxLength: 40, pattern: NUMBER })).toBe(fits ? text.trim() : undefined);
});

test('what overlaps is found whichever way it is cut', () => {
  const pattern: CodePart[] = [{ of: 'letters-digits', min: 0, max: 9 }, digits(2), { exactly: '00' }];
  expect(findCodeText('AB1200', { maxLength: 20, pattern })).toBe('AB1200');
  expect(findCodeText('0000', { maxLength: 20, pattern })).toBe('0000');
  expect(findCodeText('000', { maxLength: 20, pattern })).toBeUndefined();
});

test.each(['\u001b[2J', 'a\tb', 'a\u0000', 'a\u202eb', 'a\nb', '\ud800'])('%j is no code', (text) => {
  expect(findCodeText(text, { maxLength: 40 })).toBeUndefined();
});

test('without a pattern any single line is one, up to its length in characters', () => {
  expect(findCodeText('𠮷'.repeat(10), { maxLength: 10 })).toBe('𠮷'.repeat(10));
  expect(findCodeText('𠮷'.repeat(11), { maxLength: 10 })).toBeUndefined();
});

test('no pattern and no text make it slow: each step is taken once from each place', () => {
  const pattern: CodePart[] = Array.from({ length: 8 }, () => ({ of: 'digits', min: 0, max: 1000 }));
  expect(findCodeText(`${'1'.repeat(300)}x`, { maxLength: 1000, pattern })).toBeUndefined();
});

test('what others may see is at most its last four characters', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }), (text) => {
      const shown = [...maskedCode(text)].slice(1);
      expect(shown.length).toBeLessThanOrEqual(Math.min(4, [...text].length / 2));
      expect(text.endsWith(shown.join(''))).toBe(true);
    }),
  );
  expect(maskedCode('330624260000123')).toBe('*0123');
  expect(maskedCode('12345')).toBe('*45');
  expect(maskedCode('123')).toBe('*');
});
