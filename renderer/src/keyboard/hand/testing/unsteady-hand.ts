import type { Point, Stroke } from '../../../parts/ink.ts';
import { lengthOf } from '../smooth.ts';

/** How a hand differs from the copybook. Lengths are in millimetres on a square of `SQUARE_MM`. */
export interface Hand {
  /** How far the pen trembles beside its way (one standard deviation). */
  readonly tremorMm: number;
  /** How far a whole stroke stands beside its place (one standard deviation). */
  readonly strayMm: number;
  /** How far the writing leans, at most (sideways per height). */
  readonly slant: number;
  /** How far it is turned, at most, in radians. */
  readonly turn: number;
  /** How much the parts of a character grow or shrink, at most. */
  readonly uneven: number;
  /** How likely a stroke runs into the next, a stroke is written before its turn, the smallest one is missing, a hook is left out. */
  readonly joins: number;
  readonly swaps: number;
  readonly misses: number;
  readonly unhooks: number;
}

/** The side of the writing square, in millimetres. */
const SQUARE_MM = 100;
/** How far apart a finger is felt. */
const SAMPLE_MM = 2;
/** One tremble back and forth, in millimetres of way. */
const TREMBLE_MM = 9;

/** An old hand: trembling, slanted, strokes run together, out of order, or left out. */
export const OLD_HAND: Hand = {
  tremorMm: 1.5,
  strayMm: 2.5,
  slant: 0.2,
  turn: 0.12,
  uneven: 0.15,
  joins: 0.2,
  swaps: 0.25,
  misses: 0.1,
  unhooks: 0.4,
};

/** The same hand in a hurry: half of the strokes run together, most are out of order, many are left out. */
export const HURRIED_HAND: Hand = {
  ...OLD_HAND,
  tremorMm: 2,
  strayMm: 3.5,
  slant: 0.3,
  joins: 0.45,
  swaps: 0.6,
  misses: 0.25,
};

/** Numbers from 0 to below 1, the same for the same seed. */
export function seededChance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const mixed = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
    return ((mixed ^ (mixed >>> 13)) >>> 0) / 0x1_0000_0000;
  };
}

/** Writes a character, given as in the copybook, by a hand; `chance` gives numbers from 0 to below 1. */
export function writeWith(hand: Hand, copybook: readonly Stroke[], chance: () => number): readonly Stroke[] {
  const normal = () => Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
  const between = (most: number) => (chance() * 2 - 1) * most;
  const warp = warpOf(hand, between, chance);
  const ordered = inOwnOrder(leftOut(hand, copybook, chance), hand, chance);
  const written = ordered.map((stroke) => {
    const [right, down] = [(normal() * hand.strayMm) / SQUARE_MM, (normal() * hand.strayMm) / SQUARE_MM];
    const grown = 1 + normal() * 0.08;
    const plain = chance() < hand.unhooks ? withoutHook(stroke) : stroke;
    const middle = plain[plain.length >> 1] ?? { x: 0, y: 0 };
    return plain.map(({ x, y }) =>
      warp({ x: middle.x + (x - middle.x) * grown + right, y: middle.y + (y - middle.y) * grown + down }),
    );
  });
  return joined(written, hand, chance).map((stroke) => trembling(stroke, hand, normal, chance));
}

function warpOf(hand: Hand, between: (most: number) => number, chance: () => number) {
  const [bendX, bendY] = [between(hand.uneven * 2), between(hand.uneven * 2)];
  const [slant, turn] = [between(hand.slant), between(hand.turn)];
  const [wide, high] = [0.55 + 0.4 * chance(), 0.55 + 0.4 * chance()];
  const [right, down] = [(1 - wide) * chance(), (1 - high) * chance()];
  return ({ x, y }: Point): Point => {
    const [u, v] = [x + bendX * x * (1 - x) - 0.5, y + bendY * y * (1 - y) - 0.5];
    const [s, t] = [u * Math.cos(turn) - v * Math.sin(turn), u * Math.sin(turn) + v * Math.cos(turn)];
    return { x: (s - slant * t + 0.5) * wide + right, y: (t + 0.5) * high + down };
  };
}

function leftOut(hand: Hand, strokes: readonly Stroke[], chance: () => number): readonly Stroke[] {
  if (strokes.length < 4 || chance() >= hand.misses) return strokes;
  const lengths = strokes.map(lengthOf);
  const smallest = lengths.indexOf(Math.min(...lengths));
  return strokes.filter((_, at) => at !== smallest);
}

function inOwnOrder(strokes: readonly Stroke[], hand: Hand, chance: () => number): readonly Stroke[] {
  if (strokes.length < 2 || chance() >= hand.swaps) return strokes;
  const at = Math.floor(chance() * (strokes.length - 1));
  const [one, other] = [strokes[at], strokes[at + 1]];
  if (one === undefined || other === undefined) return strokes;
  return [...strokes.slice(0, at), other, one, ...strokes.slice(at + 2)];
}

function withoutHook(stroke: Stroke): Stroke {
  if (stroke.length < 3) return stroke;
  const hook = lengthOf(stroke.slice(-2));
  return hook < lengthOf(stroke) / 4 ? stroke.slice(0, -1) : stroke;
}

function joined(strokes: readonly Stroke[], hand: Hand, chance: () => number): readonly Stroke[] {
  const runs: Stroke[] = [];
  for (const stroke of strokes) {
    const before = runs.at(-1);
    if (before !== undefined && chance() < hand.joins) runs[runs.length - 1] = [...before, ...stroke];
    else runs.push(stroke);
  }
  return runs;
}

/** The stroke as a finger is felt along it, trembling. */
function trembling(stroke: Stroke, hand: Hand, normal: () => number, chance: () => number): Stroke {
  const felt: Point[] = [];
  const phase = chance() * 2 * Math.PI;
  let gone = 0;
  const shake = (at: Point, way: Point): Point => {
    const swing = Math.SQRT2 * Math.sin((gone / TREMBLE_MM) * 2 * Math.PI + phase);
    const aside = ((swing + normal() * 0.3) * hand.tremorMm) / SQUARE_MM;
    return { x: at.x - way.y * aside, y: at.y + way.x * aside };
  };
  stroke.forEach((to, index) => {
    const from = stroke[index - 1];
    if (from === undefined) return;
    const lengthMm = Math.hypot(to.x - from.x, to.y - from.y) * SQUARE_MM;
    const samples = Math.max(1, Math.round(lengthMm / SAMPLE_MM));
    const unit = lengthMm === 0 ? 1 : lengthMm / SQUARE_MM;
    const way = { x: (to.x - from.x) / unit, y: (to.y - from.y) / unit };
    for (let sample = 0; sample < samples; sample += 1) {
      const share = sample / samples;
      felt.push(shake({ x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }, way));
      gone += lengthMm / samples;
    }
    if (index === stroke.length - 1) felt.push(shake(to, way));
  });
  return felt;
}
