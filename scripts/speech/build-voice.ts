/** Builds the voice of both languages, and of a dialect where one is asked for, into the screens' folder. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SpeechIndexFile } from '../../renderer/src/voice/clips/speech-index.ts';
import type { Language } from '../../terminal/api.ts';
import { buildSpeech } from './build-speech.ts';
import { hasEncoder } from './encode.ts';
import type { Part } from './pieces.ts';
import { planSpeech } from './plan.ts';
import { pruneClips } from './prune-clips.ts';
import { openRecordings } from './recorded.ts';
import { VOICES } from './voice.ts';

/** What to build; folders are the project's own where none is named. */
export interface VoiceBuild {
  /** The project's folder. */
  readonly root: string;
  readonly part: Part;
  /** Told what is going on, a line at a time. */
  readonly say: (line: string) => void;
  /** One of {@link VOICES}. */
  readonly voice?: string;
  readonly out?: string;
  /** Recordings, a folder for each language or dialect. */
  readonly recorded?: string;
  /** A further folder with the clips of Chinese: what is not recorded there is said by the voice. */
  readonly dialect?: string;
}

const USUAL_VOICE = 'espeak-ng';
const LANGUAGES: readonly Language[] = ['zh', 'en'];

/** Whether what builds the usual voice is installed. */
export function hasVoice(): boolean {
  return VOICES[USUAL_VOICE]?.() !== undefined && hasEncoder();
}

/** Builds it; throws where the voice is not installed, or where nothing is heard of a text. */
export async function buildVoice(build: VoiceBuild): Promise<void> {
  const { root, part, say, dialect } = build;
  const name = build.voice ?? USUAL_VOICE;
  const voice = VOICES[name]?.();
  if (voice === undefined || !hasEncoder()) {
    throw new Error(
      `no voice ${name} here (apt-get install espeak-ng opus-tools); known: ${Object.keys(VOICES)}`,
    );
  }
  const out = build.out ?? join(root, 'dist', 'screen', 'speech');
  // What an earlier build put there, of another dialect too.
  rmSync(out, { recursive: true, force: true });
  const folders: readonly (readonly [Language, string])[] = [
    ...LANGUAGES.map((language) => [language, language] as const),
    ...(dialect === undefined ? [] : [['zh', dialect] as const]),
  ];
  const cache = join(root, 'node_modules', '.cache', 'yizhan-speech');
  const indexes: SpeechIndexFile[] = [];
  say(`making clips of the voice ${name} (the first time takes minutes, later only what changed)`);
  for (const [language, folder] of folders) {
    const { index, unheard } = await buildSpeech({
      plan: planSpeech(root, part, language),
      voice,
      recorded: openRecordings(join(build.recorded ?? join(root, 'speech', 'recorded'), folder)),
      cache,
      out: join(out, folder),
      onProgress: (done, all) => say(`${folder}: ${done} of ${all} clips`),
    });
    indexes.push(index);
    if (unheard.length > 0) throw new Error(`${folder}: nothing to be heard of ${unheard.join(' | ')}`);
    say(
      `${folder}: ${Object.keys(index.clips).length} pieces, ${Object.keys(index.syllables).length} syllables`,
    );
  }
  if (part === 'all') say(`${pruneClips(cache, indexes)} clips that nothing says any more were let go`);
}
