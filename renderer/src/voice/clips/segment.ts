/** Cuts a text into what has clips: as few and as long pieces as can be, figures by how they are said. */
import type { Language } from '../../../../terminal/api.ts';
import type { SpeechIndex } from './clips.ts';
import { findReading } from './figures.ts';
import type { Pause } from './speech-index.ts';

/** A stretch of a text and what is said for it. */
export type Part =
  | { readonly kind: 'piece'; readonly text: string; readonly language: Language }
  | { readonly kind: 'syllable'; readonly text: string; readonly syllable: string }
  /** Figures in the words they are said with, to be cut in their turn. */
  | { readonly kind: 'reading'; readonly words: string }
  | { readonly kind: 'pause'; readonly pause: Pause }
  /** What sets a text and is not said, or what no clip can say. */
  | { readonly kind: 'silent'; readonly text: string };

/** What a stretch costs: whoever has the least in sum is said. A known piece is worth two characters of guessing. */
const COST = {
  piece: 10,
  reading: 12,
  syllable: 20,
  letter: 30,
  pause: 1,
  silent: 1,
  unsayable: 60,
} as const;

interface Candidate {
  readonly length: number;
  readonly cost: number;
  readonly parts: readonly Part[];
}

const LONG_PAUSE = /^[。！？!?\n；;]/;
const WORD = /[\p{Script=Latin}\p{N}]/u;
const HAN = /^\p{Script=Han}/u;
/** What stands behind a surname and nothing else: a mask or a title. */
const NAME_BEHIND = /^(?:\*|女士|先生)/;
/** A text that may be nothing but a name. */
const NAME_ALONE = /^\p{Script=Han}{2,4}$/u;

/** The cheapest way to say `text`, which is in its written form; every character is in one part. */
export function segment(
  text: string,
  language: Language,
  index: SpeechIndex,
  hasReadings: boolean,
): readonly Part[] {
  const best: { cost: number; candidate: Candidate | undefined }[] = [];
  best[text.length] = { cost: 0, candidate: undefined };
  for (let at = text.length - 1; at >= 0; at -= 1) {
    let cheapest = { cost: Number.POSITIVE_INFINITY, candidate: undefined as Candidate | undefined };
    for (const candidate of candidatesAt(text, at, language, index, hasReadings)) {
      const cost = candidate.cost + (best[at + candidate.length]?.cost ?? Number.POSITIVE_INFINITY);
      if (cost < cheapest.cost) cheapest = { cost, candidate };
    }
    best[at] = cheapest;
  }
  const parts: Part[] = [];
  for (let at = 0; at < text.length; ) {
    const candidate = best[at]?.candidate;
    parts.push(...(candidate?.parts ?? []));
    at += candidate?.length ?? 1;
  }
  return parts;
}

function candidatesAt(
  text: string,
  at: number,
  language: Language,
  index: SpeechIndex,
  hasReadings: boolean,
): readonly Candidate[] {
  const readings = hasReadings ? readingsAt(text, at, language) : [];
  return [
    ...piecesAt(text, at, language, index),
    ...readings,
    ...syllablesAt(text, at, index),
    // A mark that is said, the dash of a span, is not passed over because a pause costs less.
    ...(readings.length > 0 ? [] : [characterAt(text, at, language, index)]),
  ];
}

/** Known pieces; Chinese in an English text is said by the Chinese voice, and the other way round. */
function piecesAt(text: string, at: number, language: Language, index: SpeechIndex): readonly Candidate[] {
  const other: Language = HAN.test(text.slice(at)) ? 'zh' : 'en';
  const languages = language === other ? [language] : [language, other];
  return languages.flatMap((from) =>
    index
      .lengthsAt(text, at, from)
      .map((length) => text.slice(at, at + length))
      .filter(
        (piece) => index.findClip(piece, from, 'normal') !== undefined && standsAlone(text, at, piece.length),
      )
      .map((piece): Candidate => {
        return {
          length: piece.length,
          cost: COST.piece,
          parts: [{ kind: 'piece', text: piece, language: from }],
        };
      }),
  );
}

/** No piece begins or ends within a word or a number. */
function standsAlone(text: string, at: number, length: number): boolean {
  const tears = (end: number): boolean => WORD.test(text[end - 1] ?? '') && WORD.test(text[end] ?? '');
  return !tears(at) && !tears(at + length);
}

function readingsAt(text: string, at: number, language: Language): readonly Candidate[] {
  const found = findReading(text, at, language);
  if (found === undefined) return [];
  const { length, words } = found;
  return [{ length, cost: COST.reading, parts: [{ kind: 'reading', words }] }];
}

/** Characters by their readings: in a name the surname by the one it has there, any other by its commonest. */
function syllablesAt(text: string, at: number, index: SpeechIndex): readonly Candidate[] {
  const [first = '', second = ''] = text.slice(at, at + 4);
  const found = [first + second, first].flatMap((surname) => {
    const syllables = index.findSurnameSyllables(surname);
    const isName = NAME_BEHIND.test(text.slice(at + surname.length)) || (at === 0 && NAME_ALONE.test(text));
    return syllables !== undefined && isName
      ? [syllableCandidate(surname, syllables, COST.syllable - 1)]
      : [];
  });
  const syllable = index.findSyllable(first);
  return syllable === undefined ? found : [...found, syllableCandidate(first, [syllable], COST.syllable)];
}

function syllableCandidate(text: string, syllables: readonly string[], each: number): Candidate {
  const characters = [...text];
  return {
    length: text.length,
    cost: each * characters.length,
    parts: characters.map((character, place) => {
      return { kind: 'syllable', text: character, syllable: syllables[place] ?? '' };
    }),
  };
}

/** What is always possible: a letter by its name, a mark as a pause, and what nothing can say as nothing. */
function characterAt(text: string, at: number, language: Language, index: SpeechIndex): Candidate {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  const { length } = character;
  const letter = character.normalize('NFD').charAt(0).toUpperCase();
  if (/^\p{Script=Latin}/u.test(character) && index.findClip(letter, language, 'normal') !== undefined) {
    return { length, cost: COST.letter, parts: [{ kind: 'piece', text: letter, language }] };
  }
  if (/^[^\S\n]|^['·•‧・･]/u.test(character)) {
    return { length, cost: COST.silent, parts: [{ kind: 'silent', text: character }] };
  }
  if (/^[\p{L}\p{N}]/u.test(character)) {
    return { length, cost: COST.unsayable, parts: [{ kind: 'silent', text: character }] };
  }
  return {
    length,
    cost: COST.pause,
    parts: [{ kind: 'pause', pause: LONG_PAUSE.test(character) ? 'long' : 'short' }],
  };
}
