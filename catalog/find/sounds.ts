/** Words by their sound: pinyin letters and initials, with what people of the south hear alike written alike. */
import { pinyin } from 'pinyin-pro';

/** How a text sounds. */
export interface Sound {
  /** All syllables joined, alike sounds alike: `kanbinbaoxiao`. */
  readonly letters: string;
  /** The first letter of each syllable: `kbbx`. */
  readonly initials: string;
}

/** The sound of the Chinese characters of `text`; others are passed over. */
export function soundOf(text: string): Sound {
  const han = [...text].filter((character) => /\p{Script=Han}/u.test(character)).join('');
  if (han === '') return { letters: '', initials: '' };
  const syllables = pinyin(han, { toneType: 'none', type: 'array', v: true });
  return {
    letters: alikeLetters(syllables.join('')),
    initials: syllables.map((syllable) => syllable.slice(0, 1)).join(''),
  };
}

/**
 * Letters of pinyin with the pairs written alike that are heard alike in this dialect's mouth: zh and z, ch and c, sh
 * and s, ending in n or ng, beginning with n or l, ü written as v or u.
 */
export function alikeLetters(letters: string): string {
  return letters
    .replaceAll(/([zcs])h/g, '$1')
    .replaceAll('v', 'u')
    .replaceAll(/([aei])ng/g, '$1n')
    .replaceAll(/n(?=[aeiou])/g, 'l');
}
