/** Who speaks. Another voice is another entry of {@link VOICES}; clips of people replace any of them one by one. */
import { spawnSync } from 'node:child_process';
import type { ClipSpeed } from '../../renderer/src/voice/clips/clips.ts';
import type { Language } from '../../terminal/api.ts';
import { runProgram } from './programs.ts';
import type { Utterance } from './pronounce.ts';
import { joined, parseWav, type Sound, splitAtSilence, trimmed } from './sound.ts';

/** A voice that can be had at a build. */
export interface Voice {
  /** What decides how it sounds, its program's version included: a clip is made anew when this changes. */
  readonly id: string;
  /** Says each text, which is stretches one after another, as one trimmed sound; empty where nothing is heard. */
  speak(texts: readonly (readonly Utterance[])[], speed: ClipSpeed): Promise<readonly Sound[]>;
}

/**
 * espeak-ng's own rates, measured over the string tables: 4.3 Chinese characters a second and 3 where slow. Slow is
 * spoken slowly, not stretched: the voice is computed, so that only its vowels grow longer and its consonants stay
 * sharp.
 */
const RATES: Readonly<Record<Language, Readonly<Record<ClipSpeed, number>>>> = {
  zh: { normal: 205, slow: 148 },
  en: { normal: 150, slow: 110 },
};
const ESPEAK_VOICES: Readonly<Record<Language, string>> = { zh: 'cmn-latn-pinyin', en: 'en-gb' };
/** Between stretches of different languages. */
const GAP_MS = 40;
/** Put between texts that are spoken in one run, and the least of it that must be found there again. */
const BREAK_MS = 2_000;
const LEAST_BREAK_MS = 1_500;

/** The voices a build may be told to use, by name; each is `undefined` where its program is not installed. */
export const VOICES: Readonly<Record<string, () => Voice | undefined>> = { 'espeak-ng': findEspeak };

function findEspeak(): Voice | undefined {
  const asked = spawnSync('espeak-ng', ['--version'], { encoding: 'utf8' });
  if (asked.status !== 0) return undefined;
  const version = /\d+(?:\.\d+)+/.exec(asked.stdout)?.[0] ?? 'unknown';
  return {
    id: `espeak-ng ${version} ${JSON.stringify([RATES, ESPEAK_VOICES, GAP_MS])}`,
    async speak(texts, speed) {
      const stretches = texts.flat();
      const sounds = new Map<Utterance, Sound>();
      for (const language of ['zh', 'en'] as const) {
        const own = stretches.filter((stretch) => stretch.language === language);
        const spoken = await speakAll(
          own.map(({ text }) => text),
          language,
          speed,
        );
        own.forEach((stretch, place) => {
          const sound = spoken[place];
          if (sound !== undefined) sounds.set(stretch, sound);
        });
      }
      return texts.map((text) =>
        joined(
          text.flatMap((stretch) => sounds.get(stretch) ?? []),
          GAP_MS,
        ),
      );
    },
  };
}

/** Texts in one run, since the program takes longer to start than to speak; one by one where that does not part. */
async function speakAll(
  texts: readonly string[],
  language: Language,
  speed: ClipSpeed,
): Promise<readonly Sound[]> {
  if (texts.length === 0) return [];
  const run = await runEspeak(texts, language, speed);
  if (texts.length === 1) return [trimmed(run)];
  const parts = splitAtSilence(run, LEAST_BREAK_MS);
  if (parts.length === texts.length) return parts;
  const sounds: Sound[] = [];
  for (const text of texts) sounds.push(trimmed(await runEspeak([text], language, speed)));
  return sounds;
}

async function runEspeak(texts: readonly string[], language: Language, speed: ClipSpeed): Promise<Sound> {
  const escaped = texts.map((text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;'));
  // ü is written v elsewhere; this voice knows it as ü alone.
  const said = language === 'zh' ? escaped.map((text) => text.replaceAll('v', 'ü')) : escaped;
  const marked = `<speak>${said.map((text) => `<s>${text}</s>`).join(`<break time="${BREAK_MS}ms"/>`)}</speak>`;
  const args = ['-m', '-v', ESPEAK_VOICES[language], '-s', String(RATES[language][speed])];
  return parseWav(await runProgram('espeak-ng', [...args, '-b', '1', '--stdin', '--stdout'], marked));
}
