/** An index as a build would make it, without a voice: every clip is so long as its text. */

import type { SpeechIndex } from '../../../renderer/src/voice/clips/clips.ts';
import {
  type IndexedClip,
  openSpeechIndex,
  type SpeechIndexFile,
} from '../../../renderer/src/voice/clips/speech-index.ts';
import type { Language } from '../../../terminal/api.ts';
import { oddSurnames } from '../basics.ts';
import type { Part } from '../pieces.ts';
import { planSpeech, type SpeechPlan } from '../plan.ts';

const MS_A_CHARACTER = { normal: 230, slow: 330 } as const;

/** The index of `part` of the sources below `root`. */
export function planIndex(root: string, part: Part): SpeechIndex {
  return openSpeechIndex({
    zh: fileOf(planSpeech(root, part, 'zh')),
    en: fileOf(planSpeech(root, part, 'en')),
  });
}

function fileOf(plan: SpeechPlan): SpeechIndexFile {
  const characters = new Map(plan.syllables.map((syllable) => [syllable.key, syllable.characters]));
  return {
    format: 1,
    voice: 'none',
    clips: Object.fromEntries(plan.pieces.map(({ key }) => [key, clipOf(plan.language, key)])),
    syllables: Object.fromEntries(
      [...characters].map(([key, read]) => [key, [read, ...clipOf(plan.language, key)]]),
    ),
    surnames: oddSurnames(characters),
    pauses: { short: ['short', 160, 240], long: ['long', 380, 560] },
  };
}

function clipOf(language: Language, key: string): IndexedClip {
  return [`${language}-${key}`, key.length * MS_A_CHARACTER.normal, key.length * MS_A_CHARACTER.slow];
}
