/** The index of a voice's clips, as the build writes it: one JSON file a language, beside the clips. */
import type { Language } from '../../../../terminal/api.ts';
import type { Clip, ClipSpeed, SpeechIndex } from './clips.ts';

/** File name of a clip without folder and ending, and its length in milliseconds at normal and at slow speed. */
export type IndexedClip = readonly [name: string, normalMs: number, slowMs: number];

/** What `index.json` of a language holds. */
export interface SpeechIndexFile {
  /** 1; a screen leaves an index of another format alone. */
  readonly format: 1;
  /** Who speaks, as the build was told. */
  readonly voice: string;
  /** Fixed pieces by their written form. */
  readonly clips: Readonly<Record<string, IndexedClip>>;
  /** Chinese only: each syllable (`zhang1`), the characters read so, and its clip. */
  readonly syllables: Readonly<Record<string, readonly [characters: string, ...IndexedClip]>>;
  /** Chinese only: surnames that are read otherwise than their characters elsewhere, with their syllables. */
  readonly surnames: Readonly<Record<string, readonly string[]>>;
  /** Silence, to be played between what is said. */
  readonly pauses: Readonly<Record<Pause, IndexedClip>>;
}

/** How long is paused: within a sentence, or behind it. */
export type Pause = 'short' | 'long';

/** Where the clips of each language lie below `speech/`. A dialect is another folder with the same pieces. */
export type SpeechFolders = Readonly<Record<Language, string>>;
const FOLDERS: SpeechFolders = { zh: 'zh', en: 'en' };

/** Whether parsed JSON is an index this screen can use. */
export function isSpeechIndexFile(data: unknown): data is SpeechIndexFile {
  if (typeof data !== 'object' || data === null) return false;
  const { format, clips, syllables, surnames, pauses } = data as Partial<
    Record<keyof SpeechIndexFile, unknown>
  >;
  return (
    format === 1 &&
    [clips, syllables, surnames, pauses].every((part) => typeof part === 'object' && part !== null)
  );
}

/** The index of a build from the files of its languages. */
export function openSpeechIndex(
  files: Readonly<Record<Language, SpeechIndexFile>>,
  folders: SpeechFolders = FOLDERS,
): SpeechIndex {
  const lengths = { zh: lengthsByStart(files.zh), en: lengthsByStart(files.en) };
  const characters = syllableOfCharacter(files.zh);
  const surnames = new Map(Object.entries(files.zh.surnames));
  const clipOf = (
    [name, normalMs, slowMs]: IndexedClip,
    language: Language,
    speed: ClipSpeed,
    text: string,
  ): Clip => ({
    file: `${folders[language]}/${speed}/${name}.opus`,
    durationMs: speed === 'slow' ? slowMs : normalMs,
    text,
  });
  return {
    findClip(text, language, speed) {
      const { clips } = files[language];
      const found = Object.hasOwn(clips, text) ? clips[text] : undefined;
      return found && clipOf(found, language, speed, text);
    },
    lengthsAt(text, at, language) {
      const found = lengths[language];
      return [...(found.get(startOf(text, at)) ?? []), ...(found.get(text.charAt(at)) ?? [])];
    },
    findSurnameSyllables: (surname) => surnames.get(surname),
    findSyllable: (character) => characters.get(character),
    findSyllableClip(syllable, text, speed) {
      const found = Object.hasOwn(files.zh.syllables, syllable) ? files.zh.syllables[syllable] : undefined;
      if (found === undefined) return undefined;
      const [, ...clip] = found;
      return clipOf(clip, 'zh', speed, text);
    },
    getPause: (pause, language, speed) => clipOf(files[language].pauses[pause], language, speed, ''),
  };
}

const startOf = (text: string, at: number): string => text.slice(at, at + 2);

/** The lengths of pieces by their first two characters, longest first; those of one character by that alone. */
function lengthsByStart({ clips }: SpeechIndexFile): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, Set<number>>();
  for (const text of Object.keys(clips)) {
    const start = startOf(text, 0);
    const lengths = found.get(start) ?? new Set();
    found.set(start, lengths.add(text.length));
  }
  return new Map([...found].map(([start, lengths]) => [start, [...lengths].sort((a, b) => b - a)]));
}

function syllableOfCharacter({ syllables }: SpeechIndexFile): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(syllables).flatMap(([syllable, [characters]]) =>
      [...characters].map((character) => [character, syllable] as const),
    ),
  );
}
