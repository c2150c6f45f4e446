import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';

/** The forms in which a word could lie in a file. */
function formsOf(word: string): readonly { readonly form: string; readonly bytes: Buffer }[] {
  const utf8 = Buffer.from(word, 'utf8');
  return [
    { form: 'UTF-8', bytes: utf8 },
    { form: 'UTF-16LE', bytes: Buffer.from(word, 'utf16le') },
    { form: 'GB18030', bytes: iconv.encode(word, 'gb18030') },
    { form: 'hex', bytes: Buffer.from(utf8.toString('hex')) },
    // Base64 of a word inside other text begins at any of three places: the middle of each is certain.
    ...[0, 1, 2].map((shift) => ({
      form: 'base64',
      bytes: Buffer.from(
        Buffer.concat([Buffer.alloc(shift), utf8])
          .toString('base64')
          .slice(shift === 0 ? 0 : 4, -4),
      ),
    })),
    // Anything shorter lies in sealed bytes by chance.
  ].filter(({ bytes }) => bytes.length >= 6);
}

/** What plays the hardware is told whose phones and cards it plays, and is in no village. */
const OF_THE_SIMULATOR = 'simulator.json';

/** Where any of the words lies in any file below the folders, in any form: `file: word as form`. */
export function findLeaks(folders: readonly string[], words: readonly string[]): readonly string[] {
  const needles = words.flatMap((word) => formsOf(word).map((form) => ({ word, ...form })));
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== OF_THE_SIMULATOR)
      .flatMap((entry) => {
        const path = join(entry.parentPath, entry.name);
        const content = readFileSync(path);
        return needles
          .filter(({ bytes }) => content.includes(bytes))
          .map(({ word, form }) => `${path}: ${word} as ${form}`);
      }),
  );
}
