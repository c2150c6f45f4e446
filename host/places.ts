/** Where this software's own files lie, run from its sources or from its bundles. */
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** The bundled programs; this very one is among them, or runs from its source. */
export const PROGRAMS_FOLDER = import.meta.filename.endsWith('.ts')
  ? join(ROOT, 'dist', 'programs')
  : import.meta.dirname;

/** The built screens, beside the bundled programs. */
export const SCREENS_FOLDER = join(PROGRAMS_FOLDER, '..', 'screen');

/** The beginning of a program of the sources, given from their root. */
export function sourceOf(entry: string): string {
  return join(ROOT, entry);
}
