/** The words of the catalog: those its matters are found by, and all its texts to count words in. */
import { alikeLetters } from '../../catalog/find/sounds.ts';
import type { Matter } from '../../catalog/schema.ts';
import { findReading } from './readings.ts';

const HAN_RUNS = /\p{Script=Han}+/gu;
const WORD = /^\p{Script=Han}{2,}$/u;

/** Every run of Chinese characters in what the matters say, but for the words they are found by. */
export function catalogTexts(matters: readonly Matter[]): readonly string[] {
  return matters.flatMap(({ find: _, ...said }) => JSON.stringify(said).match(HAN_RUNS) ?? []);
}

/**
 * The names of the matters and the words they are found by, without those that stand there misspelt so that who
 * slips is understood: a keyboard that offered them would teach them. Misspelt is what no text of a matter has,
 * while something there sounds alike and is cut into fewer words: 结昏 beside 结婚. `cut` cuts a text into words.
 */
export function catalogWords(
  matters: readonly Matter[],
  cut: (text: string) => readonly string[],
): readonly string[] {
  const names = matters.flatMap(({ name }) => [name.short.zh, name.official.zh]);
  const found = matters.flatMap(({ find }) => find);
  const words = [...new Set([...names, ...found])].filter((word) => WORD.test(word));
  const texts = catalogTexts(matters);
  const said = texts.join('\n');
  const bySound = stretchesOf(texts, new Set(words.map((word) => [...word].length)));
  return words.filter((word) => {
    const parts = cut(word).length;
    const alikes = bySound.get(soundOf(word)) ?? new Set();
    return said.includes(word) || ![...alikes].some((other) => cut(other).length < parts);
  });
}

/** Every stretch of the texts that is as long as some word, by its sound. */
function stretchesOf(
  texts: readonly string[],
  lengths: ReadonlySet<number>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const bySound = new Map<string, Set<string>>();
  for (const text of new Set(texts)) {
    const characters = [...text];
    const syllables = findReading(text)?.split(' ') ?? [];
    for (const length of lengths) {
      for (let from = 0; from + length <= syllables.length; from += 1) {
        const sound = alike(syllables.slice(from, from + length));
        const stretches = bySound.get(sound) ?? new Set();
        bySound.set(sound, stretches.add(characters.slice(from, from + length).join('')));
      }
    }
  }
  return bySound;
}

function soundOf(word: string): string {
  return alike(findReading(word)?.split(' ') ?? []);
}

function alike(syllables: readonly string[]): string {
  return syllables.map(alikeLetters).join(' ');
}
