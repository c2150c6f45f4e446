/** The text files of a folder, on the real file system. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

/** A folder's files by their names, relative and with `/`, whatever the system writes. */
export interface TextFolder {
  readonly names: readonly string[];
  /** The UTF-8 text of one of `names`, or `undefined` when it cannot be read. */
  findText(name: string): string | undefined;
}

/** Lists a folder and those in it once, at the call; a folder that cannot be read has no files. */
export function readFolder(path: string): TextFolder {
  return {
    names: listFiles(path),
    findText(name) {
      try {
        return readFileSync(join(path, name), 'utf8');
      } catch {
        return undefined;
      }
    },
  };
}

function listFiles(path: string): readonly string[] {
  try {
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(path.length).split(sep).join('/'))
      .map((name) => name.replace(/^\/+/, ''))
      .sort();
  } catch {
    return [];
  }
}
