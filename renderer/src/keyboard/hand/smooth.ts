import type { Point, Stroke } from '../../parts/ink.ts';

/** How many of the places to each side a place is averaged with. */
const NEIGHBOURS = 2;

/** How long a stroke is. */
export function lengthOf(stroke: Stroke): number {
  let length = 0;
  for (let at = 1; at < stroke.length; at += 1) {
    const [from, to] = [stroke[at - 1], stroke[at]];
    if (from !== undefined && to !== undefined) length += distance(from, to);
  }
  return length;
}

/** `pieces` + 1 points, equally far apart along the stroke; its first and last point stay. */
export function pointsAlong(stroke: Stroke, pieces: number): Stroke {
  const [first, last] = [stroke[0], stroke.at(-1)];
  if (first === undefined || last === undefined) return [];
  const step = lengthOf(stroke) / pieces;
  const points: Point[] = [first];
  let [here, gone] = [first, 0];
  for (let at = 1; at < stroke.length && points.length < pieces; ) {
    const next = stroke[at] ?? last;
    const far = distance(here, next);
    if (gone + far < step) {
      [here, gone, at] = [next, gone + far, at + 1];
    } else {
      const share = far === 0 ? 1 : (step - gone) / far;
      here = { x: here.x + (next.x - here.x) * share, y: here.y + (next.y - here.y) * share };
      gone = 0;
      points.push(here);
    }
  }
  while (points.length <= pieces) points.push(last);
  return points;
}

/** The stroke without its tremble: what swings within `reach` is averaged away, the ends stay. */
export function smoothed(stroke: Stroke, reach: number): Stroke {
  const length = lengthOf(stroke);
  if (length === 0) return stroke.slice(0, 1);
  const points = pointsAlong(stroke, Math.max(2, Math.ceil((length / reach) * NEIGHBOURS)));
  return points.map((_, at) => {
    const sides = Math.min(NEIGHBOURS, at, points.length - 1 - at);
    let [x, y] = [0, 0];
    for (let near = at - sides; near <= at + sides; near += 1) {
      x += points[near]?.x ?? 0;
      y += points[near]?.y ?? 0;
    }
    return { x: x / (2 * sides + 1), y: y / (2 * sides + 1) };
  });
}

function distance(one: Point, other: Point): number {
  return Math.hypot(other.x - one.x, other.y - one.y);
}
