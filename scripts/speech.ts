/**
 * `npm run speech`: builds what the screens say into `dist/screen/speech`; with `--list`, prints what a speaker
 * must read for a voice of one's own, in order. See `docs/voice.md`.
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildVoice } from './speech/build-voice.ts';
import { PARTS, type Part } from './speech/pieces.ts';
import { planSpeech } from './speech/plan.ts';

const ROOT = join(import.meta.dirname, '..');

const { values } = parseArgs({
  options: {
    part: { type: 'string', default: 'all' },
    voice: { type: 'string' },
    out: { type: 'string' },
    /** Recordings, a folder for each language or dialect; `speech/recorded` where none is named. */
    recorded: { type: 'string' },
    /** A further voice for Chinese, in a folder of this name: what is not recorded is said by `--voice`. */
    dialect: { type: 'string' },
    list: { type: 'boolean', default: false },
  },
});
const part = PARTS.find((name) => name === values.part);
if (part === undefined) {
  process.stderr.write(`--part is one of ${PARTS.join(', ')}\n`);
  process.exit(1);
}
if (values.list) printList(part);
else {
  await buildVoice({
    root: ROOT,
    part,
    say: (line) => process.stdout.write(`\x1b[36m·\x1b[0m ${line}\n`),
    ...(values.voice === undefined ? {} : { voice: values.voice }),
    ...(values.out === undefined ? {} : { out: resolve(values.out) }),
    ...(values.recorded === undefined ? {} : { recorded: resolve(values.recorded) }),
    ...(values.dialect === undefined ? {} : { dialect: values.dialect }),
  });
}

/** File and text of each clip; of a syllable, some characters that are read so. */
function printList(listed: Part): void {
  for (const language of ['zh', 'en'] as const) {
    const { pieces, syllables } = planSpeech(ROOT, listed, language);
    const lines = [
      ...pieces.map(({ recordingName, key }) => `${language}/${recordingName}.wav\t${key}`),
      ...syllables.map(
        ({ recordingName, characters }) =>
          `${language}/${recordingName}.wav\t${[...characters].slice(0, 3).join('')}`,
      ),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  }
}
