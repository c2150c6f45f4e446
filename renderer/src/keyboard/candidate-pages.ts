/** Columns of the candidate rows; the last two cells of the last row turn the page. */
const COLUMNS = 7;
const TURNING_CELLS = 2;

/** The longest candidate a row has room for, in characters. */
export const LONGEST_CANDIDATE = 18;

/** Longer candidates are written a little smaller. */
export const SHORT_CANDIDATE = 4;

/** How many columns a candidate takes: two for a word, and one more for every three characters after four. */
export function columnsOf(text: string): number {
  const length = [...text].length;
  if (length === 1) return 1;
  return Math.min(COLUMNS, 2 + Math.max(0, Math.ceil((length - SHORT_CANDIDATE) / 3)));
}

/**
 * Lays candidates out in pages of two rows, so that none is cut and the page keys have their place. A
 * candidate that does not fit at the end of a row begins the next.
 */
export function layOut<Each extends { readonly text: string }>(
  candidates: readonly Each[],
): readonly (readonly (readonly Each[])[])[] {
  const pages: Each[][][] = [];
  let room = 0;
  let rows: Each[][] = [];
  for (const candidate of candidates) {
    const columns = columnsOf(candidate.text);
    if (columns > room) {
      if (rows.length === 1 && columns <= COLUMNS - TURNING_CELLS) {
        rows.push([]);
        room = COLUMNS - TURNING_CELLS;
      } else {
        rows = [[]];
        pages.push(rows);
        room = COLUMNS;
      }
    }
    rows.at(-1)?.push(candidate);
    room -= columns;
  }
  return pages;
}
