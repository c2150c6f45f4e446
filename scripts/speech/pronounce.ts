/** How a text is given to a voice: Chinese in pinyin with tones, since a voice guesses at characters. */
import { OutputFormat, segment } from 'pinyin-pro';
import { TOWNS } from '../../catalog/places.ts';
import { inWords } from '../../renderer/src/voice/clips/figures.ts';
import type { Language } from '../../terminal/api.ts';
import { readingInPlace } from './chinese-readings.ts';

/** A stretch of a text for one voice. */
export interface Utterance {
  /** `zh` is pinyin, words apart, syllables of a word together, tones as figures, ü as `v`; `en` plain English. */
  readonly language: Language;
  readonly text: string;
}

const HAN = /\p{Script=Han}/u;

/** What is said for a fixed piece, stretch after stretch. */
export function pronounced(piece: string, language: Language): readonly Utterance[] {
  const words = inWords(piece, language);
  if (language === 'zh') {
    return HAN.test(words) || /^[A-Z]$/.test(words)
      ? [{ language: 'zh', text: inPinyin(words) }]
      : [{ language: 'en', text: words }];
  }
  return words
    .split(PLACE_WORDS)
    .filter((part) => /[\p{L}\p{N}]/u.test(part))
    .map((part): Utterance => {
      const place = PLACES.get(part);
      return place === undefined ? { language: 'en', text: part } : { language: 'zh', text: place };
    });
}

/** Chinese in pinyin as {@link Utterance} says; Latin letters stay, other marks are commas. */
export function inPinyin(text: string): string {
  let before = '';
  const syllableOf = ({ origin, result }: { readonly origin: string; readonly result: string }): string => {
    const syllable = HAN.test(origin)
      ? readingInPlace(origin, before, result).replace('0', '5')
      : markText(origin);
    before += origin;
    return syllable;
  };
  return segment(text, { toneType: 'num', v: true, format: OutputFormat.AllArray })
    .map((word) => word.map(syllableOf).join(''))
    .join(' ')
    .replaceAll(/\s*(?:,\s*)+/g, ', ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[,\s]+|[,\s]+$/g, '');
}

function markText(mark: string): string {
  return /[\p{L}\p{N}\s]/u.test(mark) ? mark : ',';
}

/** Names of places as English writes them, and their pinyin: an English voice would not know them. */
const PLACES: ReadonlyMap<string, string> = new Map(
  TOWNS.flatMap((town) => [town, ...town.villages]).flatMap(({ name }) => {
    const [first = ''] = name.en.split(/[ ,]/);
    const said = findPrefixPinyin(name.zh, first);
    return said === undefined ? [] : [[first, said] as const];
  }),
);
const PLACE_WORDS = new RegExp(
  `(?<![\\p{L}’'])(${[...PLACES.keys()].sort((one, other) => other.length - one.length).join('|')})(?![\\p{L}’'])`,
  'u',
);

/** The pinyin with tones of the beginning of a Chinese name that is spelled like `latin`. */
function findPrefixPinyin(chinese: string, latin: string): string | undefined {
  const letters = latin
    .toLowerCase()
    .replaceAll(/[^a-zü]/g, '')
    .replaceAll('ü', 'v');
  for (let length = 1; length <= chinese.length; length += 1) {
    const said = inPinyin(chinese.slice(0, length)).replaceAll(' ', '');
    if (said.replaceAll(/\d/g, '') === letters) return said;
  }
  return undefined;
}
