/**
 * From letters of pinyin to Chinese: the likeliest sentence over every way to cut the letters into syllables and the
 * syllables into words, and what else they may stand for. It learns nothing: what it says of some letters depends
 * on the lexicon and the question alone.
 */
import { LONGEST_CANDIDATE } from '../candidate-pages.ts';
import { type Context, type Layer, layersFor } from './layers.ts';
import { findChild, type Lexicon, type LexiconNode, type Word, wordsAt } from './lexicon.ts';
import { indexSyllables, type Syllables, stepsFrom } from './syllables.ts';
import { type Lattice, longerWords, type Match, wordsFrom } from './walk.ts';

/** Something to choose, and how many of the typed letters it uses up. */
export interface Candidate {
  readonly text: string;
  readonly letters: number;
}

/** A lexicon made ready for one question. */
export interface Engine {
  readonly syllables: Syllables;
  readonly layers: readonly Layer[];
  readonly as: Context['as'];
}

/** Words in a row for the letters from some place to their end. */
interface Sentence {
  readonly text: string;
  readonly words: number;
  readonly cost: number;
}

const MOST_WHOLE = 40;
const MOST_BEGINNINGS = 56;
const SENTENCES_KEPT = 6;
/** Sentences put together of several words that are offered: the likeliest, and more where a name is guessed. */
const SENTENCES_OFFERED: Readonly<Record<Context['as'], number>> = { text: 2, place: 2, name: 5 };
/** A sentence so much dearer than the likeliest is none. */
const MOST_DEARER = 7;
/** Of each stretch within a sentence only so many words can win. */
const WORDS_KEPT = 4;

/** Makes a lexicon ready for one question. */
export function createEngine(lexicon: Lexicon, context: Context): Engine {
  return {
    syllables: indexSyllables(Object.keys(lexicon.general[1] ?? {})),
    layers: layersFor(lexicon, context),
    as: context.as,
  };
}

/**
 * What the typed letters may stand for, likeliest first: words and sentences for all of them, words that begin so,
 * then words and characters for the first of them, then rare characters. `isFirst`: nothing stands before it yet. Empty when the letters
 * are no pinyin.
 */
export function findCandidates(engine: Engine, letters: string, isFirst: boolean): readonly Candidate[] {
  if (letters === '') return [];
  const layers = engine.layers.filter((layer) => isFirst || !layer.isFirst);
  const lattice: Lattice = {
    length: letters.length,
    steps: Array.from({ length: letters.length }, (_, from) => stepsFrom(engine.syllables, letters, from)),
  };
  const rests = restsOf(lattice, layers);
  const started = layers.map((layer) => ({ layer, words: wordsFrom(layer, lattice, 0) }));
  const starts = started.flatMap(({ words }) => words);
  const sentences = followedBy(starts, rests).filter(
    ({ words, cost }, _, [best]) => words > 1 && cost < (best?.cost ?? 0) + MOST_DEARER,
  );
  const whole = [
    ...started.flatMap(({ layer, words }) => aloneOf(layer, words, letters.length)),
    ...sentences.slice(0, SENTENCES_OFFERED[engine.as]),
    ...layers.flatMap((layer) => longerWords(layer, lattice)),
  ];
  const beginnings = starts.flatMap(({ text, to, cost }) => {
    const rest = to < letters.length ? rests[to]?.[0] : undefined;
    return rest === undefined ? [] : [{ text, to, cost: cost + rest.cost }];
  });
  const candidates = [
    ...cheapest(whole, MOST_WHOLE).map(({ text }) => ({ text, letters: letters.length })),
    ...cheapest(beginnings, MOST_BEGINNINGS).map(({ text, to }) => ({ text, letters: to })),
    ...layers
      .flatMap(({ tree }) => spelt(tree, letters))
      .map(({ text }) => ({ text, letters: letters.length })),
  ];
  const seen = new Set<string>();
  return candidates.filter(
    ({ text }) => [...text].length <= LONGEST_CANDIDATE && !seen.has(text) && seen.add(text),
  );
}

/** Every character of just this syllable: a rare one is far behind, and there. */
function spelt(tree: LexiconNode, letters: string): readonly Word[] {
  const node = findChild(tree, letters);
  return node === undefined ? [] : wordsAt(node);
}

/** The words that stand for all the letters, at the price of a word alone. */
function aloneOf({ within, alone }: Layer, words: readonly Match[], length: number): readonly Match[] {
  return words
    .filter(({ to }) => to === length)
    .map((match) => ({ ...match, cost: match.cost - within + alone }));
}

/** The likeliest sentences for the letters from each place to the end; none where they are no pinyin. */
function restsOf(lattice: Lattice, layers: readonly Layer[]): readonly (readonly Sentence[])[] {
  const later = layers.filter(({ isFirst }) => !isFirst);
  const rests: Sentence[][] = Array.from({ length: lattice.length }, () => []);
  rests.push([{ text: '', words: 0, cost: 0 }]);
  for (let from = lattice.length - 1; from > 0; from -= 1) {
    rests[from] = followedBy(
      later.flatMap((layer) => wordsFrom(layer, lattice, from)),
      rests,
    );
  }
  return rests;
}

/** The likeliest sentences that begin with one of these words. */
function followedBy(starts: readonly Match[], rests: readonly (readonly Sentence[])[]): Sentence[] {
  const byEnd = Map.groupBy(starts, ({ to }) => to);
  const found = [...byEnd].flatMap(([to, matches]) => {
    const rest = rests[to] ?? [];
    if (rest.length === 0) return [];
    return cheapest(matches, WORDS_KEPT).flatMap((match) =>
      rest.map(({ text, words, cost }) => ({
        text: match.text + text,
        words: words + 1,
        cost: match.cost + cost,
      })),
    );
  });
  return cheapest(found, SENTENCES_KEPT);
}

/** The first `most` by cost, each text once. Most of many are not looked at twice: sorting them all took longest. */
function cheapest<Each extends { readonly text: string; readonly cost: number }>(
  all: readonly Each[],
  most: number,
): Each[] {
  const found: Each[] = [];
  for (const each of all) {
    if (found.length === most && each.cost >= (found.at(-1)?.cost ?? 0)) continue;
    const same = found.findIndex(({ text }) => text === each.text);
    if (same >= 0 && (found[same]?.cost ?? 0) <= each.cost) continue;
    if (same >= 0) found.splice(same, 1);
    const after = found.findIndex(({ cost }) => cost > each.cost);
    found.splice(after < 0 ? found.length : after, 0, each);
    if (found.length > most) found.pop();
  }
  return found;
}
