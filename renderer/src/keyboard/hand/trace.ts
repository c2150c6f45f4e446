import type { Stroke } from '../../parts/ink.ts';
import { lengthOf, pointsAlong, smoothed } from './smooth.ts';

/**
 * Ink made comparable: small steps of equal length along the strokes, centred on their middle and brought to one
 * size, so that neither where nor how large one wrote counts.
 */
export interface Trace {
  /** How many steps there are. */
  readonly count: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Which way the pen went, of length 1. */
  readonly dx: Float32Array;
  readonly dy: Float32Array;
  /** 1 where ink was left, less where the pen went from one stroke to the next. */
  readonly weight: Float32Array;
  /** How often the pen came down. */
  readonly strokes: number;
}

/** About how many steps a character's ink is cut into. */
const STEPS = 40;
/** A tremble is within this share of the whole. */
const TREMBLE = 0.08;
/** How much the way between two strokes counts: whoever joins strokes leaves ink there. */
const IN_THE_AIR = 0.25;
/** What the spread of ink (one standard deviation) is brought to, of a square of side 1. */
const SPREAD = 0.24;
/** The smaller spread is taken for no less, of the larger: a single flat stroke is not blown up to a square. */
const FLATTEST = 0.5;

interface Step {
  readonly x: number;
  readonly y: number;
  readonly wide: number;
  readonly high: number;
  readonly weight: number;
}

/** The trace of some strokes; null where nothing was drawn. */
export function traceOf(strokes: readonly Stroke[]): Trace | null {
  const drawn = strokes.filter((stroke) => stroke.length > 0);
  const reach = TREMBLE * sizeOf(drawn);
  const calm = drawn.map((stroke) => smoothed(stroke, reach));
  const step = Math.max(1e-3, calm.reduce((sum, stroke) => sum + lengthOf(stroke), 0) / STEPS);
  const steps: Step[] = [];
  calm.forEach((stroke, at) => {
    const [from, to] = [calm[at - 1]?.at(-1), stroke[0]];
    if (from !== undefined && to !== undefined) walk([from, to], step, IN_THE_AIR, steps);
    walk(stroke, step, 1, steps);
  });
  return steps.length === 0 ? null : normalised(steps, drawn.length);
}

function sizeOf(strokes: readonly Stroke[]): number {
  const [x, y] = [
    strokes.flatMap((each) => each.map((at) => at.x)),
    strokes.flatMap((each) => each.map((at) => at.y)),
  ];
  return Math.max(Math.max(...x) - Math.min(...x), Math.max(...y) - Math.min(...y), 0.01);
}

/** Adds the pieces of a stroke. A dot goes a little down to the right, as dots are written. */
function walk(stroke: Stroke, step: number, weight: number, steps: Step[]): void {
  const length = lengthOf(stroke);
  const [start] = stroke;
  if (start === undefined) return;
  if (length < step / 4) {
    if (weight === 1) steps.push({ ...start, wide: step / 4, high: step / 4, weight });
    return;
  }
  const points = pointsAlong(stroke, Math.max(1, Math.round(length / step)));
  points.slice(1).forEach((to, at) => {
    const from = points[at] ?? to;
    const [wide, high] = [to.x - from.x, to.y - from.y];
    steps.push({ x: from.x + wide / 2, y: from.y + high / 2, wide, high, weight });
  });
}

function normalised(steps: readonly Step[], strokes: number): Trace {
  const inked = steps.filter(({ weight }) => weight === 1);
  const [meanX, spreadX] = middleOf(inked.map(({ x }) => x));
  const [meanY, spreadY] = middleOf(inked.map(({ y }) => y));
  const least = Math.max(1e-3, FLATTEST * Math.max(spreadX, spreadY));
  const [scaleX, scaleY] = [SPREAD / Math.max(least, spreadX), SPREAD / Math.max(least, spreadY)];
  const lengths = steps.map(({ wide, high }) => Math.hypot(wide * scaleX, high * scaleY) || 1);
  return {
    count: steps.length,
    x: new Float32Array(steps.map(({ x }) => (x - meanX) * scaleX)),
    y: new Float32Array(steps.map(({ y }) => (y - meanY) * scaleY)),
    dx: new Float32Array(steps.map(({ wide }, at) => (wide * scaleX) / (lengths[at] ?? 1))),
    dy: new Float32Array(steps.map(({ high }, at) => (high * scaleY) / (lengths[at] ?? 1))),
    weight: new Float32Array(steps.map(({ weight }) => weight)),
    strokes,
  };
}

/** Mean and standard deviation. */
function middleOf(values: readonly number[]): readonly [number, number] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return [mean, Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)];
}
