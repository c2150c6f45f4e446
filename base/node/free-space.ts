import { statfsSync } from 'node:fs';

/** Free bytes for this user where `folder` lies; `undefined` when the system does not say. */
export function findFreeBytes(folder: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}
