import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import type { Disk, DiskTrouble } from '../disk.ts';
import { err, invariant, ok, type Result } from '../result.ts';
import { syncFolder } from './sync-folder.ts';

/** A folder of this machine, made when it is not there. Files are 0600 and folders 0700. */
export function nodeDisk(folder: string): Disk {
  makeFolder(folder);
  return folderDisk(folder);
}

/** A folder that is only looked at: nothing is made there, every write answers `io`. It may be missing. */
export function readOnlyDisk(folder: string): Disk {
  const refuse = (): Result<never, DiskTrouble> => err({ code: 'io', detail: 'EROFS' });
  return {
    ...folderDisk(folder),
    ...{ appendDurably: refuse, writeDurably: refuse, truncate: refuse, rename: refuse, remove: refuse },
  };
}

function folderDisk(folder: string): Disk {
  function at(path: string): string {
    const inside = normalize(path);
    invariant(
      inside !== '..' && !inside.startsWith(`..${sep}`) && !inside.startsWith(sep),
      'a path leads out',
    );
    return join(folder, inside);
  }

  return {
    appendDurably: (path, bytes) => tried(() => append(at(path), bytes)),
    writeDurably: (path, bytes) => tried(() => replace(at(path), bytes)),
    read: (path) => tried(() => new Uint8Array(readFileSync(at(path)))),
    readPart: (path, from, bytes) => tried(() => withFile(at(path), 'r', (file) => part(file, from, bytes))),
    list: (path) => (existsSync(at(path)) ? readdirSync(at(path)).sort() : []),
    findSize: (path) => statSync(at(path), { throwIfNoEntry: false })?.size,
    findFreeBytes: () => {
      const stats = tried(() => statfsSync(folder));
      return stats.ok ? stats.value.bavail * stats.value.bsize : undefined;
    },
    truncate: (path, bytes) => tried(() => withFile(at(path), 'r+', (file) => cut(file, bytes))),
    rename: (from, to) =>
      tried(() => {
        makeFolder(dirname(at(to)));
        renameSync(at(from), at(to));
        syncFolder(dirname(at(to)));
        if (dirname(at(from)) !== dirname(at(to))) syncFolder(dirname(at(from)));
      }),
    remove: (path) =>
      tried(() => {
        if (!existsSync(at(path))) return;
        rmSync(at(path));
        syncFolder(dirname(at(path)));
      }),
    findRealPath: at,
  };
}

const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

function append(path: string, bytes: Uint8Array): void {
  const isNew = !existsSync(path);
  if (isNew) makeFolder(dirname(path));
  withFile(path, 'a', (file) => {
    const before = fstatSync(file).size;
    try {
      writeAll(file, bytes);
      fsyncSync(file);
    } catch (error) {
      // Half an append must not stand between what is there and the next one.
      cut(file, before);
      throw error;
    }
  });
  if (isNew) syncFolder(dirname(path));
}

function replace(path: string, bytes: Uint8Array): void {
  makeFolder(dirname(path));
  const beside = `${path}.new`;
  try {
    withFile(beside, 'w', (file) => {
      writeAll(file, bytes);
      fsyncSync(file);
    });
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

function part(file: number, from: number, bytes: number): Uint8Array {
  const buffer = new Uint8Array(Math.max(0, Math.min(bytes, fstatSync(file).size - from)));
  let done = 0;
  while (done < buffer.length) {
    const count = readSync(file, buffer, done, buffer.length - done, from + done);
    if (count === 0) break;
    done += count;
  }
  return buffer.subarray(0, done);
}

function cut(file: number, bytes: number): void {
  ftruncateSync(file, bytes);
  fsyncSync(file);
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}

function withFile<T>(path: string, flags: 'r' | 'a' | 'w' | 'r+', use: (file: number) => T): T {
  const file = openSync(path, flags, FILE_MODE);
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}

/** Makes a folder and those above it; each new name outlives a power cut. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder, { mode: FOLDER_MODE });
  syncFolder(dirname(folder));
}

function tried<T>(work: () => T): Result<T, DiskTrouble> {
  try {
    return ok(work());
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    // The message of a file error holds the path alone, but the code is enough.
    return err({ code: TROUBLE_OF_CODE[code] ?? 'io', detail: code });
  }
}

const TROUBLE_OF_CODE: Readonly<Record<string, DiskTrouble['code']>> = {
  ENOENT: 'not-found',
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
};
