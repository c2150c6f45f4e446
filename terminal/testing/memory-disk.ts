import { concat } from '../../base/bytes.ts';
import type { Disk, DiskTrouble } from '../../base/disk.ts';
import { err, ok, type Result } from '../../base/result.ts';

/** A disk in memory, for simulations: what a call wrote is durable when the call returns, as on a real one. */
export interface MemoryDisk extends Disk {
  /** Every file by its path; a snapshot to keep or to search. */
  files(): ReadonlyMap<string, Uint8Array>;
  /** Puts the disk back to what `files` held. */
  restore(files: ReadonlyMap<string, Uint8Array>): void;
  /** Called before each change; may throw to end the program there, or answer with trouble. */
  onChange: (change: DiskChange) => DiskTrouble | undefined;
  /** What it can still take; undefined: no end. Nothing that is written counts against it. */
  freeBytes: number | undefined;
}

/** A change about to be made. */
interface DiskChange {
  readonly kind: 'append' | 'write' | 'truncate' | 'rename' | 'remove';
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Makes the first `count` bytes of an append stick, as a power cut in the middle of it does. */
  tear(count: number): void;
}

/** A new, empty disk in memory. */
export function createMemoryDisk(): MemoryDisk {
  let files = new Map<string, Uint8Array>();
  const none = new Uint8Array(0);

  function change(
    kind: DiskChange['kind'],
    path: string,
    bytes: Uint8Array,
    apply: () => void,
  ): Result<void, DiskTrouble> {
    const append = (part: Uint8Array) => files.set(path, concat(files.get(path) ?? none, part));
    const trouble = disk.onChange({ kind, path, bytes, tear: (count) => append(bytes.subarray(0, count)) });
    if (trouble) return err(trouble);
    apply();
    return ok(undefined);
  }

  function find(path: string): Result<Uint8Array, DiskTrouble> {
    const bytes = files.get(path);
    return bytes ? ok(bytes.slice()) : err({ code: 'not-found', detail: 'no such file' });
  }

  const disk: MemoryDisk = {
    onChange: () => undefined,
    freeBytes: undefined,
    findFreeBytes: () => disk.freeBytes,
    files: () => new Map(files),
    restore: (kept) => {
      files = new Map(kept);
    },
    appendDurably: (path, bytes) =>
      change('append', path, bytes, () => files.set(path, concat(files.get(path) ?? none, bytes))),
    writeDurably: (path, bytes) => change('write', path, bytes, () => files.set(path, bytes.slice())),
    read: find,
    readPart(path, from, bytes) {
      const found = find(path);
      return found.ok ? ok(found.value.subarray(from, from + bytes)) : found;
    },
    list: (folder) => [
      ...new Set(
        [...files.keys()]
          .filter((path) => folder === '.' || path.startsWith(`${folder}/`))
          .map((path) => (folder === '.' ? path : path.slice(folder.length + 1)).split('/')[0]!)
          .sort(),
      ),
    ],
    findSize: (path) => files.get(path)?.length,
    truncate: (path, length) => {
      const found = find(path);
      return found.ok
        ? change('truncate', path, none, () => files.set(path, found.value.slice(0, length)))
        : found;
    },
    rename: (from, to) => {
      const found = find(from);
      if (!found.ok) return found;
      return change('rename', from, none, () => {
        files.delete(from);
        files.set(to, found.value);
      });
    },
    remove: (path) => change('remove', path, none, () => void files.delete(path)),
    findRealPath: () => undefined,
  };
  return disk;
}
