import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AmountKey, amountTyped, fenOf, groupedAmount, pressAmount } from './amount-text.ts';
import { amountWords } from './amount-words.ts';

const MAX_FEN = 100_000_00;
const typed = (keys: string) =>
  [...keys].reduce((text, key) => pressAmount(text, (key === '.' ? 'point' : key) as AmountKey, MAX_FEN), '');

describe('typing an amount', () => {
  it.each([
    ['440', '440', 44_000],
    ['44.5', '44.5', 4_450],
    ['44.567', '44.56', 4_456],
    ['.05', '0.05', 5],
    ['007', '7', 700],
    ['4..5', '4.5', 450],
    ['1234567', '123456', 12_345_600],
    ['', '', null],
  ])('%s becomes %s', (keys, text, fen) => {
    expect(typed(keys)).toBe(text);
    expect(fenOf(text)).toBe(fen);
  });

  it('erases one at a time, and all at once', () => {
    expect(pressAmount('44.', 'erase', MAX_FEN)).toBe('44');
    expect(pressAmount('44.5', 'clear', MAX_FEN)).toBe('');
  });

  it('groups what is typed and leaves it as it is', () => {
    expect(groupedAmount('1234567.8')).toBe('1,234,567.8');
    expect(groupedAmount('44.')).toBe('44.');
  });

  it('loses no fen in any amount', () => {
    fc.assert(fc.property(fc.nat(100_000_000_000), (fen) => fenOf(amountTyped(fen)) === fen));
    expect(amountTyped(4_450)).toBe('44.5');
  });
});

describe('an amount in words', () => {
  it.each([
    [0, '零元', 'zero yuan'],
    [5, '五分', 'zero yuan and five fen'],
    [50, '五角', 'zero yuan and fifty fen'],
    [1_000, '十元', 'ten yuan'],
    [11_000, '一百一十元', 'one hundred and ten yuan'],
    [44_000, '四百四十元', 'four hundred and forty yuan'],
    [440_000, '四千四百元', 'four thousand four hundred yuan'],
    [4_450, '四十四元五角', 'forty-four yuan and fifty fen'],
    [10_005, '一百元零五分', 'one hundred yuan and five fen'],
    [100_500, '一千零五元', 'one thousand and five yuan'],
    [1_000_000, '一万元', 'ten thousand yuan'],
    [1_001_000, '一万零一十元', 'ten thousand and ten yuan'],
    [1_010_000, '一万零一百元', 'ten thousand one hundred yuan'],
    [10_100_000, '十万一千元', 'one hundred and one thousand yuan'],
    [100_000_000, '一百万元', 'one million yuan'],
    [1_000_000_000, '一千万元', 'ten million yuan'],
    [10_000_000_100, '一亿零一元', 'one hundred million and one yuan'],
    [100_000_000_000, '十亿元', 'one billion yuan'],
  ])('%i fen', (fen, zh, en) => {
    expect(amountWords(fen)).toEqual({ zh, en });
  });

  it('never stumble over their zeros', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000_000_000 }), (fen) => {
        expect(amountWords(fen).zh).not.toMatch(/零零|零[万亿元]|undefined/u);
        expect(amountWords(fen).zh).not.toBe(amountWords(fen * 10).zh);
      }),
    );
  });
});
