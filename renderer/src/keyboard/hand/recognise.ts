import type { Stroke } from '../../parts/ink.ts';
import { pathDistance, shapeDistance } from './distance.ts';
import { type HandTable, readStrokes } from './hand-table.ts';
import { OUTLINE, outlineInto } from './outline.ts';
import { type Trace, traceOf } from './trace.ts';

/** A table made ready to be compared with. */
export interface HandIndex {
  /** The commonest first. */
  readonly characters: readonly string[];
  readonly strokes: readonly string[];
  /** The outline of each character, one after another. */
  readonly outlines: Float32Array;
  /** The trace of each that is ready. */
  readonly traces: Trace[];
}

/** How many characters that look alike at a glance are looked at closely. */
const LOOKED_AT = 40;
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
    outlines: new Float32Array(characters.length * OUTLINE),
    traces: [],
  };
}

/** Makes the characters from `from` to before `to` ready, so that a screen need not stand still for all at once. */
export function indexSome(index: HandIndex, from: number, to: number): void {
  index.strokes.slice(from, to).forEach((written, at) => {
    const trace = traceOf(readStrokes(written));
    if (trace === null) throw new Error('broken invariant: a character without strokes');
    outlineInto(trace, index.outlines, (from + at) * OUTLINE);
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
  const outline = new Float32Array(OUTLINE);
  outlineInto(drawn, outline, 0);
  const inked = Uint16Array.from(outline.keys()).filter((part) => (outline[part] ?? 0) > 0);
  return Float32Array.from(characters, (_, at) => {
    let sum = 0;
    for (const part of inked) sum += (outline[part] ?? 0) * (outlines[at * OUTLINE + part] ?? 0);
    return sum;
  });
}

function mostAlike(alike: Float32Array): readonly number[] {
  const least = alike.toSorted().at(-LOOKED_AT) ?? 0;
  return [...alike.keys()].filter((at) => (alike[at] ?? 0) >= least);
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
