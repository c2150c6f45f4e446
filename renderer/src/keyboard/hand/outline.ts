import type { Trace } from './trace.ts';

/** Cells of the square each way, and ways a pen can go. */
const CELLS = 8;
const WAYS = 8;
/** What 1 is in steps; no part of a character has even a third of it. */
const STEPS = 500;

/** How many numbers an outline has. */
export const OUTLINE = CELLS * CELLS * WAYS;

/**
 * A character at a glance: how much ink goes which way in which part of the square, whatever the order and number
 * of its strokes. Ink between two cells or two ways counts for both. Of length 1, so that the
 * product of two outlines says how alike they are (1 is the same).
 */
export function outlineOf(trace: Trace): Float32Array {
  const into = new Float32Array(OUTLINE);
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
      const cell = (y * CELLS + x) * WAYS + ((Math.floor(way) + toWay) % WAYS);
      into[cell] = (into[cell] ?? 0) + weight * share;
    }
  }
  const roots = into.map(Math.sqrt);
  const length = Math.sqrt(roots.reduce((sum, root) => sum + root * root, 0)) || 1;
  return roots.map((root) => root / length);
}

/** An outline in whole numbers: a quarter of the room, and as much faster to compare. */
export function inSteps(outline: Float32Array): Uint8Array {
  return new Uint8Array(outline.map((part) => Math.min(255, Math.round(part * STEPS))));
}

/** How alike an outline is to the one that begins at `at` among many in steps: about 1 where they are the same. */
export function likeness(outline: Inked, steps: Uint8Array, at: number): number {
  const { parts, amounts } = outline;
  let sum = 0;
  for (let each = 0; each < parts.length; each += 1) {
    sum += (amounts[each] ?? 0) * (steps[at + (parts[each] ?? 0)] ?? 0);
  }
  return sum / STEPS;
}

/** The parts of an outline that have ink: the others say nothing. */
export interface Inked {
  readonly parts: Uint16Array;
  readonly amounts: Float32Array;
}

/** Where an outline has ink, and how much. */
export function inkedOf(outline: Float32Array): Inked {
  const parts = Uint16Array.from(outline.keys()).filter((part) => (outline[part] ?? 0) > 0);
  return { parts, amounts: new Float32Array([...parts].map((part) => outline[part] ?? 0)) };
}

function near(place: number, upper: number): number {
  const part = place - Math.floor(place);
  return upper === 1 ? part : 1 - part;
}

function clamp(cell: number): number {
  return Math.min(CELLS - 1, Math.max(0, cell));
}
