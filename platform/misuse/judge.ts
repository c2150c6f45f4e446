/**
 * Which cases make a pattern: pure, and a matter of which marks there are, not of the order in which they came.
 */
import { addDays, isoDate } from '../../base/calendar.ts';
import type { Pattern } from './patterns.ts';

/** One mark as judged, of one pattern and one `about`. */
export interface Mark {
  /** What is counted, once however often it occurs. */
  readonly other: string;
  /** By its id. */
  readonly entry: string;
  readonly atMs: number;
}

/** The cases that were judged for good, and of those the ones that make the pattern. */
export interface Judgement {
  readonly flagged: ReadonlySet<string>;
  /** Were flagged perhaps, and are not any more: what is usual turned out to be more. */
  readonly cleared: ReadonlySet<string>;
}

const NIGHT_ENDS_WITHIN_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** The night a moment belongs to, by the date of its morning. */
export function nightOf(atMs: number): string {
  return isoDate(atMs + NIGHT_ENDS_WITHIN_MS);
}

/** What one flag holds together. */
export function periodOf({ period }: Pattern, atMs: number): string {
  if (period === 'ever') return '';
  return period === 'night' ? nightOf(atMs) : isoDate(atMs);
}

/** How far from a new mark others can make a difference, or be made different by it. */
export function reachMs({ windowMs, usual }: Pattern): number {
  return usual === undefined ? windowMs : (usual.nights + 2) * DAY_MS;
}

/** When the first and the last of the new marks were made. */
export interface NewSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Judges marks; all from {@link reachMs} before the new ones to as long after them are there. */
export function judgeMarks(pattern: Pattern, marks: readonly Mark[], span: NewSpan): Judgement {
  if (pattern.usual) return unusualNights(pattern, pattern.usual, marks, span);
  return { flagged: crowded(pattern, marks), cleared: new Set() };
}

/** The cases of every window that holds too many; a mark more can only add to them. */
function crowded({ most, windowMs }: Pattern, marks: readonly Mark[]): ReadonlySet<string> {
  const inTime = [...marks].sort((a, b) => a.atMs - b.atMs);
  const flagged = new Set<string>();
  const within = new Map<string, number>();
  let to = 0;
  let added = 0;
  for (const [from, first] of inTime.entries()) {
    for (; to < inTime.length && inTime[to]!.atMs - first.atMs < windowMs; to += 1)
      within.set(inTime[to]!.other, (within.get(inTime[to]!.other) ?? 0) + 1);
    if (within.size > most)
      for (added = Math.max(added, from); added < to; added += 1) flagged.add(inTime[added]!.entry);
    const left = within.get(first.other)! - 1;
    if (left > 0) within.set(first.other, left);
    else within.delete(first.other);
  }
  return flagged;
}

/** Nights with more than is usual; those before the new ones lack part of what came before them, and are left alone. */
function unusualNights(
  { most }: Pattern,
  { nights, times }: NonNullable<Pattern['usual']>,
  marks: readonly Mark[],
  span: NewSpan,
): Judgement {
  const firstNight = nightOf(span.fromMs);
  const lastNight = addDays(nightOf(span.toMs), nights);
  const byNight = Map.groupBy(marks, ({ atMs }) => nightOf(atMs));
  const count = (night: string) => new Set(byNight.get(night)?.map(({ other }) => other)).size;
  const flagged = new Set<string>();
  const cleared = new Set<string>();
  for (const [night, within] of byNight) {
    if (night < firstNight || night > lastNight) continue;
    const before = Array.from({ length: nights }, (_, back) => count(addDays(night, -back - 1)));
    const average = before.reduce((sum, one) => sum + one, 0) / nights;
    const into = count(night) > most + times * average ? flagged : cleared;
    for (const { entry } of within) into.add(entry);
  }
  return { flagged, cleared };
}
