/** Samples of one voice: read from WAV, trimmed, made equally loud, written as WAV again. */

/** Mono samples from -1 to 1. */
export interface Sound {
  readonly rateHz: number;
  readonly samples: Float32Array;
}

/** Below this a sample counts as silence. */
const SILENCE = 0.006;
/** Kept before the first and behind the last sound, so that nothing is clipped. */
const PAD_MS = 25;
/** How loud speech is made, and what no sample may pass. */
const LOUDNESS_RMS = 0.12;
const PEAK = 0.89;
const HEADER_BYTES = 44;

/** The first channel of a WAV file of 16-bit samples; throws when it is none. */
export function parseWav(bytes: Uint8Array): Sound {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.byteLength < HEADER_BYTES || tag(0) !== 'RIFF' || tag(8) !== 'WAVE')
    throw new Error('not a WAV file');
  let [rateHz, channels] = [0, 0];
  for (let at = 12; at + 8 <= bytes.byteLength; ) {
    const size = view.getUint32(at + 4, true);
    if (tag(at) === 'fmt ') {
      if (view.getUint16(at + 8, true) !== 1 || view.getUint16(at + 22, true) !== 16) {
        throw new Error('a WAV file must hold 16-bit samples');
      }
      channels = view.getUint16(at + 10, true);
      rateHz = view.getUint32(at + 12, true);
    }
    if (tag(at) === 'data' && channels > 0) {
      // A program that writes to a pipe cannot know the length beforehand.
      const end = Math.min(bytes.byteLength, at + 8 + size);
      const count = Math.trunc((end - at - 8) / (2 * channels));
      const samples = new Float32Array(count);
      for (let index = 0; index < count; index += 1) {
        samples[index] = view.getInt16(at + 8 + index * 2 * channels, true) / 32_768;
      }
      return { rateHz, samples };
    }
    at += 8 + size + (size % 2);
  }
  throw new Error('a WAV file without samples');
}

/** A WAV file of 16-bit samples. */
export function wavOf({ rateHz, samples }: Sound): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + samples.length * 2);
  const view = new DataView(bytes.buffer);
  const tag = (at: number, text: string): void => bytes.set(new TextEncoder().encode(text), at);
  tag(0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  tag(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rateHz, true);
  view.setUint32(28, rateHz * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  tag(36, 'data');
  view.setUint32(40, samples.length * 2, true);
  for (let index = 0; index < samples.length; index += 1) {
    const sample = Math.max(-1, Math.min(1, samples[index] ?? 0));
    view.setInt16(HEADER_BYTES + index * 2, Math.round(sample * 32_767), true);
  }
  return bytes;
}

/** Sounds of one rate one after another, each trimmed of its silence, `gapMs` between them. */
export function joined(sounds: readonly Sound[], gapMs: number): Sound {
  const rateHz = sounds[0]?.rateHz ?? 0;
  const gap = Math.round((rateHz * gapMs) / 1000);
  const parts = sounds.map((sound) => trimmed(sound).samples);
  const samples = new Float32Array(parts.reduce((sum, { length }) => sum + length, gap * (parts.length - 1)));
  let at = 0;
  for (const part of parts) {
    samples.set(part, at);
    at += part.length + gap;
  }
  return { rateHz, samples };
}

/** Without silence at its ends; a sound that is nothing else becomes empty. */
export function trimmed({ rateHz, samples }: Sound): Sound {
  let [first, last] = [0, samples.length - 1];
  while (first <= last && !isHeard(samples, first)) first += 1;
  if (first > last) return { rateHz, samples: new Float32Array() };
  while (!isHeard(samples, last)) last -= 1;
  const pad = Math.round((rateHz * PAD_MS) / 1000);
  return { rateHz, samples: samples.slice(Math.max(0, first - pad), Math.min(samples.length, last + pad)) };
}

function isHeard(samples: Float32Array, at: number): boolean {
  const sample = samples[at] ?? 0;
  return sample > SILENCE || sample < -SILENCE;
}

/** What is heard between silences of at least `leastMs`, each trimmed. */
export function splitAtSilence({ rateHz, samples }: Sound, leastMs: number): readonly Sound[] {
  const least = Math.round((rateHz * leastMs) / 1000);
  const half = Math.trunc(least / 2);
  const parts: Sound[] = [];
  let [from, last] = [-1, -1];
  const end = (): void => {
    if (from >= 0)
      parts.push(trimmed({ rateHz, samples: samples.slice(Math.max(0, from - half), last + half) }));
  };
  // A plain loop: there are millions of samples, most of them silence.
  for (let at = 0; at < samples.length; at += 1) {
    if (!isHeard(samples, at)) continue;
    if (from < 0 || at - last > least) {
      end();
      from = at;
    }
    last = at;
  }
  end();
  return parts;
}

/** As loud as every other clip, and nowhere louder than can be played. */
export function levelled({ rateHz, samples }: Sound): Sound {
  let [energy, count, peak] = [0, 0, 0];
  for (let at = 0; at < samples.length; at += 1) {
    const sample = samples[at] ?? 0;
    const height = Math.abs(sample);
    if (height > peak) peak = height;
    if (height <= SILENCE) continue;
    energy += sample * sample;
    count += 1;
  }
  if (count === 0) return { rateHz, samples };
  const gain = Math.min(LOUDNESS_RMS / Math.sqrt(energy / count), PEAK / peak);
  const louder = new Float32Array(samples.length);
  for (let at = 0; at < samples.length; at += 1) louder[at] = (samples[at] ?? 0) * gain;
  return { rateHz, samples: louder };
}

/** Silence of `ms`. */
export function silence(ms: number, rateHz: number): Sound {
  return { rateHz, samples: new Float32Array(Math.round((rateHz * ms) / 1000)) };
}
