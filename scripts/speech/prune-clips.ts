/** Lets go of kept clips that nothing says any more. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SpeechIndexFile } from '../../renderer/src/voice/clips/speech-index.ts';
import { SPEEDS } from './make-clips.ts';

/**
 * Removes the clips below `cache` that none of these indexes names, and returns how many files went. For the indexes
 * of everything there is to say: a clip of a part that was not built is not known here, and goes.
 */
export function pruneClips(cache: string, indexes: readonly SpeechIndexFile[]): number {
  const named = new Set(indexes.flatMap(namesIn).map((name) => `${name}.opus`));
  const old = SPEEDS.map((speed) => join(cache, speed))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((file) => !named.has(file))
        .map((file) => join(folder, file)),
    );
  for (const path of old) rmSync(path);
  return old.length;
}

function namesIn({ clips, syllables, pauses }: SpeechIndexFile): readonly string[] {
  return [
    ...Object.values(clips).map(([name]) => name),
    ...Object.values(syllables).map(([, name]) => name),
    ...Object.values(pauses).map(([name]) => name),
  ];
}
