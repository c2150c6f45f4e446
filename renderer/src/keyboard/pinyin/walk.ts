import type { Layer } from './layers.ts';
import { findChild, type LexiconNode, wordsAt } from './lexicon.ts';
import type { Step } from './syllables.ts';

/** A word that may be meant by the letters up to `to`, or, when `to` is their end, begins with them. */
export interface Match {
  readonly text: string;
  readonly to: number;
  readonly cost: number;
}

/** What is known of the letters typed: how many, and how they may be read on from each. */
export interface Lattice {
  readonly length: number;
  readonly steps: readonly (readonly Step[])[];
}

const LONGER_COST = 5;
const LONGER_SYLLABLE_COST = 1.5;
const MOST_LONGER_SYLLABLES = 4;

/** Every word of a layer that the letters from `from` on may stand for. */
export function wordsFrom(layer: Layer, lattice: Lattice, from: number): readonly Match[] {
  const found: Match[] = [];
  const goOn = (node: LexiconNode, at: number, cost: number): void => {
    for (const { to, meanings } of lattice.steps[at] ?? []) {
      for (const meaning of meanings) {
        const child = findChild(node, meaning.syllable);
        if (child === undefined) continue;
        const so = cost + meaning.cost;
        for (const word of wordsAt(child)) found.push({ text: word.text, to, cost: so + word.cost });
        if (!layer.isSingle && child[1] !== undefined && to < lattice.length) goOn(child, to, so);
      }
    }
  };
  goOn(layer.tree, from, layer.within);
  return found;
}

/**
 * Words of a layer that begin with all the letters and go on. Of the language's many words only those of which a
 * syllable is spelt out or two are begun.
 */
export function longerWords(layer: Layer, lattice: Lattice): readonly Match[] {
  const found: Match[] = [];
  const gather = (node: LexiconNode, cost: number, more: number): void => {
    for (const child of Object.values(node[1] ?? {})) {
      const so = cost + LONGER_SYLLABLE_COST;
      for (const word of wordsAt(child)) {
        found.push({ text: word.text, to: lattice.length, cost: so + word.cost });
      }
      if (more > 1) gather(child, so, more - 1);
    }
  };
  const goOn = (node: LexiconNode, at: number, cost: number, syllables: number): void => {
    for (const { to, meanings } of lattice.steps[at] ?? []) {
      for (const meaning of meanings) {
        const child = findChild(node, meaning.syllable);
        if (child?.[1] === undefined) continue;
        const so = cost + meaning.cost;
        if (to < lattice.length) goOn(child, to, so, syllables + 1);
        else if (layer.isSmall || syllables > 0 || meaning.cost === 0) {
          gather(child, so + LONGER_COST, layer.isSmall ? MOST_LONGER_SYLLABLES : 2);
        }
      }
    }
  };
  if (!layer.isSingle) goOn(layer.tree, 0, layer.alone, 0);
  return found;
}
