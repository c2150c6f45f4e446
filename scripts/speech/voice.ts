/** Who speaks. Another voice is another entry of {@link VOICES}; clips of people replace any of them one by one. */
import { spawnSync } from 'node:child_process';
import type { ClipSpeed } from '../../renderer/src/voice/clips/clips.ts';
import type { Language } from '../../terminal/api.ts';
import { runProgram } from './programs.ts';
import type { Utterance } from './pronounce.ts';
import { joined, parseWav, type Sound } from './sound.ts';

/** A voice that can be had at a build. */
export interface Voice {
  /** What decides how it sounds, its program's version included: a clip is made anew when this changes. */
  readonly id: string;
  /** Says stretches one after another as one sound. */
  speak(utterances: readonly Utterance[], speed: ClipSpeed): Promise<Sound>;
}

/**
 * espeak-ng's own rates, measured over the string tables: 4.3 Chinese characters a second and 3 where slow. Slow is spoken
 * slowly, not stretched: the voice is computed, so that only its vowels grow longer and its consonants stay sharp.
 */
const RATES: Readonly<Record<Language, Readonly<Record<ClipSpeed, number>>>> = {
  zh: { normal: 205, slow: 148 },
  en: { normal: 150, slow: 110 },
};
const ESPEAK_VOICES: Readonly<Record<Language, string>> = { zh: 'cmn-latn-pinyin', en: 'en-gb' };
/** Between stretches of different languages. */
const GAP_MS = 40;

/** The voices a build may be told to use, by name; each is `undefined` where its program is not installed. */
export const VOICES: Readonly<Record<string, () => Voice | undefined>> = { 'espeak-ng': findEspeak };

function findEspeak(): Voice | undefined {
  const asked = spawnSync('espeak-ng', ['--version'], { encoding: 'utf8' });
  if (asked.status !== 0) return undefined;
  const version = /\d+(?:\.\d+)+/.exec(asked.stdout)?.[0] ?? 'unknown';
  return {
    id: `espeak-ng ${version} ${JSON.stringify([RATES, ESPEAK_VOICES, GAP_MS])}`,
    async speak(utterances, speed) {
      const sounds: Sound[] = [];
      for (const { language, text } of utterances) {
        // ü is written v elsewhere; this voice knows it as ü alone.
        const said = language === 'zh' ? text.replaceAll('v', 'ü') : text;
        const rate = String(RATES[language][speed]);
        const args = ['-v', ESPEAK_VOICES[language], '-s', rate, '-b', '1', '--stdin', '--stdout'];
        sounds.push(parseWav(await runProgram('espeak-ng', args, said)));
      }
      return joined(sounds, GAP_MS);
    },
  };
}
