import { expect, test } from 'vitest';
import { wordsOf } from '../words/words.ts';
import type { Piece } from './page-reader.ts';
import { openWords, phrasesOf, phrasesOfPage, type Telling } from './phrases.ts';

const TELLING: Telling = {
  t: wordsOf('zh').t,
  language: 'zh',
  isPrivatePage: false,
  mayBePrivate: false,
};
const piece = (text: string, more: Partial<Piece> = {}): Piece => ({
  ...openWords(text, 'zh'),
  hearing: 'page',
  ...more,
});
const texts = (pieces: readonly Piece[], telling = TELLING) =>
  phrasesOf(pieces, telling).map(({ text }) => text);

test('what went wrong first, then the page, then its bar, and the keys of the foot last', () => {
  const said = phrasesOfPage(
    [
      piece('高龄津贴', { area: 'bar' }),
      piece('哪天来看？'),
      piece('明天', { kind: 'key' }),
      piece('请选一天', { kind: 'alert' }),
      piece('找代办员', { kind: 'key', area: 'foot' }),
      piece('电话在回执上', { area: 'foot' }),
    ],
    TELLING,
  );
  expect(said.map(({ text }) => text)).toEqual([
    ...['请选一天', '哪天来看？', '明天', '高龄津贴', '电话在回执上', '下面的键', '找代办员'],
  ]);
});

test('a page without keys does not announce any', () => {
  expect(phrasesOfPage([piece('再见')], TELLING).map(({ text }) => text)).toEqual(['再见']);
});

test('choices by their number and state, keys that are off', () => {
  expect(
    texts([
      piece('是', { kind: 'choice', place: 1, isChosen: true }),
      piece('否', { kind: 'choice', place: 2 }),
      piece('下一步', { kind: 'key', isOff: true }),
    ]).map((text) => text.replaceAll('\u00a0', ' ')),
  ).toEqual(['第 1 个，是，已选', '第 2 个，否', '下一步，现在按不了']);
});

test('one sentence at a breath, in the language of its words', () => {
  expect(texts([piece('没网。先不能缴！再等等')])).toEqual(['没网。', '先不能缴！', '再等等']);
  const english = phrasesOf([openWords('Valid to 8.30. Call 8612 0000.', 'en')], TELLING);
  expect(english).toMatchObject([
    { text: 'Valid to 8.30.', language: 'en' },
    { text: 'Call 8612 0000.', language: 'en' },
  ]);
});

test('a mask keeps its stars for the clips; a number instead of a letter is a pause', () => {
  expect(texts([piece('姓名，张*'), piece('3****************4')])).toEqual([
    '姓名，张*',
    '3****************4',
  ]);
  expect(texts([piece('上午好，〔字库没有\u206020BB7〕先生')])).toEqual(['上午好，，先生']);
  expect(phrasesOf([openWords('For Zhang* herself', 'en')], TELLING)[0]?.text).toBe('For Zhang* herself');
});

test('on a private page only what is open is said without leave, and the rest is marked with it', () => {
  const pieces = [piece('张女士'), piece('找代办员', { hearing: 'open' })];
  expect(phrasesOf(pieces, { ...TELLING, isPrivatePage: true })).toMatchObject([
    { text: '找代办员', isPrivate: false },
  ]);
  expect(phrasesOf(pieces, { ...TELLING, isPrivatePage: true, mayBePrivate: true })).toMatchObject([
    { text: '张女士', isPrivate: true },
    { text: '找代办员', isPrivate: false },
  ]);
  expect(texts([piece('13900000000', { hearing: 'private' })])).toEqual([]);
});
