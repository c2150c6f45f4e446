import { join } from 'node:path';
import { nodeDisk } from '../../base/node/disk.ts';
import { listMounted } from '../../base/node/mounted-folders.ts';
import type { MountedStick } from '../rescue/stick-work.ts';

/** The sticks mounted inside `rescueDir`. This program mounts nothing: the system does, or a maintainer. */
export function mountedSticks(rescueDir: string): readonly MountedStick[] {
  return listMounted(rescueDir).map((name) => ({ name, disk: nodeDisk(join(rescueDir, name)) }));
}
