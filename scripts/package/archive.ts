import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A file of a package, by its path inside, with forward slashes. */
export interface PackedFile {
  readonly path: string;
  readonly bytes: number;
  /** Its text. */
  read(): string;
}

/** What an archive's head says of one name: a file with its size, or a folder. */
interface Entry {
  readonly size?: number;
  /** Where it begins behind the head, in bytes; a number too large for some programs, so it is written as words. */
  readonly offset?: string;
  readonly unpacked?: boolean;
  readonly files?: Readonly<Record<string, Entry>>;
}

/** Before the head stand four numbers of four bytes; the last is how long it is. */
const NUMBERS_BYTES = 16;

/** Every file that an Electron archive (`app.asar`) names, also those that lie unpacked beside it. */
export function readArchive(archive: string): readonly PackedFile[] {
  const numbers = readPart(archive, 0, NUMBERS_BYTES);
  const head = readPart(archive, NUMBERS_BYTES, numbers.readUInt32LE(12)).toString('utf8');
  // The head ends on a whole number of four bytes.
  const bodyAt = 8 + numbers.readUInt32LE(4);
  const list = ({ files = {} }: Entry, folder: string): readonly PackedFile[] =>
    Object.entries(files).flatMap(([name, entry]) => {
      const path = `${folder}${name}`;
      if (entry.files !== undefined) return list(entry, `${path}/`);
      const { size: bytes = 0, offset = '0', unpacked = false } = entry;
      const read = () =>
        unpacked
          ? readFileSync(join(`${archive}.unpacked`, path), 'utf8')
          : readPart(archive, bodyAt + Number(offset), bytes).toString('utf8');
      return [{ path, bytes, read }];
    });
  return list(JSON.parse(head) as Entry, '');
}

function readPart(path: string, at: number, bytes: number): Buffer {
  const handle = openSync(path, 'r');
  try {
    const part = Buffer.alloc(bytes);
    readSync(handle, part, 0, bytes, at);
    return part;
  } finally {
    closeSync(handle);
  }
}

/** Every file below a folder. */
export function readFolder(folder: string): readonly PackedFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const full = join(entry.parentPath, entry.name);
      const path = full.slice(folder.length + 1).replaceAll('\\', '/');
      return { path, bytes: statSync(full).size, read: () => readFileSync(full, 'utf8') };
    });
}
