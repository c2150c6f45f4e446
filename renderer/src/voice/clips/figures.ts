/** Figures in a text, found and put into words. */
import type { Language } from '../../../../terminal/api.ts';
import { EN_READINGS } from './en-readings.ts';
import type { Reading } from './readings.ts';
import { ZH_READINGS } from './zh-readings.ts';

const READINGS: Readonly<Record<Language, readonly Reading[]>> = { zh: ZH_READINGS, en: EN_READINGS };

/** What is written in figures at this place of a text, how long it is, and the words it is said with. */
export function findReading(
  text: string,
  at: number,
  language: Language,
): { readonly length: number; readonly words: string } | undefined {
  for (const { pattern, say } of READINGS[language]) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null && match[0] !== '') return { length: match[0].length, words: say(match) };
  }
  return undefined;
}

/** A text with all its figures in words, as it is given to a voice or to a speaker. */
export function inWords(text: string, language: Language): string {
  let words = '';
  for (let at = 0; at < text.length; ) {
    const found = findReading(text, at, language);
    words += found?.words ?? text.charAt(at);
    at += found?.length ?? 1;
  }
  return words.replaceAll(/ {2,}/g, ' ').replaceAll(/ (?=,)|^ | $/g, '');
}
