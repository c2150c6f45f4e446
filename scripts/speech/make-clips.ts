/** Speaks, trims, levels and encodes clips; each is kept, so that a build makes only what changed. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
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

/** Makes clips, a handful at a time. */
export interface ClipMaker {
  /** The clips in both speeds; those are left out of which nothing was to be heard. */
  make(planned: readonly PlannedClip[]): Promise<ReadonlyMap<PlannedClip, IndexedClip>>;
  /** A clip of silence, so long at each speed. */
  makePause(durations: Readonly<Record<ClipSpeed, number>>): Promise<IndexedClip>;
}

/** A maker that keeps its files below `cache`, named `SPEED/NAME.opus`. */
export function createClipMaker(voice: Voice, recorded: RecordedClips, cache: string): ClipMaker {
  for (const speed of SPEEDS) mkdirSync(join(cache, speed), { recursive: true });
  const pathOf = (name: string, speed: ClipSpeed): string => join(cache, speed, `${name}.opus`);

  /** The length of a kept clip; `undefined` where it is not kept. */
  const findKept = (name: string): IndexedClip | undefined => {
    if (!SPEEDS.every((speed) => existsSync(pathOf(name, speed)))) return undefined;
    const [normalMs = 0, slowMs = 0] = SPEEDS.map((speed) =>
      opusDurationMs(readFileSync(pathOf(name, speed))),
    );
    return [name, normalMs, slowMs];
  };

  async function speak(waiting: ReadonlyMap<string, PlannedClip>, speed: ClipSpeed): Promise<void> {
    const spoken = new Map<string, Sound>();
    const unrecorded: [string, PlannedClip][] = [];
    for (const [name, planned] of waiting) {
      const recording = recorded.find(planned.key, planned.recordingName);
      if (recording === undefined) unrecorded.push([name, planned]);
      else spoken.set(name, trimmed(recording.soundAt(speed)));
    }
    const sounds = await voice.speak(
      unrecorded.map(([, { utterances }]) => utterances),
      speed,
    );
    unrecorded.forEach(([name], place) => {
      const sound = sounds[place];
      if (sound !== undefined) spoken.set(name, sound);
    });
    const heard = [...spoken].filter(([, { samples }]) => samples.length > 0);
    await encodeOpus(new Map(heard.map(([name, sound]) => [name, levelled(sound)])), join(cache, speed));
  }

  return {
    async make(planned) {
      const names = new Map(
        planned.map((one) => {
          const recording = recorded.find(one.key, one.recordingName);
          return [
            one,
            nameOf(recording === undefined ? [voice.id, one.utterances] : ['recorded', recording.id]),
          ];
        }),
      );
      const waiting = new Map([...names].flatMap(([one, name]) => (findKept(name) ? [] : [[name, one]])));
      for (const speed of SPEEDS) await speak(waiting, speed);
      return new Map(
        [...names].flatMap(([one, name]) => {
          const clip = findKept(name);
          return clip === undefined ? [] : [[one, clip] as const];
        }),
      );
    },
    async makePause(durations) {
      const name = nameOf(['pause', durations]);
      for (const speed of findKept(name) === undefined ? SPEEDS : []) {
        await encodeOpus(new Map([[name, silence(durations[speed], PAUSE_RATE_HZ)]]), join(cache, speed));
      }
      const clip = findKept(name);
      if (clip === undefined) throw new Error('a pause of no length');
      return clip;
    },
  };
}

/** The file name of what is made so. */
function nameOf(recipe: unknown): string {
  const made = JSON.stringify([TREATMENT, ENCODER_ID, recipe]);
  return createHash('sha256').update(made).digest('hex').slice(0, 20);
}
