/**
 * The words the keyboard knows, by the syllables they are read with. Made by `scripts/pinyin-lexicon.ts`; the file
 * is the tree itself, so that opening it is one `JSON.parse`.
 */

/** Words read with the syllables on the way here, each followed by the level of its share; then what goes on. */
export type LexiconNode = readonly [words: string, children?: Readonly<Record<string, LexiconNode>>];

/** What kinds of words there are, a tree for each. */
export interface Lexicon {
  /** Words and characters of the language, by how often they are written. */
  readonly general: LexiconNode;
  /** The county, its towns and villages, with and without what they are. */
  readonly places: LexiconNode;
  /** The words by which the matters of the catalog are found, and their names. */
  readonly catalog: LexiconNode;
  readonly surnames: LexiconNode;
  /** Characters of given names. */
  readonly given: LexiconNode;
}

/** A word of a node; `cost` is the negative logarithm of its share: the rarer, the dearer. */
export interface Word {
  readonly text: string;
  readonly cost: number;
}

/** Levels are digits of base 36, each so much dearer than the one before. */
const STEP = 0.4;
const CHEAPEST = 4;
const LEVELS = 36;
const LAST_ASCII = 0x7f;
/** Words of one level keep the order they stand in. */
const ORDER = 0.002;

/** The level, as one digit of base 36, of a share of 0 to 1. */
export function levelOf(share: number): string {
  const level = Math.round((-Math.log(share) - CHEAPEST) / STEP);
  return Math.min(LEVELS - 1, Math.max(0, level)).toString(LEVELS);
}

/** Makes a lexicon of the text of its file. */
export function openLexicon(text: string): Lexicon {
  return JSON.parse(text) as Lexicon;
}

const NONE: readonly Word[] = [];
const opened = new WeakMap<LexiconNode, readonly Word[]>();

/** The words that end at a node, the likeliest first. */
export function wordsAt(node: LexiconNode): readonly Word[] {
  if (node[0] === '') return NONE;
  const known = opened.get(node);
  if (known !== undefined) return known;
  const words = read(node[0]);
  opened.set(node, words);
  return words;
}

/** Words and their levels, one after another; by hand, since it is done thousands of times for a first letter. */
function read(text: string): readonly Word[] {
  const words: Word[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text.charCodeAt(at) > LAST_ASCII) continue;
    const level = Number.parseInt(text.charAt(at), LEVELS);
    words.push({ text: text.slice(from, at), cost: CHEAPEST + STEP * level + ORDER * words.length });
    from = at + 1;
  }
  return words;
}

/** What follows a syllable after a node, or `undefined` when no word goes on so. */
export function findChild(node: LexiconNode, syllable: string): LexiconNode | undefined {
  const children = node[1];
  return children !== undefined && Object.hasOwn(children, syllable) ? children[syllable] : undefined;
}
