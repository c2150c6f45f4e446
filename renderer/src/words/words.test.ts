import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { wordsOf } from './words.ts';
import { zh } from './zh.ts';

/** All words of a table by their dotted keys. */
function flat(table: object, before = ''): [string, string][] {
  return Object.entries(table).flatMap(([key, value]) =>
    typeof value === 'string' ? [[before + key, value] as [string, string]] : flat(value, `${before}${key}.`),
  );
}

const blanksOf = (words: string): string[] =>
  [...words.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);

describe('the string tables', () => {
  const english = new Map(flat(en));

  it('have the same keys in both languages', () => {
    expect([...english.keys()].sort()).toEqual(
      flat(zh)
        .map(([key]) => key)
        .sort(),
    );
  });

  it('call every kind of page otherwise, and by nothing that is filled in', () => {
    for (const { whole, ...titles } of [zh.pageTitle, en.pageTitle]) {
      expect(blanksOf(whole)).toEqual(['page']);
      expect(Object.values(titles).flatMap(blanksOf)).toEqual([]);
      expect(new Set(Object.values(titles)).size).toBe(Object.keys(titles).length);
    }
  });

  it('fill the same blanks in both languages', () => {
    for (const [key, words] of flat(zh)) {
      expect(blanksOf(english.get(key) ?? '').sort(), key).toEqual(blanksOf(words).sort());
    }
  });

  it('hold no empty words and no space at the ends', () => {
    for (const [key, words] of [...flat(zh), ...flat(en)]) expect(words, key).toMatch(/^\S(.*\S)?$/);
  });

  it('say no machine words in Chinese', () => {
    const cold = /上传|同步|提交|权限|会话|超时|注销|异常|待处理/;
    expect(flat(zh).filter(([, words]) => cold.test(words))).toEqual([]);
  });
});

describe('words', () => {
  it('fill in values without escaping them', () => {
    expect(wordsOf('zh').t('bar.holder', { name: '欧阳*' })).toBe('卡主\u00a0欧阳*');
    expect(wordsOf('en').t('bar.holder', { name: 'Li & Wu' })).toBe('Card of Li & Wu');
  });

  it('keep a Chinese number with its word and a name in one piece', () => {
    const { say } = wordsOf('zh');
    expect(say({ zh: '请打 8612 0000', en: 'Call' })).toBe('请打\u00a08612\u00a00000');
    expect(say({ zh: '古丽·买买提', en: 'Guli' })).toBe('古丽\u2060·\u2060买买提');
  });

  it('write English quotes with narrow letters', () => {
    expect(wordsOf('en').say({ zh: '厨师', en: 'the cook’s “name”' })).toBe('the cook\'s "name"');
  });
});
