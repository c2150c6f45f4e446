import type { Point, Stroke } from '../../parts/ink.ts';

/** How each character is written, as the file keeps it (made by `scripts/hand-table.ts`). */
export interface HandTable {
  /** Where it comes from and under which licence it may be passed on. */
  readonly notice: string;
  /** Every character, the commonest first. */
  readonly characters: string;
  /** The strokes of each, in the same order: two signs a point, a space between strokes. */
  readonly strokes: readonly string[];
}

const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The largest place a sign can say; the square is so many steps wide and high. */
export const MOST_AT = SIGNS.length - 1;

/** Strokes as the table writes them, rounded to its steps. */
export function writeStrokes(strokes: readonly Stroke[]): string {
  return strokes.map((stroke) => stroke.map(({ x, y }) => signOf(x) + signOf(y)).join('')).join(' ');
}

/** The strokes of one character of the table. */
export function readStrokes(written: string): readonly Stroke[] {
  return written.split(' ').map((stroke) => {
    const points: Point[] = [];
    for (let at = 0; at + 1 < stroke.length; at += 2) {
      points.push({ x: placeOf(stroke, at), y: placeOf(stroke, at + 1) });
    }
    return points;
  });
}

function signOf(place: number): string {
  return SIGNS[Math.round(Math.min(1, Math.max(0, place)) * MOST_AT)] ?? '';
}

function placeOf(stroke: string, at: number): number {
  return SIGNS.indexOf(stroke[at] ?? '') / MOST_AT;
}
