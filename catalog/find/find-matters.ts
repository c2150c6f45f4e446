/**
 * Finding a matter by whatever somebody types: its characters, pinyin, initials, English, an everyday word, a wrong
 * character that sounds alike. An index is made once for a catalog; a search touches only what shares a piece with it.
 */
import type { Matter } from '../schema.ts';
import { characterGrams, eachHit, type GramIndex, indexGrams, letterGrams } from './grams.ts';
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
/** Of two that fit alike, what many come for stands first. */
const LIKELY_WORTH = 1.04;
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
function textsOf({ name, find, likely }: Matter): readonly { zh: string; en: string; weight: number }[] {
  return [
    { ...name.short, weight: likely === undefined ? 1 : LIKELY_WORTH },
    ...find.map((zh) => ({ zh, en: '', weight: likely === undefined ? 0.97 : 0.97 * LIKELY_WORTH })),
    { ...name.official, weight: 0.9 },
  ];
}

/** The matters that fit what was typed, the best first, at most `limit`; none when nothing was typed. */
export function findMatters(index: MatterIndex, typed: string, limit = 8): readonly Matter[] {
  const query = [...typed.normalize('NFKC').toLowerCase().trim()].slice(0, MOST_TYPED).join('');
  const scores = new Float64Array(index.matters.length);
  scoreHits(index, query, (text, score) => {
    const entry = index.texts[text];
    if (entry === undefined) return;
    scores[entry.matter] = Math.max(scores[entry.matter] ?? 0, score * entry.weight);
  });
  return best(scores, limit).flatMap((matter) => index.matters[matter] ?? []);
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

function scoreHits(index: MatterIndex, query: string, onScore: OnScore): void {
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
function scoreInitials(index: MatterIndex, letters: string, onScore: OnScore): void {
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
