import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFolder } from '../../base/node/read-folder.ts';
import { loadCatalog } from '../../catalog/load.ts';
import { clipsFor, partsOf } from '../../renderer/src/voice/clips/clips.ts';
import type { Language } from '../../terminal/api.ts';
import { collectTexts } from './pieces.ts';
import { planIndex } from './testing/plan-index.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const LANGUAGES: readonly Language[] = ['zh', 'en'];
const SPEEDS = ['normal', 'slow'] as const;
const index = planIndex(ROOT, 'all');

/** What is said, by its words alone. */
const said = (text: string, language: Language = 'zh'): string =>
  clipsFor(text, language, 'normal', index)
    .map((clip) => clip.text)
    .filter((words) => words !== '')
    .join(language === 'zh' ? '' : ' ');

/** What of a text has no clip made for it: read character by character, or not at all. */
function guessedIn(text: string, language: Language): readonly string[] {
  return partsOf(text, language, index).flatMap((part) => {
    if (part.kind === 'syllable') return [part.text];
    if (part.kind === 'piece' && isLetterOfWord(part.text, text)) return [part.text];
    return part.kind === 'silent' && /[\p{L}\p{N}]/u.test(part.text) ? [part.text] : [];
  });
}

/** Whether `piece` is one letter that stands in `text` only within words: these were spelled. */
function isLetterOfWord(piece: string, text: string): boolean {
  return /^[A-Z]$/.test(piece) && !new RegExp(`(?<![A-Za-z])${piece}(?![A-Za-z])`, 'i').test(text);
}

describe.each(LANGUAGES)('the fixed texts in %s', (language) => {
  const texts = collectTexts(ROOT, 'all', language);

  it('all have clips, with whatever number stands in their blanks', () => {
    expect(texts.length).toBeGreaterThan(5_000);
    const guessed = texts.flatMap((text) => {
      const filled = text.replaceAll(/\{\{?\w+\}?\}/g, language === 'zh' ? '7' : ' 7 ');
      const missing = guessedIn(filled, language);
      return missing.length === 0 ? [] : [`${filled}: ${missing.join(' ')}`];
    });
    expect(guessed).toEqual([]);
  });

  it('have each clip in both speeds, the slow one longer', () => {
    for (const text of texts) {
      const [normal, slow] = SPEEDS.map((speed) => clipsFor(text, language, speed, index));
      expect(slow?.map((clip) => clip.text)).toEqual(normal?.map((clip) => clip.text));
      normal?.forEach((clip, place) => {
        expect(slow?.[place]?.durationMs).toBeGreaterThan(clip.durationMs);
      });
    }
  });

  it('are said in few clips: a sentence is one', () => {
    const whole = texts.filter((text) => !text.includes('{') && !/\d/.test(text));
    const pieces = whole.map((text) =>
      clipsFor(text, language, 'normal', index).filter((clip) => clip.text !== ''),
    );
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(12);
    expect(pieces.filter(({ length }) => length === 1).length / whole.length).toBeGreaterThan(0.8);
  });
});

describe('any text', () => {
  it('is said without a throw, and never with a star', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'张*12年月日元.,:-– 的A·《》\n零') }),
    );
    fc.assert(
      fc.property(text, fc.constantFrom(...LANGUAGES), fc.constantFrom(...SPEEDS), (any, language, speed) => {
        for (const clip of clipsFor(any, language, speed, index)) {
          expect(clip.file).toMatch(new RegExp(`^(zh|en)/${speed}/.+\\.opus$`));
          expect(clip.durationMs).toBeGreaterThan(0);
          expect(clip.text).not.toContain('*');
          if (!any.includes('星')) expect(clip.text).not.toContain('星');
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps every Chinese character and every digit, in order', () => {
    const unit = fc.constantFrom(...'我家门口路灯坏了请来看看李王张');
    fc.assert(
      fc.property(fc.string({ unit, minLength: 1, maxLength: 40 }), (text) => {
        expect(said(text)).toBe(text);
      }),
    );
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 11, maxLength: 18 }),
        (digits) => {
          expect(said(digits)).toBe(
            [...digits].map((digit) => '零幺二三四五六七八九'[Number(digit)]).join(''),
          );
        },
      ),
    );
  });

  it('has no pause before its first word, behind its last, or twice', () => {
    const clips = clipsFor('……好。！，', 'zh', 'normal', index);
    expect(clips.map((clip) => clip.text)).toEqual(['好']);
    expect(clipsFor('好，。“好”', 'zh', 'normal', index).map((clip) => clip.text)).toEqual(['好', '', '好']);
  });
});

describe('what stands on a screen', () => {
  it('names people without their mask', () => {
    expect(said('卡主\u00a0欧阳*')).toBe('卡主欧阳');
    expect(said('张女士')).toBe('张女士');
    expect(said('阿*\u2060·\u2060买*')).toBe('阿买');
    expect(said('Card of 王*', 'en')).toBe('Card of 王');
  });

  it('reads a surname as a surname', () => {
    const syllables = (text: string) =>
      partsOf(text, 'zh', index).flatMap((part) => (part.kind === 'syllable' ? [part.syllable] : []));
    expect(syllables('单*')).toEqual(['shan4']);
    expect(syllables('曾雄')).toEqual(['zeng1', 'xiong2']);
    expect(syllables('尉迟*')).toEqual(['yu4', 'chi2']);
    expect(syllables('那单呢')).not.toContain('shan4');
  });

  it('says numbers, dates, times and money in words', () => {
    expect(said('6月18日 星期四 14:20')).toBe('六月十八日星期四十四点二十分');
    expect(said('10,000.50 元')).toBe('一万元五角');
    expect(said('上午 9:00–11:30')).toBe('上午九点到十一点三十分');
    expect(said('3 – 5 个工作日')).toBe('三到五个工作日');
    expect(said('9:00–11:30', 'en')).toBe("nine o'clock to eleven thirty");
    expect(said('请打 8612 0000')).toBe('请打八六幺二零零零零');
    expect(said('3****************2')).toBe('三二');
    expect(said('18 June 2026', 'en')).toBe('eighteenth June twenty twenty-six');
  });

  it('says places by their names in both languages', () => {
    expect(said('沙溪镇董村')).toBe('沙溪镇董村');
    expect(said('Dongcun, Shaxi', 'en')).toBe('Dongcun Shaxi');
  });
});

it('speaks the commonest matters in a common build, private ones too', () => {
  const texts = new Set(collectTexts(ROOT, 'common', 'zh'));
  const { matters } = loadCatalog(readFolder(join(ROOT, 'catalog')));
  const commonest = matters.filter(({ picture }) => picture !== undefined);
  expect(commonest.filter((matter) => matter.private).length).toBeGreaterThan(0);
  expect(commonest.filter(({ name }) => !texts.has(name.short.zh)).map(({ id }) => id)).toEqual([]);
  expect(texts.size).toBeLessThan(collectTexts(ROOT, 'all', 'zh').length / 2);
});
