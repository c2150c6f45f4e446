/** Which characters (by syllable) and words (by their letters, apart by spaces) a pinyin stands for, commonest first. */
export interface PinyinTable {
  readonly characters: Readonly<Record<string, string>>;
  readonly words: Readonly<Record<string, string>>;
}

/** Something to choose, and how many of the typed letters it uses up. */
export interface Candidate {
  readonly text: string;
  readonly letters: number;
}

/** Whether single characters (a name) or whole words come first. */
export type Preference = 'characters' | 'words';

/** A table made ready for look-up. */
export interface PinyinIndex {
  readonly table: PinyinTable;
  /** The letters of all words, in order, so that those beginning alike stand together. */
  readonly wordLetters: readonly string[];
}

const MOST_CANDIDATES = 72;
const MOST_BEGINNINGS = 24;
const LONGEST_SYLLABLE = 6;
const COMMONEST = 3;

/** Makes a table ready for look-up. */
export function indexPinyin(table: PinyinTable): PinyinIndex {
  return { table, wordLetters: Object.keys(table.words).sort() };
}

/**
 * What the typed letters may stand for, likeliest first: words spelt just so, characters of just that
 * syllable, words and characters that begin so, then what the first syllable alone stands for. Empty when
 * nothing fits.
 */
export function findCandidates(
  index: PinyinIndex,
  letters: string,
  prefer: Preference,
): readonly Candidate[] {
  if (letters === '') return [];
  const whole = wordsOf(index, letters, letters.length);
  const characters = charactersOf(index, letters, letters.length);
  const longerWords = wordsBeginning(index, letters);
  const longerCharacters = charactersBeginning(index, letters);
  const likely =
    prefer === 'words'
      ? [...whole, ...characters, ...longerWords, ...longerCharacters]
      : [...characters, ...whole, ...longerCharacters, ...longerWords];
  const found = [...likely, ...shorter(index, letters)];
  const seen = new Set<string>();
  return found.filter(({ text }) => !seen.has(text) && seen.add(text)).slice(0, MOST_CANDIDATES);
}

function wordsOf({ table }: PinyinIndex, letters: string, used: number): Candidate[] {
  const words = Object.hasOwn(table.words, letters) ? table.words[letters] : undefined;
  return words === undefined ? [] : words.split(' ').map((text) => ({ text, letters: used }));
}

function charactersOf({ table }: PinyinIndex, letters: string, used: number): Candidate[] {
  const characters = Object.hasOwn(table.characters, letters) ? table.characters[letters] : undefined;
  return [...(characters ?? '')].map((text) => ({ text, letters: used }));
}

function wordsBeginning(index: PinyinIndex, letters: string): Candidate[] {
  const found: Candidate[] = [];
  for (let at = firstAtLeast(index.wordLetters, letters); found.length < MOST_BEGINNINGS; at += 1) {
    const longer = index.wordLetters[at];
    if (longer === undefined || !longer.startsWith(letters)) break;
    // Long words of few letters are guesses: two more syllables' worth is as far as a guess goes.
    if (longer !== letters && longer.length - letters.length <= LONGEST_SYLLABLE) {
      found.push(...wordsOf(index, longer, letters.length));
    }
  }
  return found;
}

/** The commonest characters of each syllable that begins so, those of all syllables in turn. */
function charactersBeginning({ table }: PinyinIndex, letters: string): Candidate[] {
  const syllables = Object.entries(table.characters).filter(
    ([syllable]) => syllable !== letters && syllable.startsWith(letters),
  );
  const found: Candidate[] = [];
  for (let rank = 0; rank < COMMONEST; rank += 1) {
    for (const [, characters] of syllables) {
      const text = [...characters][rank];
      if (text !== undefined) found.push({ text, letters: letters.length });
    }
  }
  return found;
}

/** Words and characters of the longest beginning that is spelt just so; the rest stays to be chosen next. */
function shorter(index: PinyinIndex, letters: string): Candidate[] {
  const found: Candidate[] = [];
  for (let used = letters.length - 1; used > 0; used -= 1) {
    const beginning = letters.slice(0, used);
    const canGoOn = isBeginning(index, letters.slice(used));
    if (canGoOn) found.push(...wordsOf(index, beginning, used), ...charactersOf(index, beginning, used));
  }
  return found;
}

/** Whether some syllable begins with these letters, or these letters begin with some syllable. */
function isBeginning({ table }: PinyinIndex, letters: string): boolean {
  for (let used = Math.min(letters.length, LONGEST_SYLLABLE); used > 0; used -= 1) {
    if (Object.hasOwn(table.characters, letters.slice(0, used))) return true;
  }
  return (
    letters.length < LONGEST_SYLLABLE &&
    Object.keys(table.characters).some((each) => each.startsWith(letters))
  );
}

function firstAtLeast(sorted: readonly string[], letters: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < letters) low = middle + 1;
    else high = middle;
  }
  return low;
}
