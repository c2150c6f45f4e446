/**
 * `npm run speech`: builds what the screens say into `dist/screen/speech`; with `--list`, prints what a speaker
 * must read for a voice of one's own, in order. See `docs/voice.md`.
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Language } from '../terminal/api.ts';
import { buildSpeech } from './speech/build-speech.ts';
import { PARTS } from './speech/pieces.ts';
import { planSpeech } from './speech/plan.ts';
import { openRecordings } from './speech/recorded.ts';
import { VOICES } from './speech/voice.ts';

const ROOT = join(import.meta.dirname, '..');
const LANGUAGES: readonly Language[] = ['zh', 'en'];

const { values } = parseArgs({
  options: {
    part: { type: 'string', default: 'all' },
    voice: { type: 'string', default: 'espeak-ng' },
    out: { type: 'string', default: join(ROOT, 'dist', 'screen', 'speech') },
    /** Recordings, a folder for each language or dialect. */
    recorded: { type: 'string', default: join(ROOT, 'speech', 'recorded') },
    /** A further voice for Chinese, in a folder of this name: what is not recorded is said by `--voice`. */
    dialect: { type: 'string' },
    list: { type: 'boolean', default: false },
  },
});
const part = PARTS.find((name) => name === values.part);
if (part === undefined) fail(`--part is one of ${PARTS.join(', ')}`);

/** A language, or a dialect of Chinese, and the folder it goes to. */
const targets: readonly (readonly [Language, string])[] = [
  ...LANGUAGES.map((language) => [language, language] as const),
  ...(values.dialect === undefined ? [] : [['zh', values.dialect] as const]),
];

if (values.list) printList();
else await build();

function printList(): void {
  for (const language of LANGUAGES) {
    const { pieces, syllables } = planSpeech(ROOT, part ?? 'all', language);
    const ofPieces = pieces.map(({ recordingName, key }) => `${language}/${recordingName}.wav\t${key}`);
    const ofSyllables = syllables.map(
      ({ recordingName, characters }) =>
        `${language}/${recordingName}.wav\t${[...characters].slice(0, 3).join('')}`,
    );
    process.stdout.write(`${[...ofPieces, ...ofSyllables].join('\n')}\n`);
  }
}

async function build(): Promise<void> {
  const voice = VOICES[values.voice]?.();
  if (voice === undefined) {
    fail(
      `the voice ${values.voice} is not here; known are ${Object.keys(VOICES).join(', ')} (apt-get install espeak-ng opus-tools)`,
    );
  }
  for (const [language, folder] of targets) {
    const { index, unheard } = await buildSpeech({
      plan: planSpeech(ROOT, part ?? 'all', language),
      voice,
      recorded: openRecordings(join(resolve(values.recorded), folder)),
      cache: join(ROOT, 'node_modules', '.cache', 'yizhan-speech'),
      out: join(resolve(values.out), folder),
      onProgress: (done, all) => say(`${folder}: ${done} of ${all} clips`),
    });
    say(
      `${folder}: ${Object.keys(index.clips).length} pieces, ${Object.keys(index.syllables).length} syllables`,
    );
    if (unheard.length > 0) fail(`${folder}: nothing to be heard of ${unheard.join(' | ')}`);
  }
}

function say(text: string): void {
  process.stdout.write(`\x1b[36m·\x1b[0m ${text}\n`);
}

function fail(text: string): never {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
