/** What a language's index will hold, before anything is spoken. */
import type { Language } from '../../terminal/api.ts';
import { basicPieces, chineseSyllables } from './basics.ts';
import { collectPieces, type Part, wordsOfPieces } from './pieces.ts';
import { pronounced, type Utterance } from './pronounce.ts';
import { recordingName } from './recorded.ts';

/** One clip to be made. */
export interface PlannedClip {
  /** What it is found by: its text, or its syllable (`zhang1`). */
  readonly key: string;
  /** The file name, without ending, that a recording of it may have. */
  readonly recordingName: string;
  readonly utterances: readonly Utterance[];
}

/** All clips of a language. */
export interface SpeechPlan {
  readonly language: Language;
  /** Fixed pieces: first what is joined from, then what stands in the tables and the catalog, in their order. */
  readonly pieces: readonly PlannedClip[];
  /** Chinese only. */
  readonly syllables: readonly (PlannedClip & { readonly characters: string })[];
}

/** The clips that `part` needs in `language`, from the sources below `root`. */
export function planSpeech(root: string, part: Part, language: Language): SpeechPlan {
  const fixed = collectPieces(root, part, language);
  const words = part === 'all' && language === 'en' ? wordsOfPieces(fixed) : [];
  const texts = [...new Set([...basicPieces(language), ...fixed, ...words])];
  return {
    language,
    pieces: texts.map((key) => {
      return { key, recordingName: recordingName(key, language), utterances: pronounced(key, language) };
    }),
    syllables: language === 'zh' ? planSyllables() : [],
  };
}

function planSyllables(): SpeechPlan['syllables'] {
  return [...chineseSyllables()].map(([key, characters]) => {
    return { key, characters, recordingName: key, utterances: [{ language: 'zh', text: key }] };
  });
}
