import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOf, LONGEST_CANDIDATE, layOut } from './candidate-pages.ts';
import { choose, erase, typeLetter, typeText } from './compose.ts';
import { LETTERS } from './layouts.ts';
import { createEngine, findCandidates } from './pinyin/engine.ts';
import { contextOf } from './pinyin/layers.ts';
import { openLexicon } from './pinyin/lexicon.ts';
import lexicon from './pinyin/lexicon.txt?raw';

const engine = createEngine(openLexicon(lexicon), contextOf('text'));
const SENTENCES = [5, 7, 8, 10, 11, 13, 14, 16, 17, LONGEST_CANDIDATE].map((length) => ({
  text: '一'.repeat(length),
  letters: 1,
}));
const letters = fc.array(fc.constantFrom(...LETTERS), { maxLength: 12 }).map((each) => each.join(''));

describe('the candidate rows', () => {
  it('show every candidate once, in order, and leave two cells for turning', () => {
    fc.assert(
      fc.property(letters, (typed) => {
        const candidates = [...findCandidates(engine, typed, true), ...SENTENCES];
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
