/**
 * Text in the half-width columns of a Chinese slip printer (domain.md C.2): what it prints from its ASCII face
 * takes one column, everything else two.
 */

/** Marks that may not begin a line. */
const NOT_FIRST = new Set('，。、；：？！）》」』】”’%,.;:?!)');

/** Marks that may not end a line. */
const NOT_LAST = new Set('（《「『【“‘(');

/** Columns a text takes. It must hold no control characters: see {@link printable}. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += columnsOfCharacter(character);
  return columns;
}

/** The text without what a printer would take for a command; line ends become spaces. */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n|[\r\n\t\u2028\u2029]/g, ' ')
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '');
}

/**
 * Breaks a text into lines of at most `columns` columns (at least 4). ASCII words and numbers stay whole where
 * they fit on a line, closing marks do not begin one, and opening marks do not end one.
 */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line: string[] = [];
  for (const piece of piecesOf(printable(text), columns)) {
    if (widthOf([...line, piece]) > columns) {
      const carried = carriedWith(piece, line, columns);
      lines.push(
        line
          .slice(0, line.length - carried.length)
          .join('')
          .trimEnd(),
      );
      line = carried;
    }
    if (line.length > 0 || piece !== ' ' || lines.length === 0) line.push(piece);
  }
  return [...lines, line.join('').trimEnd()];
}

/** A label at the left and a value at the right of one line, or the value on lines of its own below. */
export function pairLines(label: string, value: string, columns: number): string[] {
  const left = printable(label);
  const right = printable(value);
  const gap = columns - columnsOf(left) - columnsOf(right);
  if (gap >= 1) return [left + ' '.repeat(gap) + right];
  return [...wrap(left, columns), ...wrap(right, columns - 2).map((line) => `  ${line}`)];
}

/** Pieces that are not broken: ASCII words that fit on a line, and single characters of all else. */
function piecesOf(text: string, columns: number): string[] {
  const words = text.match(/[!-~]+|[^!-~]/gu) ?? [];
  return words.flatMap((word) => (columnsOf(word) <= columns ? [word] : Array.from(word)));
}

/** The end of a line that goes down with the next piece, to keep it company: one piece, or none. */
function carriedWith(next: string, line: readonly string[], columns: number): string[] {
  const last = line.slice(-1);
  const belongs = NOT_FIRST.has(next) || last.some((piece) => NOT_LAST.has(piece));
  return belongs && line.length > 1 && widthOf([...last, next]) <= columns ? last : [];
}

function widthOf(pieces: readonly string[]): number {
  return pieces.reduce((sum, piece) => sum + columnsOf(piece), 0);
}

function columnsOfCharacter(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  return point >= 0x20 && point < 0x7f ? 1 : 2;
}
