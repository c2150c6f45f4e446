/**
 * Writes the table of the writing panel: how each character is written, the commonest character first. The
 * strokes are Make Me a Hanzi's (Arphic Public License), how common a character is comes from jieba's dictionary
 * (MIT). Run it by hand, after `npm install --no-save hanzi-writer-data@2.0.1 @node-rs/jieba`:
 * `node scripts/hand-table.ts`. The table is kept in the repository, and the packages are needed for nothing else.
 */
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type HandTable, MOST_AT, writeStrokes } from '../renderer/src/keyboard/hand/hand-table.ts';
import type { Point, Stroke } from '../renderer/src/parts/ink.ts';
import { countCharacters, gb2312Characters, readDictionary } from './pinyin/dictionary.ts';
import { RARE_NAME_CHARACTERS } from './pinyin/names.ts';

/** Their square: x from 0 to 1024, y upwards from -124 to 900. */
const SQUARE = { size: 1024, top: 900 };
/** How far, of the square, a line may lie beside the curve it stands for. */
const TOLERANCE = 0.012;
const NOTICE =
  'Derived from the Arphic fonts AR PL KaitiM GB and AR PL UKai by way of Make Me a Hanzi (hanzi-writer-data ' +
  '2.0.1). Changed 2026-11-22 by the Yizhan project: only the middle lines of the strokes of the characters in ' +
  'use are kept, simplified and rounded. Under the Arphic Public License, which comes with it as ARPHICPL.TXT; ' +
  'no warranty.';

const read = createRequire(import.meta.url);
const data = dirname(read.resolve('hanzi-writer-data/package.json'));
const renderer = new URL('../renderer/', import.meta.url);

const characters = byCommonness(usedCharacters()).filter((each) => existsSync(join(data, `${each}.json`)));
const table: HandTable = {
  notice: NOTICE,
  characters: characters.join(''),
  strokes: characters.map((each) => writeStrokes(strokesOf(each))),
};
writeFileSync(new URL('src/keyboard/hand/hand-table.json', renderer), `${JSON.stringify(table, null, 2)}\n`);
// Whoever is given the table is given its licence: it is served beside the screens.
copyFileSync(join(data, 'ARPHICPL.TXT'), new URL('public/ARPHICPL.TXT', renderer));

/** Every character that the pinyin keyboard can write. */
function usedCharacters(): string[] {
  return [...new Set([...gb2312Characters(), ...RARE_NAME_CHARACTERS])];
}

function byCommonness(found: readonly string[]): string[] {
  const dictionary = join(dirname(read.resolve('@node-rs/jieba')), 'dict.txt');
  const counts = countCharacters(readDictionary(dictionary));
  return [...found].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1));
}

function strokesOf(character: string): Stroke[] {
  const { medians } = JSON.parse(readFileSync(join(data, `${character}.json`), 'utf8')) as {
    medians: [number, number][][];
  };
  return medians.map((median) =>
    simplified(median.map(([x, y]) => ({ x: x / SQUARE.size, y: (SQUARE.top - y) / SQUARE.size }))),
  );
}

/** The fewest of the points whose line keeps within the tolerance (Ramer, Douglas and Peucker). */
function simplified(stroke: Stroke): Stroke {
  const [first, last] = [stroke[0], stroke.at(-1)];
  if (first === undefined || last === undefined || stroke.length < 3) return stroke;
  const away = stroke.map((point) => distanceToLine(point, first, last));
  const furthest = away.indexOf(Math.max(...away));
  if ((away[furthest] ?? 0) <= Math.max(TOLERANCE, 0.5 / MOST_AT)) return [first, last];
  return [...simplified(stroke.slice(0, furthest + 1)).slice(0, -1), ...simplified(stroke.slice(furthest))];
}

function distanceToLine(point: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy);
  if (length === 0) return Math.hypot(point.x - from.x, point.y - from.y);
  return Math.abs(dx * (point.y - from.y) - dy * (point.x - from.x)) / length;
}
