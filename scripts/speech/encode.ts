/** Sound to Ogg/Opus, and how long such a file plays. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './programs.ts';
import { type Sound, wavOf } from './sound.ts';

/**
 * Speech of one voice is plain at 16 kbit/s. Little effort is spent on each clip: there are tens of thousands. Equal
 * sound gives equal bytes.
 */
const OPTIONS: readonly string[] = [
  '--quiet',
  '--speech',
  ...['--bitrate', '16'],
  ...['--comp', '2'],
  ...['--serial', '1'],
  ...['--padding', '0'],
  '--discard-comments',
  '--discard-pictures',
];

/** What decides how a sound is written: clips are made anew when this changes. */
export const ENCODER_ID: string = OPTIONS.join(' ');

const OPUS_RATE_HZ = 48_000;

/** Whether the encoder is installed. */
export function hasEncoder(): boolean {
  return spawnSync('opusenc', ['--version']).status === 0;
}

/** Encodes every `NAME.wav` of a folder to `NAME.wav.opus` beside it: one shell starts programs quicker than Node does. */
const ENCODE_FOLDER = 'for wav in "$0"/*.wav; do opusenc "$@" "$wav" "$wav.opus" || exit 1; done';

/** Writes sounds as Ogg/Opus files into `folder`, by their names; throws where the encoder fails. */
export async function encodeOpus(sounds: ReadonlyMap<string, Sound>, folder: string): Promise<void> {
  if (sounds.size === 0) return;
  const temporary = mkdtempSync(join(folder, 'new-'));
  try {
    for (const [name, sound] of sounds) writeFileSync(join(temporary, `${name}.wav`), wavOf(sound));
    await runProgram('sh', ['-c', ENCODE_FOLDER, temporary, ...OPTIONS], '');
    // Whole or not at all: a build that is stopped leaves no half clip behind.
    for (const name of sounds.keys())
      renameSync(join(temporary, `${name}.wav.opus`), join(folder, `${name}.opus`));
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** How long an Ogg/Opus file plays, in whole milliseconds; throws when it is none. */
export function opusDurationMs(bytes: Uint8Array): number {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = file.indexOf('OpusHead');
  const lastPage = file.lastIndexOf('OggS');
  if (head < 0 || lastPage < 0) throw new Error('not an Ogg/Opus file');
  const preSkip = file.readUInt16LE(head + 10);
  const samples = Number(file.readBigUInt64LE(lastPage + 6)) - preSkip;
  return Math.round((samples * 1000) / OPUS_RATE_HZ);
}
