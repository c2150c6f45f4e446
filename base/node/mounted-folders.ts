import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Names of the folders directly inside `folder` on which something is mounted: what lies there is on another device
 * than `folder` itself. A folder that a stick was pulled from is not among them; nothing is when `folder` is missing.
 */
export function listMounted(folder: string): readonly string[] {
  const own = findDevice(folder);
  if (own === undefined) return [];
  return findNames(folder).filter((name) => {
    const device = findDevice(join(folder, name));
    return device !== undefined && device !== own;
  });
}

function findNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function findDevice(path: string): number | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats?.isDirectory() ? stats.dev : undefined;
  } catch {
    // A stick that is just being pulled answers with an error of its own.
    return undefined;
  }
}
