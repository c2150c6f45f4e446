/**
 * What the screens' page tells whoever watches it, again and again: that its event loop turns, that what it draws
 * comes to the glass, and how much memory its scripts hold. Nothing of what it shows.
 */

/** One beat. */
export interface ScreenBeat {
  /** Frames that came of those the page asked for, one a beat: it stands still when no more come. */
  readonly frames: number;
  /** Whether the page counts as visible; what is not visible draws nothing. */
  readonly isVisible: boolean;
  /** Held by the page's scripts, in bytes; null where the browser does not say. */
  readonly heapBytes: number | null;
  /** Whether nobody stands there, as far as the page shows: it may be drawn anew unseen. */
  readonly isVacant: boolean;
}

/** How often the page says so. */
export const BEAT_EVERY_MS = 1_000;

/** A beat is short. */
export const MAX_BEAT_BYTES = 256;

/** The beat that a message says; `undefined` for anything else. */
export function findScreenBeat(said: unknown): ScreenBeat | undefined {
  if (typeof said !== 'object' || said === null) return undefined;
  const { frames, isVisible, heapBytes, isVacant } = said as Record<string, unknown>;
  if (!isCount(frames) || typeof isVisible !== 'boolean' || typeof isVacant !== 'boolean') return undefined;
  if (heapBytes !== null && !isCount(heapBytes)) return undefined;
  return { frames, isVisible, heapBytes, isVacant };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
