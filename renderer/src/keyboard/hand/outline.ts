import type { Trace } from './trace.ts';

/** Cells of the square each way, and ways a pen can go. */
const CELLS = 8;
const WAYS = 8;

/** How many numbers an outline has. */
export const OUTLINE = CELLS * CELLS * WAYS;

/**
 * A character at a glance: how much ink goes which way in which part of the square, whatever the order and number
 * of its strokes. Ink between two cells or two ways counts for both. Written into `into` from `at`; of length 1,
 * so that the product of two outlines says how alike they are (1 is the same).
 */
export function outlineInto(trace: Trace, into: Float32Array, at: number): void {
  for (let step = 0; step < trace.count; step += 1) {
    const column = ((trace.x[step] ?? 0) + 0.5) * CELLS - 0.5;
    const row = ((trace.y[step] ?? 0) + 0.5) * CELLS - 0.5;
    const way = (Math.atan2(trace.dy[step] ?? 0, trace.dx[step] ?? 0) / (2 * Math.PI) + 1) * WAYS;
    const weight = trace.weight[step] ?? 0;
    for (let corner = 0; corner < 8; corner += 1) {
      const [toColumn, toRow, toWay] = [corner & 1, (corner >> 1) & 1, corner >> 2];
      const x = clamp(Math.floor(column) + toColumn);
      const y = clamp(Math.floor(row) + toRow);
      const share = near(column, toColumn) * near(row, toRow) * near(way, toWay);
      const cell = at + (y * CELLS + x) * WAYS + ((Math.floor(way) + toWay) % WAYS);
      into[cell] = (into[cell] ?? 0) + weight * share;
    }
  }
  let square = 0;
  for (let each = at; each < at + OUTLINE; each += 1) {
    const root = Math.sqrt(into[each] ?? 0);
    into[each] = root;
    square += root * root;
  }
  const scale = 1 / Math.sqrt(square || 1);
  for (let each = at; each < at + OUTLINE; each += 1) into[each] = (into[each] ?? 0) * scale;
}

function near(place: number, upper: number): number {
  const part = place - Math.floor(place);
  return upper === 1 ? part : 1 - part;
}

function clamp(cell: number): number {
  return Math.min(CELLS - 1, Math.max(0, cell));
}
