/** Speaks, trims, levels and encodes clips; each is kept, so that a build makes only what changed. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClipSpeed } from '../../renderer/src/voice/clips/clips.ts';
import type { IndexedClip } from '../../renderer/src/voice/clips/speech-index.ts';
import { ENCODER_ID, encodeOpus, opusDurationMs } from './encode.ts';
import type { PlannedClip } from './plan.ts';
import type { RecordedClips } from './recorded.ts';
import { levelled, type Sound, silence, trimmed } from './sound.ts';
import type { Voice } from './voice.ts';

/** How fast clips are spoken, in the order of an index. */
export const SPEEDS = ['normal', 'slow'] as const satisfies readonly ClipSpeed[];

/** Changed by whoever changes how a sound is trimmed or levelled. */
const TREATMENT = 1;
const PAUSE_RATE_HZ = 16_000;

/** Makes clips one by one. */
export interface ClipMaker {
  /** The clip in both speeds; `undefined` where nothing was to be heard. */
  make(planned: PlannedClip): Promise<IndexedClip | undefined>;
  /** A clip of silence, so long at each speed. */
  makePause(durations: Readonly<Record<ClipSpeed, number>>): Promise<IndexedClip>;
}

/** A maker that keeps its files below `cache`, named `SPEED/NAME.opus`. */
export function createClipMaker(voice: Voice, recorded: RecordedClips, cache: string): ClipMaker {
  for (const speed of SPEEDS) mkdirSync(join(cache, speed), { recursive: true });

  /** Both speeds under one name, made where they are not kept. */
  async function keep(
    recipe: unknown,
    soundAt: (speed: ClipSpeed) => Promise<Sound>,
  ): Promise<IndexedClip | undefined> {
    const name = createHash('sha256')
      .update(JSON.stringify([TREATMENT, ENCODER_ID, recipe]))
      .digest('hex')
      .slice(0, 20);
    const durations: number[] = [];
    for (const speed of SPEEDS) {
      const path = join(cache, speed, `${name}.opus`);
      if (!existsSync(path)) {
        const sound = await soundAt(speed);
        if (sound.samples.length === 0) return undefined;
        // Whole or not at all: a build that is stopped leaves no half clip behind.
        writeFileSync(`${path}.new`, await encodeOpus(sound));
        renameSync(`${path}.new`, path);
      }
      durations.push(opusDurationMs(readFileSync(path)));
    }
    return [name, durations[0] ?? 0, durations[1] ?? 0];
  }

  return {
    make({ key, recordingName, utterances }) {
      const recording = recorded.find(key, recordingName);
      if (recording !== undefined) {
        return keep(['recorded', recording.id], async (speed) => levelled(trimmed(recording.soundAt(speed))));
      }
      return keep([voice.id, utterances], async (speed) => levelled(await voice.speak(utterances, speed)));
    },
    async makePause(durations) {
      const clip = await keep(['pause', durations], async (speed) =>
        silence(durations[speed], PAUSE_RATE_HZ),
      );
      if (clip === undefined) throw new Error('a pause of no length');
      return clip;
    },
  };
}
