/** What runs, as this process finds it at its start. */
import { basename, dirname } from 'node:path';
import { toHex } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import { readOnlyDisk } from '../../base/node/disk.ts';

const { electron, node } = process.versions;

/** The runtime's name and version, and the system below it. */
export const RUNTIME = `${electron ? `electron ${electron}` : `node ${node}`} ${process.platform} ${process.arch}`;

/** The beginning of the SHA-256 of the program's own file, in hex; null where it cannot be read. */
export function hashOfProgram(crypto: Pick<Crypto, 'sha256'>): string | null {
  const [, path] = process.argv;
  if (path === undefined) return null;
  const file = readOnlyDisk(dirname(path)).read(basename(path));
  return file.ok ? toHex(crypto.sha256(file.value).subarray(0, 8)) : null;
}
