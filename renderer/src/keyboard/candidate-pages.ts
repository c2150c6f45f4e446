/** Columns of the candidate rows; the last two cells of the last row turn the page. */
const COLUMNS = 7;
const TURNING_CELLS = 2;

/** How many columns a candidate takes. */
export function columnsOf(text: string): number {
  const length = [...text].length;
  if (length === 1) return 1;
  return length <= 4 ? 2 : 3;
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
      if (rows.length === 0 || rows.length === 2) {
        rows = [[]];
        pages.push(rows);
        room = COLUMNS;
      } else {
        rows.push([]);
        room = COLUMNS - TURNING_CELLS;
      }
    }
    rows.at(-1)?.push(candidate);
    room -= columns;
  }
  return pages;
}
