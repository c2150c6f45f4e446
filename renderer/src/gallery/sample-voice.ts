/** A voice for the gallery, which says everything in silence and never ends. */
import type { Clip, SpeechIndex } from '../voice/clips/clips.ts';
import type { Voice } from '../voice/use-voice.ts';

const clip = (text: string): Clip => ({ file: '', durationMs: 1_000, text });

/** Each text is one clip. */
const INDEX: SpeechIndex = {
  findClip: clip,
  lengthsAt: (text, at) => [text.length - at],
  findSyllable: (character) => character,
  findSurnameSyllables: () => undefined,
  findSyllableClip: (_, text) => clip(text),
  getPause: () => clip(''),
};

export const SAMPLE_VOICE: Voice = {
  player: {
    play: () => undefined,
    finish: () => undefined,
    stop: () => undefined,
    setSoft: () => undefined,
    forget: () => undefined,
  },
  findIndex: async () => INDEX,
  tell: () => undefined,
};
