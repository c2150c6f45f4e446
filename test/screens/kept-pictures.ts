/**
 * What every drawn page looked like when somebody last looked at it and found it good, so that no page changes
 * unseen. A picture is kept as greys of a coarse grid: enough to see that a line moved or a colour turned, and
 * coarse enough not to mind how a browser's release draws the edge of a letter.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A grid of greys from 0 (black) to 15 (white), row by row. */
export type Greys = readonly number[];

export const COLUMNS = 18;
export const ROWS = 32;

/** A cell may be lighter or darker by this many steps of fifteen before it counts as changed. */
const CELL_SLACK = 1;
/** So many cells of 576 may be changed: a clock's minute, the edge of one key. */
const CHANGED_SLACK = 6;

const folder = join(import.meta.dirname, 'kept');

/** How many cells differ by more than a browser's own way of drawing does. */
export function countChanged(kept: Greys, now: Greys): number {
  if (kept.length !== now.length) return Math.max(kept.length, now.length);
  return kept.filter((grey, at) => Math.abs(grey - (now[at] ?? 0)) > CELL_SLACK).length;
}

/** Whether two pictures are the same to a person's eye. */
export function isSame(kept: Greys, now: Greys): boolean {
  return countChanged(kept, now) <= CHANGED_SLACK;
}

/** The pictures of one view, by the name of the state; empty where none is kept. */
export function readKept(view: string): ReadonlyMap<string, Greys> {
  const path = join(folder, `${view}.txt`);
  if (!existsSync(path)) return new Map();
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  return new Map(
    lines.map((line) => {
      const [state = '', greys = ''] = line.split(' ');
      return [state, unpack(greys)];
    }),
  );
}

/** Keeps the pictures of one view from now on. */
export function keep(view: string, pictures: ReadonlyMap<string, Greys>): void {
  mkdirSync(folder, { recursive: true });
  const lines = [...pictures].map(([state, greys]) => `${state} ${pack(greys)}\n`);
  writeFileSync(join(folder, `${view}.txt`), lines.join(''));
}

/** Two greys a byte, the bytes in base64. */
export function pack(greys: Greys): string {
  const bytes = Buffer.alloc(Math.ceil(greys.length / 2));
  for (const [at, grey] of greys.entries())
    bytes[at >> 1] = (bytes[at >> 1] ?? 0) | (grey << (at % 2 === 0 ? 4 : 0));
  return bytes.toString('base64');
}

/** What was packed. */
export function unpack(packed: string): Greys {
  return [...Buffer.from(packed, 'base64')].flatMap((byte) => [byte >> 4, byte & 15]);
}
