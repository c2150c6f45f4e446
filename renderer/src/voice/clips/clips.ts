/**
 * What is said for a text: a sequence of clips that were built ahead. No engine and no network are needed where it
 * is said; whatever a screen can show has clips, and what cannot be said (a mask's star) is a pause.
 */
import type { Language } from '../../../../terminal/api.ts';
import { type Part, segment } from './segment.ts';
import type { Pause } from './speech-index.ts';
import { written } from './written.ts';

/** How fast a clip is spoken: about 4.3 Chinese characters a second, or about 3 for who listens hard. */
export type ClipSpeed = 'normal' | 'slow';

/** One recording, to be played whole. */
export interface Clip {
  /** Where it lies below the folder `speech/` of the screens: `zh/normal/3f….opus`. */
  readonly file: string;
  /** How long it plays, in milliseconds. */
  readonly durationMs: number;
  /** What it says; empty for a pause. Of a person at times: never log it. */
  readonly text: string;
}

/** The clips of a build, by what they say. */
export interface SpeechIndex {
  /** The clip that says exactly `text`, in its written form, or `undefined`. */
  findClip(text: string, language: Language, speed: ClipSpeed): Clip | undefined;
  /** How long the pieces are that may begin at this place, longest first: each is still to be looked up. */
  lengthsAt(text: string, at: number, language: Language): readonly number[];
  /** How a Chinese character is commonly read: `zhang1`; `undefined` for any other. */
  findSyllable(character: string): string | undefined;
  /** How a surname is read where its characters are elsewhere read otherwise: 单 as `shan4`. */
  findSurnameSyllables(surname: string): readonly string[] | undefined;
  /** The clip of a syllable (`zhang1`), said for the character `text`. */
  findSyllableClip(syllable: string, text: string, speed: ClipSpeed): Clip | undefined;
  getPause(pause: Pause, language: Language, speed: ClipSpeed): Clip;
}

/**
 * The clips that say `text` one after another; none where nothing in it can be said. Never throws. A mask is a
 * pause: its star is never said.
 */
export function clipsFor(
  text: string,
  language: Language,
  speed: ClipSpeed,
  index: SpeechIndex,
): readonly Clip[] {
  const parts = partsOf(text, language, index);
  return withoutIdlePauses(parts).flatMap((part) => findClipOf(part, language, speed, index) ?? []);
}

/** Whether nothing in a text is left out for want of a clip: free words may hold a character that no voice of ours knows. */
export function isSaidWhole(text: string, language: Language, index: SpeechIndex): boolean {
  return partsOf(text, language, index).every(
    (part) => part.kind !== 'silent' || !/[\p{L}\p{N}]/u.test(part.text),
  );
}

/** What a text is cut into, figures in the words they are said with. */
export function partsOf(text: string, language: Language, index: SpeechIndex): readonly Part[] {
  return segment(written(text, language), language, index, true).flatMap((part) =>
    part.kind === 'reading' ? segment(part.words, language, index, false) : [part],
  );
}

function findClipOf(part: Part, language: Language, speed: ClipSpeed, index: SpeechIndex): Clip | undefined {
  switch (part.kind) {
    case 'piece':
      return index.findClip(part.text, part.language, speed);
    case 'syllable':
      return index.findSyllableClip(part.syllable, part.text, speed);
    case 'pause':
      return index.getPause(part.pause, language, speed);
    default:
      return undefined;
  }
}

/** One pause where several marks stand together, the longest; none before the first word and behind the last. */
function withoutIdlePauses(parts: readonly Part[]): readonly Part[] {
  const kept: Part[] = [];
  let waiting: Part | undefined;
  for (const part of parts) {
    if (part.kind === 'silent') continue;
    if (part.kind === 'pause') {
      if (waiting?.kind !== 'pause' || part.pause === 'long') waiting = part;
      continue;
    }
    if (waiting !== undefined && kept.length > 0) kept.push(waiting);
    waiting = undefined;
    kept.push(part);
  }
  return kept;
}
