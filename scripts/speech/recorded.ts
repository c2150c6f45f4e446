/** Clips that a person spoke: each replaces what the voice would say for one text. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClipSpeed } from '../../renderer/src/voice/clips/clips.ts';
import { parseWav, type Sound } from './sound.ts';

/** What was spoken for one text. */
export interface Recording {
  /** Changes with the recording, so that its clip is made anew. */
  readonly id: string;
  /** The take of this speed; where no slow one was spoken, the ordinary one serves both. */
  soundAt(speed: ClipSpeed): Sound;
}

/** The recordings of one folder. */
export interface RecordedClips {
  /** What was spoken for a text, by its {@link recordingName} or its line in `clips.tsv`; throws for a bad file. */
  find(text: string, name: string): Recording | undefined;
}

/** Lines of text, tab, file, and a tab and a second file for the slow take. */
const TABLE = 'clips.tsv';

/** The file name, without ending, under which a text of this language may be recorded. */
export function recordingName(text: string, language: string): string {
  return createHash('sha256').update(`${language}\n${text}`).digest('hex').slice(0, 12);
}

/** The recordings in `folder`; none where there is no such folder. */
export function openRecordings(folder: string): RecordedClips {
  const table = readTable(join(folder, TABLE));
  return {
    find(text, name) {
      const [normal, slow] = table.get(text) ?? [`${name}.wav`, `${name}.slow.wav`];
      const path = join(folder, normal);
      if (!table.has(text) && !existsSync(path)) return undefined;
      const takes = { normal: readFileSync(path), slow: readSlow(folder, slow) ?? readFileSync(path) };
      return {
        id: createHash('sha256').update(takes.normal).update('\n').update(takes.slow).digest('hex'),
        soundAt: (speed) => parseWav(takes[speed]),
      };
    },
  };
}

function readSlow(folder: string, name: string | undefined): Buffer | undefined {
  return name !== undefined && existsSync(join(folder, name)) ? readFileSync(join(folder, name)) : undefined;
}

function readTable(path: string): ReadonlyMap<string, readonly [normal: string, slow?: string]> {
  if (!existsSync(path)) return new Map();
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return new Map(
    lines.map((line) => {
      const [text = '', normal = '', slow] = line.split('\t').map((cell) => cell.trim());
      if (text === '' || normal === '')
        throw new Error(`${path}: a line needs a text, a tab and a file: ${line}`);
      return [text, slow === undefined ? [normal] : [normal, slow]] as const;
    }),
  );
}
