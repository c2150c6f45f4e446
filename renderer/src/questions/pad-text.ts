/** A key of a number pad. */
export type PadKey = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | 'X' | 'erase' | 'clear';

/** What a text of at most `max` characters becomes when a key is pressed. `X` counts only as the last of 18. */
export function pressPad(text: string, key: PadKey, max: number): string {
  if (key === 'erase') return text.slice(0, -1);
  if (key === 'clear') return '';
  if (text.length >= max) return text;
  if (key === 'X' && text.length !== max - 1) return text;
  return text + key;
}

/** What a number becomes when a key is pressed; it takes as many digits as `max` has, and nothing when erased. */
export function pressNumber(value: number | null, key: PadKey, max: number): number | null {
  if (key === 'clear') return null;
  const text = value === null ? '' : String(value);
  const next = key === 'X' ? text : pressPad(text === '0' ? '' : text, key, String(max).length);
  return next === '' ? null : Number(next);
}

/** One step up or down, within the limits; from nothing the first step is the least. */
export function stepNumber(value: number | null, by: 1 | -1, min: number, max: number): number {
  if (value === null) return min;
  return Math.min(max, Math.max(min, value + by));
}

/** The cells of a number to be filled, in groups: a character, or nothing yet. */
export function cellsOf(text: string, groups: readonly number[]): readonly (readonly (string | null)[])[] {
  let at = 0;
  return groups.map((size) => {
    const cells = Array.from({ length: size }, (_, index) => text[at + index] ?? null);
    at += size;
    return cells;
  });
}
