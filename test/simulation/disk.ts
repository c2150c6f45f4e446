import { concat } from '../../base/bytes.ts';
import type { Disk, DiskTrouble } from '../../base/disk.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { Chance } from './chance.ts';
import type { Life } from './death.ts';

/** What outlives a simulated machine's death. */
export type Platter = Map<string, Uint8Array>;

/** A disk in memory whose writes are points where the machine may die; a death in an append tears its tail. */
export function createDisk(platter: Platter, life: Life, chance: Chance): Disk {
  const missing = (path: string): Result<never, DiskTrouble> => err({ code: 'not-found', detail: path });
  return {
    appendDurably(path, bytes) {
      const before = platter.get(path) ?? new Uint8Array(0);
      try {
        life.point('append', () => platter.set(path, concat(before, bytes)));
      } catch (death) {
        // Half of the appends that a death cuts short leave part of their bytes behind.
        if (chance.oneIn(2))
          platter.set(path, concat(before, bytes.subarray(0, chance.below(bytes.length + 1))));
        throw death;
      }
      return ok(undefined);
    },
    writeDurably(path, bytes) {
      life.point('write', () => platter.set(path, Uint8Array.from(bytes)));
      return ok(undefined);
    },
    read(path) {
      const bytes = platter.get(path);
      return bytes === undefined ? missing(path) : ok(Uint8Array.from(bytes));
    },
    list(folder) {
      const inside = folder === '' || folder === '.' ? '' : `${folder}/`;
      const names = [...platter.keys()]
        .filter((path) => path.startsWith(inside))
        .map((path) => path.slice(inside.length));
      return [...new Set(names.map((name) => name.split('/')[0] ?? name))].sort();
    },
    findSize: (path) => platter.get(path)?.length,
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
      life.point('remove', () => platter.delete(path));
      return ok(undefined);
    },
    findRealPath: () => undefined,
  };
}
