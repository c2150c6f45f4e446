import type { Candidate } from './pinyin/engine.ts';

/** What is written, and the letters typed after it that are not yet characters. */
export interface Composition {
  readonly text: string;
  readonly letters: string;
}

/** The longest run of letters: a short sentence. What is longer is written in two. */
const MOST_LETTERS = 40;

const lengthOf = (text: string): number => [...text].length;

/** Adds a letter of pinyin; `max` counts characters of the whole text. */
export function typeLetter(state: Composition, letter: string, max: number): Composition {
  if (state.letters.length >= MOST_LETTERS || lengthOf(state.text) >= max) return state;
  return { ...state, letters: state.letters + letter };
}

/** Writes `words` as they are, as far as there is room; letters not yet chosen are dropped. */
export function typeText(state: Composition, words: string, max: number): Composition {
  const room = max - lengthOf(state.text);
  return { text: state.text + [...words].slice(0, Math.max(0, room)).join(''), letters: '' };
}

/** Takes a candidate: it is written, and the letters it does not use stay. */
export function choose(state: Composition, candidate: Candidate, max: number): Composition {
  const written = typeText(state, candidate.text, max);
  return { ...written, letters: state.letters.slice(candidate.letters) };
}

/** Takes back the last letter, or when there is none the last character. */
export function erase(state: Composition): Composition {
  if (state.letters !== '') return { ...state, letters: state.letters.slice(0, -1) };
  return { ...state, text: [...state.text].slice(0, -1).join('') };
}
