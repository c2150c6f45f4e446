import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NearWord } from '../../../../catalog/find/near-words.ts';
import { LETTERS } from '../layouts.ts';
import { createEngine, findCandidates } from './engine.ts';
import { type Context, contextOf } from './layers.ts';
import { openLexicon, wordsAt } from './lexicon.ts';
import text from './lexicon.txt?raw';

const lexicon = openLexicon(text);
const engines = {
  text: createEngine(lexicon, contextOf('text')),
  place: createEngine(lexicon, contextOf('place')),
  name: createEngine(lexicon, contextOf('name')),
};
const candidatesOf = (typed: string, as: Context['as'] = 'text', isFirst = true) =>
  findCandidates(engines[as], typed, isFirst);
const textsOf = (typed: string, as: Context['as'] = 'text', isFirst = true) =>
  candidatesOf(typed, as, isFirst).map((each) => each.text);
const letters = fc.array(fc.constantFrom(...LETTERS), { maxLength: 12 }).map((each) => each.join(''));
const contexts = fc.constantFrom<Context['as']>('text', 'place', 'name');

describe('words', () => {
  it.each([
    ['ludeng', '路灯'],
    ['shuiguan', '水管'],
    ['laji', '垃圾'],
    ['shenfenzheng', '身份证'],
    ['xian', '先'],
  ])('%s is first of all %s', (typed, word) => {
    expect(textsOf(typed)[0]).toBe(word);
  });

  it.each([
    ['cun', 4, '村'],
    ['xian', 12, '县'],
    ['xian', 40, '西安'],
    ['fangan', 3, '方案'],
    ['fangan', 3, '反感'],
    ['nvren', 3, '女人'],
    ['nuren', 3, '女人'],
    ['lv', 5, '绿'],
  ])('%s stands within the first %i for %s', (typed, within, word) => {
    expect(textsOf(typed).slice(0, within)).toContain(word);
  });

  it('come before they are spelt out', () => {
    expect(textsOf('xincha').slice(0, 2)).toContain('新昌');
    expect(textsOf('kanbing')).toContain('看病报销');
    expect(textsOf('zhan')).toContain('张');
    expect(textsOf('c')).toContain('才');
  });

  it('are found by initials, and by initials and syllables mixed', () => {
    expect(textsOf('kbbx')[0]).toBe('看病报销');
    expect(textsOf('kanbbx')[0]).toBe('看病报销');
    expect(textsOf('ylbx').slice(0, 5)).toContain('养老保险');
    expect(textsOf('xchangx').slice(0, 5)).toContain('新昌县');
  });

  it('are found as people of the south hear them, after those spelt just so', () => {
    expect(textsOf('senfenzen')).toContain('身份证');
    expect(textsOf('zuzai').slice(0, 5)).toContain('住宅');
    expect(textsOf('liulai').slice(0, 8)).toContain('牛奶');
    const heard = textsOf('zan');
    expect(heard).toContain('站');
    expect(heard.indexOf('暂')).toBeLessThan(heard.indexOf('站'));
  });
});

describe('sentences', () => {
  it.each([
    ['cunkoudeludenghuaile', '村口的路灯坏了'],
    ['wojiamenkoudeshuiguanloushui', '我家门口的水管漏水'],
    ['lajimanle', '垃圾满了'],
    ['wodeyanglaojindaolemeiyou', '我的养老金到了没有'],
    ['shenfenzhengdiule', '身份证丢了'],
    ['shaxizhendongcun', '沙溪镇董村'],
  ])('%s says first of all %s', (typed, sentence) => {
    expect(candidatesOf(typed)[0]).toEqual({ text: sentence, letters: typed.length });
  });

  it('leave their first words to be chosen alone, and the rest to be composed', () => {
    expect(candidatesOf('ludenghuaile')).toContainEqual({ text: '路灯', letters: 6 });
    expect(candidatesOf('ludenghuaile')).toContainEqual({ text: '路', letters: 2 });
  });
});

describe('names', () => {
  it('begin with a surname, commonest first', () => {
    expect(textsOf('zhang', 'name')[0]).toBe('张');
    expect(textsOf('lv', 'name')[0]).toBe('吕');
    expect(textsOf('lu', 'name').slice(0, 5)).toContain('吕');
    expect(textsOf('zeng', 'name')[0]).toBe('曾');
    expect(textsOf('shan', 'name').slice(0, 5)).toContain('单');
    expect(textsOf('ouyang', 'name')[0]).toBe('欧阳');
  });

  it('are guessed whole, with the surname alone beside them', () => {
    expect(textsOf('zhangguilan', 'name')[0]).toBe('张桂兰');
    expect(textsOf('chenxiao', 'name').slice(0, 5)).toContain('陈晓');
    expect(textsOf('chenxiao', 'name')[5]).toBe('陈');
  });

  it('go on with characters of given names, rare ones too', () => {
    expect(textsOf('zhe', 'name', false)).toContain('喆');
    expect(textsOf('lan', 'name', false)[0]).toBe('兰');
    expect(textsOf('wei', 'name', false).slice(0, 3)).toContain('伟');
  });
});

describe('what is near comes first', () => {
  it('places where a place is written', () => {
    expect(textsOf('dc', 'place')[0]).toBe('董村');
    expect(textsOf('ra', 'place').slice(0, 3)).toContain('儒岙');
  });

  it('the words of the matter on hand', () => {
    const words: readonly NearWord[] = [{ text: '厝基', reading: 'cuo ji' }];
    const findWith = (given: readonly NearWord[]) =>
      findCandidates(createEngine(lexicon, contextOf('text', given)), 'cj', true).map((each) => each.text);
    expect(findWith([])).not.toContain('厝基');
    expect(findWith(words)[0]).toBe('厝基');
  });
});

describe('whatever is typed', () => {
  it('is nothing where it is no pinyin', () => {
    for (const typed of ['', 'vvv', 'ludengv', 'ui']) expect(candidatesOf(typed)).toEqual([]);
    expect(textsOf('constructor').every((each) => typeof each === 'string')).toBe(true);
  });

  it('uses up between one and all letters, offers nothing twice, and forgets what came before', () => {
    fc.assert(
      fc.property(contexts, letters, letters, fc.boolean(), (as, typed, before, isFirst) => {
        const candidates = candidatesOf(typed, as, isFirst);
        candidatesOf(before, as, isFirst);
        expect(candidatesOf(typed, as, isFirst)).toEqual(candidates);
        expect(new Set(candidates.map((each) => each.text)).size).toBe(candidates.length);
        for (const { letters: used } of candidates) {
          expect(used).toBeGreaterThan(0);
          expect(used).toBeLessThanOrEqual(typed.length);
        }
      }),
    );
  });

  it('leads to every character by its syllable', () => {
    for (const [syllable, node] of Object.entries(lexicon.general[1] ?? {})) {
      expect(textsOf(syllable)).toEqual(expect.arrayContaining(wordsAt(node).map((each) => each.text)));
    }
  });
});
