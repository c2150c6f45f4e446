import { describe, expect, it } from 'vitest';
import { sampleMatter } from '../testing/sample-matter.ts';
import { findIn, indexMatters, MOST_TYPED } from './find-matters.ts';

const NAMED: readonly (readonly [string, string, string, string, readonly string[]])[] = [
  ['medical-claim', '医药费报销', '医疗费用零星报销申请', 'Medical claim', ['看病报销', '住院报销', '药费']],
  ['pension-arrived', '养老金到账', '养老金与补贴到账查询', 'Has my pension come', ['工资到了没', '劳保']],
  ['old-age', '高龄津贴', '高龄津贴申请', 'Old-age allowance', ['老人补贴', '八十岁补贴']],
  ['electricity', '交电费', '电费查询缴纳', 'Electricity bill', ['电费', '缴电费']],
  ['water', '交水费', '水费查询缴纳', 'Water bill', ['水费']],
  ['criminal', '无犯罪证明', '有无违法犯罪记录证明申请', 'Criminal-record certificate', ['政审']],
];
const MATTERS = NAMED.map(([id, short, official, en, find], at) =>
  sampleMatter({
    id,
    no: at + 1,
    name: { short: { zh: short, en }, official: { zh: official, en: `${en} application` } },
    find,
  }),
);
const INDEX = indexMatters(MATTERS);
const first = (typed: string) => findIn(INDEX, typed)[0]?.id;

describe('a matter is found by', () => {
  it.each([
    ['its name', '高龄津贴', 'old-age'],
    ['a part of its name', '津贴', 'old-age'],
    ['an everyday word', '看病报销', 'medical-claim'],
    ['a sentence around it', '我要看病报销', 'medical-claim'],
    ['its official name', '有无违法犯罪记录', 'criminal'],
    ['a wrong character that sounds alike', '高零津帖', 'old-age'],
    ['a wrong character among right ones', '养老今到账', 'pension-arrived'],
    ['pinyin', 'gaoling', 'old-age'],
    ['pinyin with spaces', 'gao ling jin tie', 'old-age'],
    ['pinyin as it is spoken here', 'gaolinjintie', 'old-age'],
    ['pinyin that is not finished', 'yanglaoj', 'pension-arrived'],
    ['initials', 'gljt', 'old-age'],
    ['initials of an everyday word', 'kbbx', 'medical-claim'],
    ['English', 'pension', 'pension-arrived'],
    ['English with a slip', 'electricty', 'electricity'],
    ['capitals and full-width letters', 'ＧＬＪＴ', 'old-age'],
  ])('%s: %s', (_how, typed, id) => {
    expect(first(typed)).toBe(id);
  });

  it('two that fit, the nearer first', () => {
    expect(findIn(INDEX, '水费').map(({ id }) => id)[0]).toBe('water');
    expect(findIn(INDEX, '电费').map(({ id }) => id)[0]).toBe('electricity');
  });
});

describe('nothing is found for', () => {
  it.each(['', '   ', '!!!', '飞机票', 'xyzzy', '\u0000', 'q'])('%j', (typed) => {
    expect(findIn(INDEX, typed)).toEqual([]);
  });
});

it('looks at forty characters and no more', () => {
  const forty = Array.from({ length: MOST_TYPED }, (_, at) => String.fromCodePoint(0x5000 + at)).join('');
  expect(first(`${forty}高龄津贴`)).toBeUndefined();
  expect(first(`${' '.repeat(5000)}高龄津贴`)).toBe('old-age');
});

it('gives at most as many as asked for', () => {
  expect(findIn(INDEX, '费', 2)).toHaveLength(2);
});
