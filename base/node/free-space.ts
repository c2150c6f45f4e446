import { statfsSync } from 'node:fs';

/** How much room there is where `folder` lies: free for this user, and in all; `undefined` when the system does not say. */
export function findDiskSpace(
  folder: string,
): { readonly freeBytes: number; readonly totalBytes: number } | undefined {
  try {
    const { bavail, blocks, bsize } = statfsSync(folder);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch {
    return undefined;
  }
}

/** Free bytes for this user where `folder` lies; `undefined` when the system does not say. */
export function findFreeBytes(folder: string): number | undefined {
  return findDiskSpace(folder)?.freeBytes;
}
