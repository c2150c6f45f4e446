/**
 * Finding a matter by whatever somebody types: its characters, pinyin, initials, English, an everyday word, a wrong
 * character that sounds alike. An index is made once for a catalog; a search touches only what shares a piece with it.
 */
import type { Matter } from '../schema.ts';
import { characterGrams, findHits, type GramIndex, indexGrams, letterGrams } from './grams.ts';
import { alikeLetters, soundOf } from './sounds.ts';

/** A catalog made ready for search. */
export interface MatterIndex {
  readonly matters: readonly Matter[];
  /** Of each text, the place of its matter in `matters`, and how much a hit in it counts. */
  readonly texts: readonly { readonly matter: number; readonly weight: number }[];
  readonly characters: GramIndex;
  readonly sounds: GramIndex;
  readonly initials: GramIndex;
  readonly english: GramIndex;
  /** By text, for beginnings and whole words. */
  readonly initialsOf: readonly string[];
}

/** What one search may be, in characters; the rest is passed over. */
export const MOST_TYPED = 40;

/** How much of what was typed a text must share. */
const LEAST = { characters: 0.5, sounds: 0.6, english: 0.7, initials: 0.99 } as const;
/** What sounds right counts less than what is written right. */
const WORTH = { characters: 1, sounds: 0.9, english: 0.9, initials: 0.8 } as const;

/** Makes the index of a catalog. */
export function indexMatters(matters: readonly Matter[]): MatterIndex {
  const named = matters.flatMap((matter, at) => textsOf(matter).map((text) => ({ ...text, matter: at })));
  const sounds = named.map(({ zh }) => soundOf(zh));
  return {
    matters,
    texts: named.map(({ matter, weight }) => ({ matter, weight })),
    characters: indexGrams(named.map(({ zh }) => characterGrams(zh))),
    sounds: indexGrams(sounds.map(({ letters }) => letterGrams(letters))),
    initials: indexGrams(sounds.map(({ initials }) => initialGrams(initials))),
    english: indexGrams(named.map(({ en }) => letterGrams(plainEnglish(en)))),
    initialsOf: sounds.map(({ initials }) => initials),
  };
}

/** The texts a matter is found by, and how much each counts: its everyday name most, its official one least. */
function textsOf({ name, find }: Matter): readonly { zh: string; en: string; weight: number }[] {
  return [
    { ...name.short, weight: 1 },
    ...find.map((zh) => ({ zh, en: '', weight: 0.97 })),
    { ...name.official, weight: 0.9 },
  ];
}

/** The matters that fit what was typed, the best first, at most `limit`; none when nothing was typed. */
export function findMatters(index: MatterIndex, typed: string, limit = 8): readonly Matter[] {
  const query = [...typed.normalize('NFKC').toLowerCase().trim()].slice(0, MOST_TYPED).join('');
  const scores = new Map<number, number>();
  for (const { text, score } of hitsOf(index, query)) {
    const entry = index.texts[text];
    if (entry === undefined) continue;
    const worth = score * entry.weight;
    if (worth > (scores.get(entry.matter) ?? 0)) scores.set(entry.matter, worth);
  }
  return [...scores]
    .sort(([a, scoreA], [b, scoreB]) => scoreB - scoreA || a - b)
    .slice(0, limit)
    .flatMap(([matter]) => index.matters[matter] ?? []);
}

interface Scored {
  readonly text: number;
  readonly score: number;
}

function hitsOf(index: MatterIndex, query: string): readonly Scored[] {
  const han = query.replaceAll(/[^\p{Script=Han}]/gu, '');
  if (han !== '')
    return [
      ...scored(index.characters, characterGrams(han), 'characters'),
      ...scored(index.sounds, letterGrams(soundOf(han).letters), 'sounds'),
    ];
  const letters = query.replaceAll(/[^a-z]/g, '');
  return [
    ...initialHits(index, letters),
    ...scored(index.sounds, letterGrams(alikeLetters(letters)), 'sounds'),
    ...scored(index.english, letterGrams(plainEnglish(query)), 'english'),
  ];
}

/** Covering what was typed counts most; of two that do, the shorter text is meant rather. */
function scored(index: GramIndex, grams: ReadonlySet<string>, by: keyof typeof LEAST): readonly Scored[] {
  return findHits(index, grams, LEAST[by]).map(({ text, covered, filled }) => ({
    text,
    score: WORTH[by] * (0.8 * covered + 0.2 * filled),
  }));
}

/** Initials are few letters: they must stand there just so, best at the beginning. */
function initialHits(index: MatterIndex, letters: string): readonly Scored[] {
  if (letters.length < 2) return [];
  return findHits(index.initials, initialGrams(letters), LEAST.initials).flatMap(({ text, filled }) => {
    const initials = index.initialsOf[text] ?? '';
    const at = initials.indexOf(letters);
    if (at < 0) return [];
    return [{ text, score: WORTH.initials * (0.8 + 0.2 * filled) * (at === 0 ? 1 : 0.9) }];
  });
}

function initialGrams(initials: string): ReadonlySet<string> {
  return new Set(
    Array.from({ length: Math.max(0, initials.length - 1) }, (_, at) => initials.slice(at, at + 2)),
  );
}

function plainEnglish(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();
}
