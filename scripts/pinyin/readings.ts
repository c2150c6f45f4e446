/** How words are read: syllables of pinyin without tones, `ü` as `v`; pinyin-pro's readings (MIT). */
import { pinyin, polyphonic } from 'pinyin-pro';

const SYLLABLES = /^[a-z]+( [a-z]+)*$/;

/** The reading of a word as a whole: `yin hang`; `undefined` for what is no Chinese word. */
export function findReading(word: string): string | undefined {
  const reading = pinyin(word, { toneType: 'none', v: true });
  return SYLLABLES.test(reading) && reading.split(' ').length === [...word].length ? reading : undefined;
}

/** All readings of one character, the commonest first. */
export function readingsOf(character: string): readonly string[] {
  const [readings = ''] = polyphonic(character, { toneType: 'none', v: true });
  return [...new Set(readings.split(' '))].filter((syllable) => SYLLABLES.test(syllable));
}
