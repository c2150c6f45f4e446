/** What everything else is put together from: numbers, days, letters, and every syllable of Chinese. */
import { pinyin } from 'pinyin-pro';
import { enCardinal, enOrdinal, enYear } from '../../renderer/src/voice/clips/en-numbers.ts';
import { EN_MONTHS, EN_WEEKDAYS } from '../../renderer/src/voice/clips/en-readings.ts';
import { zhCardinal, zhDigits } from '../../renderer/src/voice/clips/zh-numbers.ts';
import type { Language } from '../../terminal/api.ts';

/** Years that people are born in, papers run to and dates are set for. */
const YEARS = { first: 1920, last: 2060 } as const;
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** Blocks of characters whose readings are asked for: 〇, the common ones, and the rare ones of names. */
const CHARACTER_BLOCKS: readonly (readonly [from: number, to: number])[] = [
  [0x3007, 0x3007],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0x20000, 0x2ebef],
];
/** Surnames of two characters that are read otherwise than one by one. */
const ODD_COMPOUND_SURNAMES: Readonly<Record<string, readonly string[]>> = {
  万俟: ['mo4', 'qi2'],
  尉迟: ['yu4', 'chi2'],
  单于: ['chan2', 'yu2'],
  长孙: ['zhang3', 'sun1'],
};

const upTo = (last: number, first = 0): readonly string[] =>
  Array.from({ length: last - first + 1 }, (_, index) => String(first + index));

/** Words of numbers, dates and letters that `clipsFor` joins. */
export function basicPieces(language: Language): readonly string[] {
  return language === 'zh' ? chineseBasics() : englishBasics();
}

function chineseBasics(): readonly string[] {
  return [
    ...upTo(99).map(zhCardinal),
    ...upTo(9).map((digit) => zhDigits(digit)),
    ...upTo(9, 1).flatMap((digit) => ['00', '000', '0000'].map((zeros) => zhCardinal(digit + zeros))),
    ...'十百千万亿两点元角分秒年月日号岁第到负加和'.split(''),
    ...'百分之 平方米 摄氏度 星期 先生 女士 工作日 个工作日 小时 分钟 个月 周岁 上午 下午 每月 每年'.split(
      ' ',
    ),
    ...upTo(12, 1).map((month) => `${zhCardinal(month)}月`),
    ...upTo(31, 1).map((day) => `${zhCardinal(day)}日`),
    ...upTo(YEARS.last, YEARS.first).map((year) => `${zhDigits(year, '一')}年`),
    ...upTo(24).map((hour) => `${hour === '2' ? '两' : zhCardinal(hour)}点`),
    ...upTo(59, 1).map((minute) => `${minute.length === 1 ? '零' : ''}${zhCardinal(minute)}分`),
    ...[...'日一二三四五六'].map((day) => `星期${day}`),
    ...LETTERS,
  ];
}

function englishBasics(): readonly string[] {
  return [
    ...upTo(99).map(enCardinal),
    ...upTo(9, 1).map((digit) => enCardinal(`${digit}00`)),
    ...upTo(31, 1).map(enOrdinal),
    ...upTo(YEARS.last, YEARS.first).map(enYear),
    ...'hundred thousand million billion trillion and oh point minus plus to yuan fen percent'.split(' '),
    "o'clock",
    ...EN_MONTHS,
    ...EN_WEEKDAYS,
    ...LETTERS,
  ];
}

/** Every syllable with its tone (`zhang1`), and the characters commonly read so. */
export function chineseSyllables(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [from, to] of CHARACTER_BLOCKS) {
    for (let code = from; code <= to; code += 1) {
      const character = String.fromCodePoint(code);
      const syllable = findSyllable(character);
      if (syllable !== undefined) found.set(syllable, (found.get(syllable) ?? '') + character);
    }
  }
  return new Map([...found].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Surnames read otherwise than their characters are elsewhere, with their syllables. */
export function oddSurnames(
  syllables: ReadonlyMap<string, string>,
): Readonly<Record<string, readonly string[]>> {
  const singles = [...syllables].flatMap(([syllable, characters]) =>
    [...characters].flatMap((character) => {
      const asSurname = findSyllable(character, 'head');
      const isOdd = asSurname !== undefined && asSurname !== syllable && syllables.has(asSurname);
      return isOdd ? [[character, [asSurname]] as const] : [];
    }),
  );
  return { ...Object.fromEntries(singles), ...ODD_COMPOUND_SURNAMES };
}

function findSyllable(character: string, surname: 'off' | 'head' = 'off'): string | undefined {
  const read = pinyin(character, { toneType: 'num', v: true, surname });
  return /^[a-z]*[aeiouv][a-z]*[0-5]$/.test(read) ? read.replace('0', '5') : undefined;
}
