/**
 * What is said for a text: a sequence of clips that were built ahead. No engine and no network are needed where it
 * is said; whatever a screen can show has clips, and what cannot be said (a mask's star) is a pause.
 */
import type { Language } from '../../../../terminal/api.ts';

/** How fast a clip is spoken: about 4.5 Chinese characters a second, or about 3 for who listens hard. */
export type ClipSpeed = 'normal' | 'slow';

/** One recording, to be played whole. */
export interface Clip {
  /** Where it lies below the folder `speech/` of the screens: `zh/normal/3f….opus`. */
  readonly file: string;
  /** How long it plays, in milliseconds. */
  readonly durationMs: number;
  /** What it says, never more than the text it was made from; empty for a pause. Of a person at times: never log it. */
  readonly text: string;
}

/** The clips of a build, by what they say. */
export interface SpeechIndex {
  /** The clip that says exactly `text`, or `undefined`. */
  findClip(text: string, language: Language, speed: ClipSpeed): Clip | undefined;
}

/** The clips that say `text` one after another; none where nothing in it can be said. Never throws. */
export function clipsFor(
  text: string,
  language: Language,
  speed: ClipSpeed,
  index: SpeechIndex,
): readonly Clip[] {
  const clip = index.findClip(text, language, speed);
  return clip === undefined ? [] : [clip];
}
