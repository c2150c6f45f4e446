import { existsSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from './sync-folder.ts';

/** Removes a folder with all that is in it, links themselves and never what they lead to; none there is fine. */
export function removeTree(folder: string): void {
  if (!existsSync(folder)) return;
  rmSync(folder, { recursive: true, force: true });
  syncFolder(dirname(folder));
}
