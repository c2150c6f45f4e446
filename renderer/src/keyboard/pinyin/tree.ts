/** Words by the syllables they are read with, as a tree that JSON holds: what the keyboard's engine walks. */
import { type LexiconNode, levelOf } from './lexicon.ts';

/** A word, its syllables apart by spaces, and how likely it is among all words of its kind, 0 to 1. */
export interface Weighed {
  readonly word: string;
  readonly reading: string;
  readonly share: number;
}

interface Growing {
  readonly words: Weighed[];
  readonly children: Map<string, Growing>;
}

/** The tree of these words, each node's the likeliest first. */
export function treeOf(words: Iterable<Weighed>): LexiconNode {
  const root: Growing = { words: [], children: new Map() };
  for (const each of words) {
    let at = root;
    for (const syllable of each.reading.split(' ')) {
      const next = at.children.get(syllable) ?? { words: [], children: new Map() };
      at.children.set(syllable, next);
      at = next;
    }
    if (!at.words.some(({ word }) => word === each.word)) at.words.push(each);
  }
  return packed(root);
}

function packed({ words, children }: Growing): LexiconNode {
  const text = words
    .toSorted((a, b) => b.share - a.share)
    .map(({ word, share }) => word + levelOf(share))
    .join('');
  if (children.size === 0) return [text];
  const sorted = [...children].sort(([a], [b]) => (a < b ? -1 : 1));
  return [text, Object.fromEntries(sorted.map(([syllable, child]) => [syllable, packed(child)]))];
}
