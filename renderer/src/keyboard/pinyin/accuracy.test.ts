/**
 * How often what is meant stands among the first five, by full pinyin and by initials alone: 500 words of the
 * catalog (names of matters and the words they are found by) where a text is written, 300 names of towns and villages
 * where a place is written. Both are in the lexicon, as they should be; no word of the matter on hand helps.
 */
import { pinyin } from 'pinyin-pro';
import { describe, expect, it } from 'vitest';
import { TOWNS } from '../../../../catalog/places.ts';
import { catalogWords } from '../../../../scripts/pinyin/catalog-words.ts';
import { segment } from '../../../../scripts/pinyin/segment.ts';
import { projectCatalog } from '../../../../test/project-catalog.ts';
import { createEngine, findCandidates } from './engine.ts';
import { type Context, contextOf } from './layers.ts';
import { type LexiconNode, openLexicon, wordsAt } from './lexicon.ts';
import text from './lexicon.txt?raw';

const AIM = 0.98;
const lexicon = openLexicon(text);

const places = TOWNS.flatMap(({ name, villages }) => [name.zh, ...villages.map((each) => each.name.zh)]);
const shares = sharesOf(lexicon.general);
const words = catalogWords(projectCatalog().matters, (run) => segment(run, (word) => shares.get(word)));

const FULL = (syllables: readonly string[]) => syllables.join('');
const INITIALS = (syllables: readonly string[]) => syllables.map((syllable) => syllable.slice(0, 1)).join('');

describe('among the first five stand', () => {
  it.each([
    ['words of the catalog by full pinyin', 'text', spread(words, 500), FULL],
    ['words of the catalog by initials', 'text', spread(words, 500), INITIALS],
    ['towns and villages by full pinyin', 'place', spread(places, 300), FULL],
    ['towns and villages by initials', 'place', spread(places, 300), INITIALS],
  ] as const)('%s', (_, as: Context['as'], drawn, typedFor) => {
    const engine = createEngine(lexicon, contextOf(as));
    const missed = drawn.filter((word) => {
      const typed = typedFor(pinyin(word, { toneType: 'none', v: true, type: 'array' }));
      const firstFive = findCandidates(engine, typed, true).slice(0, 5);
      return !firstFive.some((each) => each.text === word);
    });
    expect(1 - missed.length / drawn.length, missed.join(' ')).toBeGreaterThanOrEqual(AIM);
  });
});

/** So many of a list, evenly spread over it; throws where it has fewer. */
function spread(list: readonly string[], count: number): readonly string[] {
  const each = [...new Set(list)].sort();
  if (each.length < count) throw new Error(`only ${each.length} of ${count}`);
  return Array.from({ length: count }, (_, at) => each[Math.floor((at * each.length) / count)] ?? '');
}

function sharesOf(node: LexiconNode, found = new Map<string, number>()): ReadonlyMap<string, number> {
  for (const word of wordsAt(node)) found.set(word.text, Math.exp(-word.cost));
  for (const child of Object.values(node[1] ?? {})) sharesOf(child, found);
  return found;
}
