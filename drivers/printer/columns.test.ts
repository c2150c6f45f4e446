import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnsOf, pairLines, printable, wrap } from './columns.ts';
import { encodeText } from './escpos.ts';

const chinese = fc.string({
  unit: fc.constantFrom(...'一二三村镇县回执，。：；（）“”·—𬭎A9x -,.\n\u001b'),
  maxLength: 80,
});
const anyText = fc.oneof(chinese, fc.string({ unit: 'binary', maxLength: 60 }));
const widths = fc.constantFrom(48, 32, 24, 16, 4);

test('columns are those of the printer: one byte takes one, more take two', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const characters = Array.from(printable(text));
      const byBytes = characters.reduce((sum, one) => sum + (encodeText(one).length > 1 ? 2 : 1), 0);
      expect(columnsOf(printable(text))).toBe(byBytes);
    }),
  );
});

test('nothing printable is a command', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(Array.from(encodeText(printable(text))).filter((byte) => byte < 0x20 || byte === 0x7f)).toEqual(
        [],
      );
    }),
  );
  expect(printable('a\u001b@\u0010\u0004\u0001b\r\nc')).toBe('a@b c');
});

describe('wrapping', () => {
  test('keeps to the paper and loses nothing but spaces', () => {
    fc.assert(
      fc.property(anyText, widths, (text, columns) => {
        const lines = wrap(text, columns);
        for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(columns);
        expect(lines.join('').replaceAll(/\s/g, '')).toBe(printable(text).replaceAll(/\s/g, ''));
      }),
    );
  });

  test.each([
    ['机器已收下，网络通了自动送到镇里', 16, ['机器已收下，网络', '通了自动送到镇里']],
    // A closing mark takes the character before it along.
    ['机器已经收下了，请取回执', 14, ['机器已经收下', '了，请取回执']],
    // Numbers people copy stay whole.
    ['编号 1234-5678-9012 请记', 15, ['编号', '1234-5678-9012', '请记']],
    ['', 16, ['']],
    ['123456789', 4, ['1234', '5678', '9']],
  ])('%s in %i columns', (text, columns, lines) => {
    expect(wrap(text, columns)).toEqual(lines);
  });
});

describe('pairs', () => {
  test('stand at the two sides of a line, or below each other', () => {
    expect(pairLines('时间', '2026-01-02', 32)).toEqual(['时间                  2026-01-02']);
    expect(pairLines('办理事项', '高龄津贴申领（本人）', 16)).toEqual([
      '办理事项',
      '  高龄津贴申领',
      '  （本人）',
    ]);
  });

  test('keep to the paper', () => {
    fc.assert(
      fc.property(anyText, anyText, widths, (label, value, columns) => {
        fc.pre(columns > 4);
        for (const line of pairLines(label, value, columns))
          expect(columnsOf(line)).toBeLessThanOrEqual(columns);
      }),
    );
  });
});
