import { concat, utf8 } from '../../base/bytes.ts';

/** What stands on a test page. */
export interface TestPage {
  /** The cabinet's name in Latin letters; others come out as question marks, for no printer's own fonts have them. */
  readonly cabinetName: string;
  /** When it is printed, as it should be read: `2026-03-01 09:30`. */
  readonly printedAt: string;
}

/** A4 in points of 1/72 inch. */
const A4 = { width: 595, height: 842 } as const;
const MARGIN = 28;

/**
 * One clean A4 page as a PDF of under 2 KB, to see whether a printer prints: a frame near the edges, grey bars, and
 * words in Helvetica, which every PDF reader has of its own (ISO 32000-1 §9.6.2.2).
 */
export function createTestPage({ cabinetName, printedAt }: TestPage): Uint8Array {
  const content = [
    `1.5 w ${MARGIN} ${MARGIN} ${A4.width - 2 * MARGIN} ${A4.height - 2 * MARGIN} re S`,
    words(72, 742, 30, 'Yizhan - printer test page'),
    words(72, 700, 16, cabinetName),
    words(72, 674, 16, printedAt),
    words(72, 620, 12, 'Is the frame whole, is every line sharp, do the bars go from black to light?'),
    ...[0, 0.25, 0.5, 0.75, 0.9].map((grey, index) => `${grey} g ${72 + index * 90} 540 80 50 re f`),
    '0 g',
    ...[0.25, 0.5, 1, 2].map(
      (width, index) => `${width} w 72 ${500 - index * 12} m 523 ${500 - index * 12} l S`,
    ),
    words(72, 60, 10, 'Nothing of anybody stands on this page.'),
  ].join('\n');
  return joinPdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${A4.width} ${A4.height}] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ]);
}

/** Words at a place from the lower left corner, in points. */
function words(x: number, y: number, size: number, text: string): string {
  const ascii = text.replace(/[^ -~]/gu, '?').replace(/[\\()]/g, (character) => `\\${character}`);
  return `BT /F1 ${size} Tf ${x} ${y} Td (${ascii}) Tj ET`;
}

/** A PDF of these objects, the first being its root; ASCII throughout, so that a character is a byte. */
function joinPdf(objects: readonly string[]): Uint8Array {
  const parts = ['%PDF-1.4\n', ...objects.map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`)];
  const offsets: number[] = [];
  let length = 0;
  for (const part of parts) {
    offsets.push(length);
    length += part.length;
  }
  const rows = offsets.slice(1).map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${rows.join('')}`;
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF\n`;
  return concat(...[...parts, table, trailer].map(utf8));
}
