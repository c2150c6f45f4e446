/** The dictionary of the segmenter jieba (MIT): words with how often each stood in a large body of text. */
import { readFileSync } from 'node:fs';

/** A word, how often it was counted, and its part of speech in jieba's letters. */
export interface Entry {
  readonly word: string;
  readonly count: number;
  readonly tag: string;
}

/** Reads jieba's `dict.txt`; throws when it is not there. */
export function readDictionary(path: string): readonly Entry[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => line.trim().split(' '))
    .filter(([word = '']) => /^\p{Script=Han}+$/u.test(word))
    .map(([word = '', count, tag = '']) => ({ word, count: Number(count), tag }));
}

/** How often each character stands in the words of the dictionary. */
export function countCharacters(entries: readonly Entry[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { word, count } of entries) {
    for (const character of word) counts.set(character, (counts.get(character) ?? 0) + count);
  }
  return counts;
}

/** Every Chinese character of GB 2312: what people of the mainland write, but for rare names. */
export function gb2312Characters(): readonly string[] {
  const decoder = new TextDecoder('gbk');
  const found: string[] = [];
  for (let row = 0xb0; row <= 0xf7; row += 1) {
    for (let cell = 0xa1; cell <= 0xfe; cell += 1) {
      const character = decoder.decode(Uint8Array.of(row, cell));
      if (/^\p{Script=Han}$/u.test(character)) found.push(character);
    }
  }
  return found;
}
