/** A sample's memory: lines of JSON in the order they came, on disk where there is one. */
import { utf8 } from '../../../base/bytes.ts';
import type { Disk } from '../../../base/disk.ts';
import { invariant } from '../../../base/result.ts';

/** What a sample remembers. */
export interface Lines<T> {
  all(): readonly T[];
  add(line: T): void;
}

/** The lines of that file; null keeps them in memory. A line cut short by a crash was never answered, and is left out. */
export function openLines<T>(disk: Disk | null, file: string): Lines<T> {
  const read = disk?.read(file);
  const text = read?.ok ? new TextDecoder().decode(read.value) : '';
  const lines = text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as T);
  return {
    all: () => lines,
    add(line) {
      const written = disk?.appendDurably(file, utf8(`${JSON.stringify(line)}\n`));
      invariant(written === undefined || written.ok, 'a sample can write its lines');
      lines.push(line);
    },
  };
}
