/** The files below the folder of the software: a seam, so that a test can end the launcher at each step. */
import { createHash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** What is found in a folder; `other`: a link, a device, anything that is neither. */
export interface Found {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'other';
}

/** Paths are relative to the folder of the software, with `/`. Nothing here throws for what a disk can do. */
export interface Files {
  /** The whole file, or `undefined` when it is not there or cannot be read. */
  read(path: string): Uint8Array | undefined;
  /** Puts the bytes there whole or not at all, so that they outlive a power cut. False when that failed. */
  writeDurably(path: string, bytes: Uint8Array): boolean;
  /** Takes a file away and gives what was in it; what is put there from then on stays. */
  take(path: string): Uint8Array | undefined;
  /** What is in a folder; nothing where there is none. */
  list(path: string): readonly Found[];
  /** Size and SHA-256 (hex) of a file, or `undefined` when it cannot be read to its end. */
  digest(path: string): Promise<{ readonly bytes: number; readonly sha256: string } | undefined>;
}

/** The files below `folder`. */
export function nodeFiles(folder: string): Files {
  const at = (path: string) => join(folder, path);
  return {
    read: (path) => tried(() => readFileSync(at(path))),
    writeDurably(path, bytes) {
      const target = at(path);
      return (
        tried(() => {
          mkdirSync(dirname(target), { recursive: true, mode: 0o755 });
          writeWhole(`${target}.new`, bytes);
          renameSync(`${target}.new`, target);
          syncFolder(dirname(target));
          return true;
        }) ?? false
      );
    },
    take: (path) =>
      tried(() => {
        const taken = `${at(path)}.taken`;
        renameSync(at(path), taken);
        const bytes = readFileSync(taken);
        rmSync(taken);
        return bytes;
      }),
    list: (path) =>
      tried(() => readdirSync(at(path)).map((name) => ({ name, kind: kindOf(join(at(path), name)) }))) ?? [],
    async digest(path) {
      const hash = createHash('sha256');
      let bytes = 0;
      try {
        await pipeline(createReadStream(at(path)), async (chunks: AsyncIterable<Uint8Array>) => {
          for await (const chunk of chunks) {
            hash.update(chunk);
            bytes += chunk.length;
          }
        });
      } catch {
        return undefined;
      }
      return { bytes, sha256: hash.digest('hex') };
    },
  };
}

function tried<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function writeWhole(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'w', 0o644);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function kindOf(path: string): Found['kind'] {
  const stat = lstatSync(path);
  if (stat.isFile()) return 'file';
  return stat.isDirectory() ? 'folder' : 'other';
}
