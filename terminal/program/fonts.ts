/** The letters of printed papers, in the folder of their package. */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { Disk } from '../../base/disk.ts';
import { readOnlyDisk } from '../../base/node/disk.ts';

/** The folder, read and never written. */
export function packagedFonts(): Disk {
  const require = createRequire(import.meta.url);
  return readOnlyDisk(dirname(require.resolve('@expo-google-fonts/noto-serif-sc/package.json')));
}
