import { concat } from '../../base/bytes.ts';
import type { Disk, DiskTrouble } from '../../base/disk.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { Chance } from './chance.ts';
import type { Life } from './death.ts';

/** What outlives a simulated program's death. */
export type Platter = Map<string, Uint8Array>;

/** How a disk is made. */
export interface DiskParts {
  readonly platter: Platter;
  readonly life: Life;
  readonly chance: Chance;
  /** Whether the disk takes no more: an append then leaves a part behind, as a real one does. */
  readonly isFull?: () => boolean;
  /** Hears what is lost when a file is removed. */
  readonly onRemoved?: (path: string, bytes: Uint8Array) => void;
}

/** A disk in memory whose writes are points where the program may die; a death in an append tears its tail. */
export function createDisk({ platter, life, chance, isFull = () => false, onRemoved }: DiskParts): Disk {
  const missing = (path: string): Result<never, DiskTrouble> => err({ code: 'not-found', detail: path });
  const full = (path: string): Result<never, DiskTrouble> => err({ code: 'full', detail: path });
  return {
    appendDurably(path, bytes) {
      const before = platter.get(path) ?? new Uint8Array(0);
      life.check();
      if (isFull()) {
        platter.set(path, concat(before, bytes.subarray(0, chance.below(bytes.length))));
        return full(path);
      }
      try {
        life.point('append', () => platter.set(path, concat(before, bytes)));
      } catch (death) {
        // Nobody was told that it is there: half of the appends that a death cuts short leave a part behind.
        if (chance.oneIn(2)) {
          platter.set(path, concat(before, bytes.subarray(0, chance.below(bytes.length + 1))));
        }
        throw death;
      }
      return ok(undefined);
    },
    writeDurably(path, bytes) {
      life.check();
      if (isFull()) return full(path);
      try {
        life.point('write', () => platter.set(path, Uint8Array.from(bytes)));
      } catch (death) {
        // It is written beside and renamed: a death may leave a part behind, never in the file's place.
        if (chance.oneIn(2)) platter.set(`${path}.new`, bytes.slice(0, chance.below(bytes.length + 1)));
        throw death;
      }
      return ok(undefined);
    },
    read(path) {
      life.check();
      const bytes = platter.get(path);
      return bytes === undefined ? missing(path) : ok(Uint8Array.from(bytes));
    },
    readPart(path, from, count) {
      life.check();
      const bytes = platter.get(path);
      return bytes === undefined ? missing(path) : ok(bytes.slice(from, from + count));
    },
    list(folder) {
      life.check();
      const inside = folder === '' || folder === '.' ? '' : `${folder}/`;
      const names = [...platter.keys()]
        .filter((path) => path.startsWith(inside))
        .map((path) => path.slice(inside.length));
      return [...new Set(names.map((name) => name.split('/')[0] ?? name))].sort();
    },
    findSize(path) {
      life.check();
      return platter.get(path)?.length;
    },
    findFreeBytes: () => undefined,
    truncate(path, bytes) {
      const before = platter.get(path);
      if (before === undefined) return missing(path);
      life.point('truncate', () => platter.set(path, before.slice(0, bytes)));
      return ok(undefined);
    },
    rename(from, to) {
      const bytes = platter.get(from);
      if (bytes === undefined) return missing(from);
      life.point('rename', () => {
        platter.set(to, bytes);
        platter.delete(from);
      });
      return ok(undefined);
    },
    remove(path) {
      const bytes = platter.get(path);
      if (bytes === undefined) return ok(undefined);
      life.point('remove', () => {
        platter.delete(path);
        onRemoved?.(path, bytes);
      });
      return ok(undefined);
    },
    findRealPath: () => undefined,
  };
}
