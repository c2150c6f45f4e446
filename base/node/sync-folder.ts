import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Makes the names in a folder outlive a power cut. */
export function syncFolder(folder: string): void {
  sync(folder);
}

/** Makes what another library wrote into a file outlive a power cut. */
export function syncFile(path: string): void {
  sync(path);
}

function sync(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
