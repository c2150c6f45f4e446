import { encode as encodeQr } from 'uqr';
import { concat, utf8 } from '../../base/bytes.ts';
import { unreachable } from '../../base/result.ts';
import type { SlipBlock } from '../api.ts';
import { pairLines, wrap } from './columns.ts';
import { align, bold, CHINESE_ON, FEED_AND_CUT, INITIALISE, large, line, qr } from './escpos.ts';

/** Half-width columns of 80 mm and 58 mm paper. */
export type Columns = 48 | 32;

const DOTS_PER_COLUMN = 12;

/** The quiet zone a QR code needs at each side, in modules. */
const QUIET_MODULES = 4;

/** Modules larger than this waste paper: a phone reads them no better. */
const MAX_MODULE_DOTS = 6;

/** The bytes of a whole slip, from initialising to the cut; whole commands only, none in real time. */
export function encodeSlip(blocks: readonly SlipBlock[], columns: Columns): Uint8Array {
  return concat(INITIALISE, CHINESE_ON, ...blocks.map((block) => encodeBlock(block, columns)), FEED_AND_CUT);
}

/** Printers feed 1/6 inch a line unless told otherwise; 34 dots at 8 a millimetre. */
const LINE_DOTS = 34;
const MM_PER_LINE = 25.4 / 6;

/** The feed from the last line to the knife, and the line it takes to get there. */
const CUT_LINES = 4;

/** How much paper a slip takes, in lines of 1/6 inch, rounded up; characters of double height take two. */
export function countLines(blocks: readonly SlipBlock[], columns: Columns): number {
  return blocks.reduce((sum, block) => sum + linesOf(block, columns), CUT_LINES);
}

/** How many such lines so many metres of paper hold. */
export function linesOfPaper(lengthM: number): number {
  return Math.floor((lengthM * 1000) / MM_PER_LINE);
}

function linesOf(block: SlipBlock, columns: Columns): number {
  switch (block.type) {
    case 'title':
    case 'number':
      return 2 * wrap(block.text, columns / 2).length;
    case 'text':
      return wrap(block.text, columns).length;
    case 'pair':
      return pairLines(block.label, block.value, columns).length;
    case 'rule':
      return 1;
    case 'qr':
      return 1 + Math.ceil((qrModules(block.data) * moduleDots(block.data, columns)) / LINE_DOTS);
    default:
      return unreachable(block);
  }
}

function encodeBlock(block: SlipBlock, columns: Columns): Uint8Array {
  switch (block.type) {
    case 'title':
    case 'number':
      return concat(
        align('centre'),
        large(true),
        ...lines(wrap(block.text, columns / 2)),
        large(false),
        align('left'),
      );
    case 'text':
      return concat(bold(block.strong), ...lines(wrap(block.text, columns)), bold(false));
    case 'pair':
      return concat(...lines(pairLines(block.label, block.value, columns)));
    case 'rule':
      return line('-'.repeat(columns));
    case 'qr':
      return concat(
        align('centre'),
        qr(utf8(block.data), moduleDots(block.data, columns)),
        line(''),
        align('left'),
      );
    default:
      return unreachable(block);
  }
}

function lines(texts: readonly string[]): Uint8Array[] {
  return texts.map(line);
}

/** The widest module with which the code still fits the paper. */
function moduleDots(data: string, columns: Columns): number {
  const modules = qrModules(data) + 2 * QUIET_MODULES;
  return Math.max(1, Math.min(MAX_MODULE_DOTS, Math.floor((columns * DOTS_PER_COLUMN) / modules)));
}

/** The side of a QR code, without its quiet zone. */
function qrModules(data: string): number {
  return encodeQr(data, { ecc: 'L', border: 0 }).size;
}
