import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Electron's own program, or `undefined` when it was never fetched to this machine. Nothing is fetched here:
 * asking the `electron` module itself would.
 */
export function findElectronBinary(
  folder: string = join(import.meta.dirname, '../node_modules/electron'),
): string | undefined {
  const note = join(folder, 'path.txt');
  if (!existsSync(note)) return undefined;
  const path = join(folder, 'dist', readFileSync(note, 'utf8').trim());
  return existsSync(path) ? path : undefined;
}
