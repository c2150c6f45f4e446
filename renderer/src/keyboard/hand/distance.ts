import type { Trace } from './trace.ts';

/** How far apart opposite ways are taken to be, beside places in a square of side 1. */
const OPPOSITE = 0.28;
/** Ink where the other only went through the air is so far from it, at least. */
const IN_THE_AIR = 0.1;
/** Beyond this a step has nothing to do with the other character. */
const FURTHEST = 0.35;

/** How far apart two traces lie on average, each from the nearest of the other, whatever the order of strokes. */
export function shapeDistance(one: Trace, other: Trace): number {
  return (toNearest(one, other) + toNearest(other, one)) / 2;
}

/** How far apart two traces lie on average when both are followed from beginning to end: order counts. */
export function pathDistance(one: Trace, other: Trace): number {
  let before = new Float32Array(other.count + 1).fill(Number.POSITIVE_INFINITY);
  let row = before.slice();
  before[0] = 0;
  for (let a = 0; a < one.count; a += 1) {
    row[0] = Number.POSITIVE_INFINITY;
    for (let b = 0; b < other.count; b += 1) {
      const weight = ((one.weight[a] ?? 0) + (other.weight[b] ?? 0)) / 2;
      const least = Math.min(before[b] ?? 0, before[b + 1] ?? 0, row[b] ?? 0);
      row[b + 1] = least + weight * Math.sqrt(apart(one, a, other, b));
    }
    [before, row] = [row, before];
  }
  return (before[other.count] ?? 0) / Math.max(one.count, other.count);
}

function toNearest(from: Trace, to: Trace): number {
  let [sum, inked] = [0, 0];
  for (let a = 0; a < from.count; a += 1) {
    if (from.weight[a] !== 1) continue;
    let least = FURTHEST ** 2;
    for (let b = 0; b < to.count; b += 1) {
      const air = to.weight[b] === 1 ? 0 : IN_THE_AIR ** 2;
      const distance = apart(from, a, to, b) + air;
      if (distance < least) least = distance;
    }
    sum += Math.sqrt(least);
    inked += 1;
  }
  return sum / Math.max(1, inked);
}

/** The square of how far apart two steps are, in place and in way. */
function apart(one: Trace, a: number, other: Trace, b: number): number {
  const wide = (one.x[a] ?? 0) - (other.x[b] ?? 0);
  const high = (one.y[a] ?? 0) - (other.y[b] ?? 0);
  const turned = 1 - (one.dx[a] ?? 0) * (other.dx[b] ?? 0) - (one.dy[a] ?? 0) * (other.dy[b] ?? 0);
  const way = (turned / 2) * OPPOSITE;
  return wide * wide + high * high + way * way;
}
