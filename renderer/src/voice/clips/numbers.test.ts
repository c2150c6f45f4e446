import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enCardinal, enOrdinal, enTime, enYear, enYuan } from './en-numbers.ts';
import { inWords } from './figures.ts';
import { zhCardinal, zhCounted, zhDigits, zhTime, zhYuan } from './zh-numbers.ts';

/** The number that Chinese words stand for, by the grammar of numbers and not by how they were made. */
function meaningOf(words: string): number {
  for (const [name, value] of [
    ['万亿', 1e12],
    ['亿', 1e8],
    ['万', 1e4],
    ['千', 1e3],
    ['百', 1e2],
    ['十', 10],
  ] as const) {
    const at = words.indexOf(name);
    if (at < 0) continue;
    const before = words.slice(0, at);
    return (before === '' ? 1 : meaningOf(before)) * value + meaningOf(words.slice(at + name.length));
  }
  const digit = words.replace(/^零(?=.)/, '').replace('两', '二');
  return digit === '' ? 0 : '零一二三四五六七八九'.indexOf(digit);
}

describe('Chinese numbers', () => {
  it.each([
    ['0', '零'],
    ['10', '十'],
    ['15', '十五'],
    ['20', '二十'],
    ['101', '一百零一'],
    ['110', '一百一十'],
    ['123', '一百二十三'],
    ['200', '二百'],
    ['2000', '两千'],
    ['10005', '一万零五'],
    ['10050', '一万零五十'],
    ['22000', '两万两千'],
    ['100000', '十万'],
    ['1002000', '一百万两千'],
    ['100000001', '一亿零一'],
    ['10000000000', '一百亿'],
  ])('say %s as %s', (digits, words) => {
    expect(zhCardinal(digits)).toBe(words);
  });

  it('mean what was written, and never gap twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999_999_999 }), (number) => {
        const words = zhCardinal(String(number));
        expect(meaningOf(words)).toBe(number);
        expect(words).not.toMatch(/零零|.零$|零[万亿]/);
      }),
      { numRuns: 500 },
    );
  });

  it('count two as 两 where it stands alone', () => {
    expect(['2', '12', '22', '20'].map(zhCounted)).toEqual(['两', '十二', '二十二', '二十']);
  });

  it('say digits one by one, and one so that nobody takes it for seven', () => {
    expect(zhDigits('13800138011')).toBe('幺三八零零幺三八零幺幺');
  });

  it('say money by yuan, jiao and fen', () => {
    const said = (whole: string, fraction = '') => zhYuan(whole, fraction);
    expect(said('10000', '50')).toBe('一万元五角');
    expect(said('10', '05')).toBe('十元零五分');
    expect(said('2', '22')).toBe('两元两角二分');
    expect(said('0', '02')).toBe('两分');
    expect(said('0')).toBe('零元');
    expect(said('44', '5')).toBe('四十四元五角');
  });

  it('say times of day', () => {
    expect([zhTime('14', '20'), zhTime('2', '05'), zhTime('9', '00')]).toEqual([
      '十四点二十分',
      '两点零五分',
      '九点',
    ]);
  });
});

describe('English numbers', () => {
  it('are said as people say them', () => {
    expect(enCardinal('123')).toBe('one hundred and twenty-three');
    expect(enCardinal('10005')).toBe('ten thousand and five');
    expect(['1', '2', '3', '12', '20', '23'].map(enOrdinal)).toEqual([
      'first',
      'second',
      'third',
      'twelfth',
      'twentieth',
      'twenty-third',
    ]);
    expect(['2026', '2005', '1904', '1900'].map(enYear)).toEqual([
      'twenty twenty-six',
      'two thousand and five',
      'nineteen oh four',
      'nineteen hundred',
    ]);
    expect([enTime('9', '05'), enTime('9', '00')]).toEqual(['nine oh five', "nine o'clock"]);
    expect([enYuan('44', '50'), enYuan('0', '05')]).toEqual(['forty-four yuan fifty', 'five fen']);
  });
});

describe('figures in a text', () => {
  it.each([
    ['2026年6月18日', '二零二六年六月十八日'],
    ['6月18日14:20', '六月十八日十四点二十分'],
    ['2026-06-18', '二零二六年六月十八日'],
    ['10,000.50元', '一万元五角'],
    ['-44.50元', '负四十四元五角'],
    ['20个工作日', '二十个工作日'],
    ['2个工作日', '两个工作日'],
    ['第2步，共2步', '第二步，共两步'],
    ['2月2日', '二月二日'],
    ['请打110', '请打幺幺零'],
    ['120天', '一百二十天'],
    ['123', '一百二十三'],
    ['8612 0000', '八六幺二, 零零零零'],
    ['138 1234 5678', '幺三八, 幺二三四, 五六七八'],
    ['0575-86120000', '零五七五, 八六幺二零零零零'],
    ['330699200001011234', '三三零六九九二零零零零幺零幺幺二三四'],
    ['3****************X', '三, X'],
    ['13****5678', '幺三, 五六七八'],
    ['A7K2-9F3Q', 'A 七 K 二, 九 F 三 Q'],
    ['满5000元', '满五千元'],
    ['每月5500到7000元', '每月五千五百到七千元'],
    ['8:30–17:00', '八点三十分到十七点'],
    ['3.5亩', '三点五亩'],
    ['5%', '百分之五'],
  ])('say %s as %s', (text, words) => {
    expect(inWords(text, 'zh')).toBe(words);
  });

  it.each([
    ['18 June 2026', 'eighteenth June twenty twenty-six'],
    ['Fri 12 Jun 9:41', 'Friday twelfth June nine forty-one'],
    ['10,000.50 yuan', 'ten thousand yuan fifty'],
    ['Dial 110', 'Dial one one zero'],
    ['138 1234 5678', 'one three eight, one two three four, five six seven eight'],
    ['3****************2', 'three, two'],
    ['Step 3 of 12', 'Step three of twelve'],
    ['2–5 years', 'two to five years'],
  ])('say %s as %s', (text, words) => {
    expect(inWords(text, 'en')).toBe(words);
  });
});
