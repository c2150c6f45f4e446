/** What the keys of the keyboard write. */
export type Mode = 'pinyin' | 'hand' | 'latin' | 'digits' | 'phrases';

/** Letters in the order of the alphabet: whoever never learnt a typewriter finds them. */
export const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'] as const;

/** Stands between the parts of a name of another people. */
export const NAME_POINT = '·';

/** Digits, then the signs a short text needs. */
export const SIGNS = [...'1234567890，。、？！：-·'] as const;

/** Digits, then the signs that stand in printed codes. */
export const CODE_SIGNS = [...'1234567890-/.:'] as const;

/** Which modes a question offers: a name needs neither digits nor phrases, a code no characters. */
export const MODES: Readonly<Record<'name' | 'place' | 'text' | 'code', readonly Mode[]>> = {
  name: ['pinyin', 'hand', 'latin'],
  place: ['pinyin', 'hand', 'latin', 'digits', 'phrases'],
  text: ['pinyin', 'hand', 'latin', 'digits', 'phrases'],
  code: ['digits', 'latin'],
};

/** The longest name that is taken, in characters. */
export const LONGEST_NAME = 50;
