import type { Stroke } from '../../parts/ink.ts';
import { pathDistance, shapeDistance } from './distance.ts';
import { type HandTable, readStrokes } from './hand-table.ts';
import { inkedOf, inSteps, likeness, OUTLINE, outlineOf } from './outline.ts';
import { type Trace, traceOf } from './trace.ts';

/** A table made ready to be compared with. */
export interface HandIndex {
  /** The commonest first. */
  readonly characters: readonly string[];
  readonly strokes: readonly string[];
  /** The outline of each character in steps, one after another. */
  readonly outlines: Uint8Array;
  /** The trace of each that is ready. */
  readonly traces: Trace[];
}

/** How many characters that look alike at a glance are looked at closely. */
const LOOKED_AT = 48;
/** What each difference counts; the glance counts 1. */
const COUNTS = { shape: 2.5, path: 2.5, rarer: 0.02, strokes: 0.01 };
/** Strokes in another order make a long way round, which says no more than this. */
const LONGEST_WAY = 0.2;
/** So many of the commonest characters count as equally common. */
const COMMON = 100;
/** A stroke more or less says nothing. */
const STROKES_OFF = 1;

/** An index of no character yet, with room for all of them: `indexSome` fills it. */
export function emptyIndex(table: HandTable): HandIndex {
  const characters = [...table.characters];
  return {
    characters,
    strokes: table.strokes,
    outlines: new Uint8Array(characters.length * OUTLINE),
    traces: [],
  };
}

/** Makes the characters from `from` to before `to` ready, so that a screen need not stand still for all at once. */
export function indexSome(index: HandIndex, from: number, to: number): void {
  index.strokes.slice(from, to).forEach((written, at) => {
    const trace = traceOf(readStrokes(written));
    if (trace === null) throw new Error('broken invariant: a character without strokes');
    index.outlines.set(inSteps(outlineOf(trace)), (from + at) * OUTLINE);
    index.traces[from + at] = trace;
  });
}

/** The characters the ink may stand for, likeliest first; none when nothing was drawn. */
export function recognise(index: HandIndex, ink: readonly Stroke[], most: number): readonly string[] {
  const drawn = traceOf(ink);
  if (drawn === null) return [];
  const alike = likenesses(index, drawn);
  const found = mostAlike(alike).map((at) => ({ at, off: differenceOf(index, at, drawn, alike[at] ?? 0) }));
  return found
    .sort((one, other) => one.off - other.off)
    .slice(0, most)
    .map(({ at }) => index.characters[at] ?? '');
}

/** How alike every character is at a glance: 1 is the same. */
function likenesses({ characters, outlines }: HandIndex, drawn: Trace): Float32Array {
  const outline = inkedOf(outlineOf(drawn));
  const alike = new Float32Array(characters.length);
  for (let at = 0; at < alike.length; at += 1) alike[at] = likeness(outline, outlines, at * OUTLINE);
  return alike;
}

function mostAlike(alike: Float32Array): readonly number[] {
  const least = alike.toSorted().at(-LOOKED_AT) ?? 0;
  const found: number[] = [];
  for (let at = 0; at < alike.length; at += 1) {
    if ((alike[at] ?? 0) >= least) found.push(at);
  }
  return found;
}

function differenceOf(index: HandIndex, at: number, drawn: Trace, alike: number): number {
  const copybook = index.traces[at];
  if (copybook === undefined) return Number.POSITIVE_INFINITY;
  const strokesOff = Math.max(0, Math.abs(drawn.strokes - copybook.strokes) - STROKES_OFF);
  return (
    1 -
    alike +
    COUNTS.shape * shapeDistance(drawn, copybook) +
    COUNTS.path * Math.min(LONGEST_WAY, pathDistance(drawn, copybook)) +
    COUNTS.rarer * Math.log10(1 + at / COMMON) +
    COUNTS.strokes * strokesOff
  );
}
