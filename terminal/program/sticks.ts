import { join } from 'node:path';
import { listMounted } from '../../base/node/mounted-folders.ts';
import type { MountedStick } from '../rescue/stick-work.ts';
import { findStickDisk } from './stick-disk.ts';

/** The sticks mounted inside `rescueDir`. This program mounts nothing: the system does, or a maintainer. */
export function mountedSticks(rescueDir: string): readonly MountedStick[] {
  return listMounted(rescueDir).flatMap((name) => {
    const disk = findStickDisk(join(rescueDir, name));
    return disk === undefined ? [] : [{ name, disk }];
  });
}

/** The names of those that carry a folder of this name; one that cannot be read, or a file of that name, is passed over. */
export function sticksWith(rescueDir: string, folder: string): readonly string[] {
  return mountedSticks(rescueDir).flatMap(({ name, disk }) => (disk.list(folder).length > 0 ? [name] : []));
}
