/** Builds the clips and the index of one language into a folder of the screens. */
import { copyFileSync, linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { IndexedClip, Pause, SpeechIndexFile } from '../../renderer/src/voice/clips/speech-index.ts';
import { oddSurnames } from './basics.ts';
import { type ClipMaker, createClipMaker, SPEEDS } from './make-clips.ts';
import type { PlannedClip, SpeechPlan } from './plan.ts';
import type { RecordedClips } from './recorded.ts';
import type { Voice } from './voice.ts';

/** What is built, from what, and where it goes. */
export interface SpeechBuild {
  readonly plan: SpeechPlan;
  readonly voice: Voice;
  readonly recorded: RecordedClips;
  /** Where clips are kept from build to build. */
  readonly cache: string;
  /** The folder of this language or dialect; what was in it goes. */
  readonly out: string;
  /** Told now and then how many of all clips are there. */
  readonly onProgress: (done: number, all: number) => void;
}

/** In milliseconds. */
const PAUSES = {
  short: { normal: 160, slow: 240 },
  long: { normal: 380, slow: 560 },
} as const satisfies Record<Pause, unknown>;
const MOST_WORKERS = 8;
/** So many clips are spoken by one run of a voice. */
const HANDFUL = 40;
const PROGRESS_EVERY = 1_000;

/** Builds it, and returns the index and the fixed pieces of which nothing was to be heard (none, with a sound voice). */
export async function buildSpeech(
  build: SpeechBuild,
): Promise<{ readonly index: SpeechIndexFile; readonly unheard: readonly string[] }> {
  const { plan, voice, out } = build;
  const maker = createClipMaker(voice, build.recorded, build.cache);
  const all = [...plan.pieces, ...plan.syllables];
  const made = await makeAll(all, maker, build.onProgress);
  const characters = new Map(plan.syllables.map((syllable) => [syllable.key, syllable.characters]));
  const ofPieces = plan.pieces.flatMap((planned) => entryOf(planned, made));
  const ofSyllables = plan.syllables.flatMap((planned) => entryOf(planned, made));
  const index: SpeechIndexFile = {
    format: 1,
    voice: voice.id,
    clips: Object.fromEntries(ofPieces),
    syllables: Object.fromEntries(
      ofSyllables.map(([key, clip]) => [key, [characters.get(key) ?? '', ...clip]]),
    ),
    surnames: plan.language === 'zh' ? oddSurnames(characters) : {},
    pauses: { short: await maker.makePause(PAUSES.short), long: await maker.makePause(PAUSES.long) },
  };
  placeClips([...made.values(), ...Object.values(index.pauses)], build.cache, out);
  // Last, so that no index stands before its clips.
  writeFileSync(join(out, 'index.json'), JSON.stringify(index));
  return { index, unheard: plan.pieces.filter((planned) => !made.has(planned)).map(({ key }) => key) };
}

/** A handful after another in each of a few workers. */
async function makeAll(
  all: readonly PlannedClip[],
  maker: ClipMaker,
  onProgress: SpeechBuild['onProgress'],
): Promise<ReadonlyMap<PlannedClip, IndexedClip>> {
  const made = new Map<PlannedClip, IndexedClip>();
  let [next, done] = [0, 0];
  const work = async (): Promise<void> => {
    while (next < all.length) {
      const handful = all.slice(next, next + HANDFUL);
      next += HANDFUL;
      for (const [planned, clip] of await maker.make(handful)) made.set(planned, clip);
      const before = done;
      done += handful.length;
      if (Math.trunc(done / PROGRESS_EVERY) > Math.trunc(before / PROGRESS_EVERY))
        onProgress(done, all.length);
    }
  };
  const workers = Math.min(availableParallelism(), MOST_WORKERS);
  await Promise.all(Array.from({ length: workers }, work));
  return made;
}

function entryOf(
  planned: PlannedClip,
  made: ReadonlyMap<PlannedClip, IndexedClip>,
): readonly (readonly [string, IndexedClip])[] {
  const clip = made.get(planned);
  return clip === undefined ? [] : [[planned.key, clip]];
}

/** Puts each clip once into `out`, as a second name of the kept file where one disk holds both. */
function placeClips(clips: readonly IndexedClip[], cache: string, out: string): void {
  rmSync(out, { recursive: true, force: true });
  for (const speed of SPEEDS) {
    mkdirSync(join(out, speed), { recursive: true });
    for (const name of new Set(clips.map(([name]) => name))) {
      placeFile(join(cache, speed, `${name}.opus`), join(out, speed, `${name}.opus`));
    }
  }
}

function placeFile(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
