/** What runs, as this process finds it at its start. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The runtime's name and version, and the system below it. */
export const RUNTIME = `${process.versions.electron ? 'electron' : 'node'} ${process.versions.electron ?? process.versions.node} ${process.platform} ${process.arch}`;

/** The beginning of the SHA-256 of the program's own file, in hex; null where it cannot be read. */
export const PROGRAM_HASH = hashOf(process.argv[1]);

function hashOf(path: string | undefined): string | null {
  try {
    return path === undefined
      ? null
      : createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16);
  } catch {
    return null;
  }
}
