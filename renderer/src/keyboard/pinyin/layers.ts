import type { NearWord } from '../../../../catalog/find/near-words.ts';
import type { Lexicon, LexiconNode } from './lexicon.ts';
import { treeOf } from './tree.ts';

/** What is being written: it says which words come first. */
export interface Context {
  readonly as: 'name' | 'place' | 'text';
  /** Words of the matter on hand: its choices, and what it is found by. */
  readonly words: readonly NearWord[];
}

const NO_WORDS: readonly NearWord[] = [];

/** What is being written, of no matter with words of its own. */
export function contextOf(as: Context['as'], words: readonly NearWord[] = NO_WORDS): Context {
  return { as, words };
}

/** A tree of words, and what choosing one of them costs beside its share. */
export interface Layer extends Price {
  readonly tree: LexiconNode;
  /** Only as the very first word of a text: a surname. */
  readonly isFirst: boolean;
  /** Words of one character alone: a name is put together of characters. */
  readonly isSingle: boolean;
  /** Few enough that all that begins with one letter can be looked at. */
  readonly isSmall: boolean;
}

/** How much dearer, or below nought cheaper, the words of a layer are than their share says. */
interface Price {
  /** Within a sentence: few words must not win there only because they are few. */
  readonly within: number;
  /** Where one word stands for all the letters. */
  readonly alone: number;
}

type Kind = keyof Lexicon | 'matter';

const PRICES: Readonly<Record<Context['as'], Readonly<Record<Kind, Price>>>> = {
  text: {
    matter: { within: 1, alone: -4 },
    places: { within: 3, alone: 0 },
    catalog: { within: 3, alone: -1 },
    general: { within: 0, alone: 0 },
    surnames: { within: 6, alone: 6 },
    given: { within: 9, alone: 9 },
  },
  place: {
    matter: { within: 3, alone: 0 },
    places: { within: 0, alone: -4 },
    catalog: { within: 4, alone: 2 },
    general: { within: 0, alone: 0 },
    surnames: { within: 6, alone: 6 },
    given: { within: 9, alone: 9 },
  },
  name: {
    matter: { within: 8, alone: 8 },
    places: { within: 8, alone: 8 },
    catalog: { within: 12, alone: 12 },
    general: { within: 5, alone: 5 },
    surnames: { within: -1, alone: -1 },
    given: { within: 0, alone: 0 },
  },
};

const KINDS: readonly Kind[] = ['matter', 'places', 'catalog', 'surnames', 'given', 'general'];

/** The words for what is being written; those of the matter are added to those the lexicon knows. */
export function layersFor(lexicon: Lexicon, { as, words }: Context): readonly Layer[] {
  const share = 1 / Math.max(1, words.length);
  const matter = treeOf(words.map(({ text, reading }) => ({ word: text, reading, share })));
  const trees: Readonly<Record<Kind, LexiconNode>> = { ...lexicon, matter };
  return KINDS.map((kind) => ({
    tree: trees[kind],
    ...PRICES[as][kind],
    isFirst: kind === 'surnames',
    isSingle: as === 'name' && kind === 'general',
    isSmall: kind !== 'general',
  }));
}
