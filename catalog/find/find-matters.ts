/**
 * Finding a matter by whatever somebody types: its characters, pinyin, initials, English, an everyday word, a wrong
 * character that sounds alike. An index is made once for a catalog; a search touches only what shares a piece with it.
 */
import type { GuidePage, Matter } from '../schema.ts';
import { characterGrams, eachHit, type GramIndex, indexGrams, letterGrams } from './grams.ts';
import { alikeLetters, soundOf } from './sounds.ts';

/** Matters, or other things of the catalog, made ready for search. */
export interface FindIndex<T> {
  readonly items: readonly T[];
  /** Of each text, the place of its item in `items`, and how much a hit in it counts. */
  readonly texts: readonly { readonly item: number; readonly weight: number }[];
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
/** Of two that fit alike, what many come for stands first. */
const LIKELY_WORTH = 1.04;
/** What sounds right counts less than what is written right. */
const WORTH = { characters: 1, sounds: 0.9, english: 0.9, initials: 0.8 } as const;

/** What a thing is found by, and how much that counts, up to 1. */
interface FoundBy {
  readonly zh: string;
  readonly en: string;
  readonly weight: number;
}

/** Makes the index of a catalog's matters. */
export function indexMatters(matters: readonly Matter[]): FindIndex<Matter> {
  return indexOf(matters, textsOf);
}

/** Makes the index of its guide pages, by their titles. */
export function indexGuides(guides: readonly GuidePage[]): FindIndex<GuidePage> {
  return indexOf(guides, ({ title }) => [{ ...title, weight: 1 }]);
}

function indexOf<T>(items: readonly T[], foundBy: (item: T) => readonly FoundBy[]): FindIndex<T> {
  const named = items.flatMap((item, at) => foundBy(item).map((text) => ({ ...text, item: at })));
  const sounds = named.map(({ zh }) => soundOf(zh));
  return {
    items,
    texts: named.map(({ item, weight }) => ({ item, weight })),
    characters: indexGrams(named.map(({ zh }) => characterGrams(zh))),
    sounds: indexGrams(sounds.map(({ letters }) => letterGrams(letters))),
    initials: indexGrams(sounds.map(({ initials }) => initialGrams(initials))),
    english: indexGrams(named.map(({ en }) => letterGrams(plainEnglish(en)))),
    initialsOf: sounds.map(({ initials }) => initials),
  };
}

/** The texts a matter is found by, and how much each counts: its everyday name most, its official one least. */
function textsOf({ name, find, likely }: Matter): readonly FoundBy[] {
  return [
    { ...name.short, weight: likely === undefined ? 1 : LIKELY_WORTH },
    ...find.map((zh) => ({ zh, en: '', weight: likely === undefined ? 0.97 : 0.97 * LIKELY_WORTH })),
    { ...name.official, weight: 0.9 },
  ];
}

/** What fits what was typed, the best first, at most `limit`; none when nothing was typed. */
export function findIn<T>(index: FindIndex<T>, typed: string, limit = 8): readonly T[] {
  const query = [...typed.normalize('NFKC').toLowerCase().trim()].slice(0, MOST_TYPED).join('');
  const scores = new Float64Array(index.items.length);
  scoreHits(index, query, (text, score) => {
    const entry = index.texts[text];
    if (entry === undefined) return;
    scores[entry.item] = Math.max(scores[entry.item] ?? 0, score * entry.weight);
  });
  return best(scores, limit).flatMap((item) => index.items[item] ?? []);
}

/** The places of the highest scores above none, the highest first; of two alike the one that stands first. */
function best(scores: Float64Array, limit: number): readonly number[] {
  const places: number[] = [];
  for (const [place, score] of scores.entries()) {
    const last = places[limit - 1];
    if (score === 0 || (last !== undefined && score <= (scores[last] ?? 0))) continue;
    const at = places.findIndex((other) => score > (scores[other] ?? 0));
    places.splice(at < 0 ? places.length : at, 0, place);
    if (places.length > limit) places.pop();
  }
  return places;
}

type OnScore = (text: number, score: number) => void;

function scoreHits(index: FindIndex<unknown>, query: string, onScore: OnScore): void {
  const han = query.replaceAll(/[^\p{Script=Han}]/gu, '');
  if (han !== '') {
    score(index.characters, characterGrams(han), 'characters', onScore);
    score(index.sounds, letterGrams(soundOf(han).letters), 'sounds', onScore);
    return;
  }
  const letters = query.replaceAll(/[^a-z]/g, '');
  scoreInitials(index, letters, onScore);
  score(index.sounds, letterGrams(alikeLetters(letters)), 'sounds', onScore);
  score(index.english, letterGrams(plainEnglish(query)), 'english', onScore);
}

/** Covering what was typed counts most; of two that do, the shorter text is meant rather. */
function score(index: GramIndex, grams: ReadonlySet<string>, by: keyof typeof LEAST, onScore: OnScore): void {
  eachHit(index, grams, LEAST[by], (text, covered, filled) =>
    onScore(text, WORTH[by] * (0.8 * covered + 0.2 * filled)),
  );
}

/** Initials are few letters: they must stand there just so, best at the beginning. */
function scoreInitials(index: FindIndex<unknown>, letters: string, onScore: OnScore): void {
  if (letters.length < 2) return;
  eachHit(index.initials, initialGrams(letters), LEAST.initials, (text, _covered, filled) => {
    const at = index.initialsOf[text]?.indexOf(letters) ?? -1;
    if (at >= 0) onScore(text, WORTH.initials * (0.8 + 0.2 * filled) * (at === 0 ? 1 : 0.9));
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
