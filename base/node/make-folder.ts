import { mkdirSync } from 'node:fs';

/** Makes a folder for this user alone, and those above it. Throws when it cannot be made. */
export function makeFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
}
