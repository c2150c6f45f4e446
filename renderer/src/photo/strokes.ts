/** A signature as it is drawn: strokes of points, and whether they are enough to be one. Pure. */
import type { Stroke } from '../parts/ink.ts';

/** How far a finger must have gone in all, in widths of the area: a touch by mistake signs nothing. */
const LEAST_TRAVEL = 0.15;

/** Whether so many strokes can be a name. */
export function isSigned(strokes: readonly Stroke[]): boolean {
  return strokes.reduce((sum, stroke) => sum + travelOf(stroke), 0) >= LEAST_TRAVEL;
}

function travelOf(stroke: Stroke): number {
  return stroke.slice(1).reduce((sum, { x, y }, index) => {
    const before = stroke[index];
    return before === undefined ? sum : sum + Math.hypot(x - before.x, y - before.y);
  }, 0);
}
