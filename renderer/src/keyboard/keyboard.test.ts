import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOf, layOut } from './candidate-pages.ts';
import { choose, erase, typeLetter, typeText } from './compose.ts';
import { LETTERS } from './layouts.ts';
import { findCandidates, indexPinyin } from './pinyin.ts';
import table from './pinyin-table.json' with { type: 'json' };

const index = indexPinyin(table);
const textsOf = (letters: string, prefer: 'characters' | 'words' = 'words') =>
  findCandidates(index, letters, prefer).map(({ text }) => text);
const letters = fc.array(fc.constantFrom(...LETTERS), { maxLength: 12 }).map((each) => each.join(''));

describe('pinyin', () => {
  it('finds the words people write about their village', () => {
    expect(textsOf('ludeng')[0]).toBe('路灯');
    expect(textsOf('shuiguan')[0]).toBe('水管');
    expect(textsOf('dongcun')[0]).toBe('董村');
    expect(textsOf('laji')[0]).toBe('垃圾');
  });

  it('finds characters of names first where a name is written', () => {
    expect(textsOf('zhang', 'characters')[0]).toBe('张');
    expect(textsOf('lv', 'characters')).toContain('吕');
    expect(textsOf('zhe', 'characters')).toContain('喆');
  });

  it('offers the first syllable when there is no word for all the letters', () => {
    const [first] = findCandidates(index, 'chenxiao', 'characters');
    expect(first).toEqual({ text: '陈', letters: 4 });
  });

  it('offers characters and words before they are spelt out', () => {
    expect(textsOf('c', 'characters')).toContain('才');
    expect(textsOf('zhan', 'characters')).toContain('张');
    expect(textsOf('xincha')).toContain('新昌');
  });

  it('has nothing for what is no pinyin, nor for names of the language itself', () => {
    expect(textsOf('vvv')).toEqual([]);
    expect(textsOf('constructor').every((text) => typeof text === 'string' && text.length < 5)).toBe(true);
    expect(textsOf('')).toEqual([]);
  });

  it('uses up between one and all letters, offers nothing twice', () => {
    fc.assert(
      fc.property(letters, (typed) => {
        const candidates = findCandidates(index, typed, 'words');
        expect(new Set(candidates.map(({ text }) => text)).size).toBe(candidates.length);
        for (const { letters: used } of candidates) {
          expect(used).toBeGreaterThan(0);
          expect(used).toBeLessThanOrEqual(typed.length);
        }
      }),
    );
  });

  it('knows every common syllable', () => {
    for (const [syllable, characters] of Object.entries(table.characters)) {
      expect(textsOf(syllable)).toContain([...characters][0]);
    }
  });
});

describe('the candidate rows', () => {
  it('show every candidate once, in order, and leave two cells for turning', () => {
    fc.assert(
      fc.property(letters, (typed) => {
        const candidates = findCandidates(index, typed, 'words');
        const pages = layOut(candidates);
        expect(pages.flat(2)).toEqual(candidates);
        for (const [first = [], second = [], ...more] of pages) {
          expect(more).toEqual([]);
          expect(first.reduce((sum, { text }) => sum + columnsOf(text), 0)).toBeLessThanOrEqual(7);
          expect(second.reduce((sum, { text }) => sum + columnsOf(text), 0)).toBeLessThanOrEqual(5);
        }
      }),
    );
  });
});

describe('writing', () => {
  const empty = { text: '', letters: '' };

  it('turns letters into characters and keeps the letters not used', () => {
    const typed = [...'chenxiao'].reduce((state, letter) => typeLetter(state, letter, 50), empty);
    expect(choose(typed, { text: '陈', letters: 4 }, 50)).toEqual({ text: '陈', letters: 'xiao' });
  });

  it('takes back letters before characters, whole characters at a time', () => {
    expect(erase({ text: '陈', letters: 'xi' })).toEqual({ text: '陈', letters: 'x' });
    expect(erase({ text: '陈𠮷', letters: '' })).toEqual({ text: '陈', letters: '' });
    expect(erase(empty)).toEqual(empty);
  });

  it('never writes more characters than there is room for', () => {
    expect(typeText({ text: '一二', letters: '' }, '三四五', 4).text).toBe('一二三四');
    expect(typeLetter({ text: '一二', letters: '' }, 'a', 2).letters).toBe('');
    expect(choose({ text: '一', letters: 'ludeng' }, { text: '路灯', letters: 6 }, 2).text).toBe('一路');
  });
});
