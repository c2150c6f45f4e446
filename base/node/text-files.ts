import { readdirSync, readFileSync } from 'node:fs';

/** The texts of the files in `folder` whose names end in `suffix`, by name. Throws when it cannot be read. */
export function readTextFiles(folder: URL, suffix: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder).filter((name) => name.endsWith(suffix));
  return Object.fromEntries(names.map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]));
}
