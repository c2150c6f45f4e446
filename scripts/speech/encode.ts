/** Sound to Ogg/Opus, and how long such a file plays. */
import { spawnSync } from 'node:child_process';
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

/** The bytes of an Ogg/Opus file. */
export function encodeOpus(sound: Sound): Promise<Uint8Array> {
  return runProgram('opusenc', [...OPTIONS, '-', '-'], wavOf(sound));
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
