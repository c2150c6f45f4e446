import type { Disk } from '../../base/disk.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { err } from '../../base/result.ts';

/** A hundred times what the longest list of answers needs; what is longer is none of ours. */
const MAX_READ_BYTES = 64 * 1024 * 1024;

/**
 * A stick as a disk: whoever brings it chose what lies on it, and it may be pulled at any moment, so that whatever is
 * wrong with it is an answer and ends nobody. Undefined where it is gone already.
 */
export function findStickDisk(folder: string): Disk | undefined {
  const disk = tried(() => nodeDisk(folder), undefined);
  if (disk === undefined) return undefined;
  const findSize = (path: string) => tried(() => disk.findSize(path), undefined);
  return {
    ...disk,
    findSize,
    list: (path) => tried(() => disk.list(path), []),
    read: (path) =>
      (findSize(path) ?? 0) > MAX_READ_BYTES ? err({ code: 'io', detail: 'EFBIG' }) : disk.read(path),
  };
}

/** What the system says against it (a file where a folder should be, a stick just pulled) is told by `otherwise`. */
function tried<T, U>(look: () => T, otherwise: U): T | U {
  try {
    return look();
  } catch (error) {
    if (error instanceof Error && 'code' in error) return otherwise;
    throw error;
  }
}
