import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFolder } from '../../../../base/node/read-folder.ts';
import type { Stroke } from '../../parts/ink.ts';
import handTable from './hand-table.json' with { type: 'json' };
import { MOST_AT, readStrokes, writeStrokes } from './hand-table.ts';
import { emptyIndex, indexSome, recognise } from './recognise.ts';
import { type Hand, HURRIED_HAND, OLD_HAND, seededChance, writeWith } from './testing/unsteady-hand.ts';

const CATALOG = join(import.meta.dirname, '../../../../catalog/matters');
const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈俞章石裘盛竺';
const VILLAGES =
  '新昌沙溪董村镜岭儒岙回山澄潭梅渚小将巧英东茗城南双彩大市聚七星羽林桥岩坑坞畈墩塘下里外上中岭湾坪';

const index = emptyIndex(handTable);
indexSome(index, 0, index.characters.length);
const placeOf = new Map(index.characters.map((each, at) => [each, at]));
const copybook = (character: string) => readStrokes(handTable.strokes[placeOf.get(character) ?? -1] ?? '');

/** 500 characters that villagers need: of surnames and villages, then the commonest of the catalog. */
function neededCharacters(): readonly string[] {
  const folder = readFolder(CATALOG);
  const counts = new Map<string, number>();
  for (const name of folder.names) {
    for (const [each] of (folder.findText(name) ?? '').matchAll(/\p{Script=Han}/gu)) {
      counts.set(each, (counts.get(each) ?? 0) + 1);
    }
  }
  const common = [...counts].sort((one, other) => other[1] - one[1]).map(([each]) => each);
  return [...new Set([...SURNAMES, ...VILLAGES, ...common])].slice(0, 500);
}

/** Which share of the 500 stands among the first `ranks`, written by this hand, each once. */
function sharesOf(hand: Hand, seed: number, ranks: readonly number[]): readonly number[] {
  const needed = neededCharacters();
  const chance = seededChance(seed);
  const found = needed.map((each) =>
    recognise(index, writeWith(hand, copybook(each), chance), 8).indexOf(each),
  );
  return ranks.map((rank) => found.filter((at) => at >= 0 && at < rank).length / needed.length);
}

describe('the table of strokes', () => {
  it('has strokes for every character, and every character of the catalog', () => {
    expect(new Set(index.characters).size).toBe(index.characters.length);
    expect(handTable.strokes).toHaveLength(index.characters.length);
    expect(neededCharacters().filter((each) => !placeOf.has(each))).toEqual([]);
  });

  it('says its licence, which is served with it', () => {
    expect(handTable.notice).toContain('Arphic Public License');
    const licence = readFileSync(join(import.meta.dirname, '../../../public/ARPHICPL.TXT'), 'utf8');
    expect(licence).toContain('ARPHIC PUBLIC LICENSE');
  });

  it('keeps a place to half a step', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const stroke = fc.array(fc.record({ x: share, y: share }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(fc.array(stroke, { minLength: 1, maxLength: 9 }), (strokes: readonly Stroke[]) => {
        const read = readStrokes(writeStrokes(strokes));
        expect(read.map((each) => each.length)).toEqual(strokes.map((each) => each.length));
        read.flat().forEach(({ x, y }, at) => {
          expect(Math.abs(x - (strokes.flat()[at]?.x ?? 9))).toBeLessThanOrEqual(0.501 / MOST_AT);
          expect(Math.abs(y - (strokes.flat()[at]?.y ?? 9))).toBeLessThanOrEqual(0.501 / MOST_AT);
        });
      }),
    );
  });
});

describe('recognising', () => {
  it('finds what is written as in the copybook, of whatever size and wherever in the square', () => {
    const wanted = [...'的一是人了我三王张村路灯养老金'];
    for (const [size, right, down] of [
      [1, 0, 0],
      [0.3, 0.6, 0.1],
      [0.5, 0, 0.5],
    ] as const) {
      const found = wanted.map((each) => {
        const ink = copybook(each).map((stroke) =>
          stroke.map(({ x, y }) => ({ x: x * size + right, y: y * size + down })),
        );
        return recognise(index, ink, 1)[0];
      });
      expect(found).toEqual(wanted);
    }
  });

  it('finds it when the strokes come in the opposite order, or run into one', () => {
    for (const each of '张村路新昌养老') {
      expect(recognise(index, copybook(each).toReversed(), 5)).toContain(each);
      expect(recognise(index, [copybook(each).flat()], 8)).toContain(each);
    }
  });

  it('offers so many as are asked for, none twice, and none for a blank square', () => {
    const found = recognise(index, copybook('张'), 8);
    expect(new Set(found).size).toBe(8);
    expect(recognise(index, [], 8)).toEqual([]);
    expect(recognise(index, [[]], 8)).toEqual([]);
    expect(recognise(index, [[{ x: 0.5, y: 0.5 }]], 8)).toHaveLength(8);
  });

  it('reads an old hand: trembling, slanted, joined, out of order', { timeout: 120_000 }, () => {
    const [first = 0, five = 0, eight = 0] = sharesOf(OLD_HAND, 1937, [1, 5, 8]);
    expect(first).toBeGreaterThanOrEqual(0.92);
    expect(five).toBeGreaterThanOrEqual(0.98);
    expect(eight).toBeGreaterThanOrEqual(0.985);
  });

  it('reads a hurried hand well enough to choose from', { timeout: 120_000 }, () => {
    const [first = 0, five = 0, eight = 0] = sharesOf(HURRIED_HAND, 1949, [1, 5, 8]);
    expect(first).toBeGreaterThanOrEqual(0.82);
    expect(five).toBeGreaterThanOrEqual(0.94);
    expect(eight).toBeGreaterThanOrEqual(0.95);
  });
});

describe('ink', () => {
  const modules = readFolder(import.meta.dirname);

  /** Whatever could carry ink off the page: a line, a file, a store, a log, an address, or the acts of a screen. */
  const WAYS_OUT =
    /\b(fetch|XMLHttpRequest|WebSocket|sendBeacon|postMessage|localStorage|sessionStorage|indexedDB|caches|document|window|location|history|console|Worker|toBlob|toDataURL|act|files|link)\b/;

  it('stays in the page by construction: nothing it passes through has a way out', () => {
    const own = modules.names.filter(
      (name) => /^[^/]+\.tsx?$/.test(name.replace(/^\//, '')) && !name.includes('.test.'),
    );
    expect(own.length).toBeGreaterThan(8);
    for (const name of own) {
      const code = (modules.findText(name) ?? '').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      expect(code.match(WAYS_OUT)?.[0], name).toBeUndefined();
      // Of the screen it takes the words alone.
      expect(code.match(/= useScreen\(\)/g) ?? [], name).toHaveLength(
        code.match(/\{ t \} = useScreen\(\)/g)?.length ?? 0,
      );
      const imported = [...code.matchAll(/from '([^']+)'/g)].map(([, from = '']) => from);
      for (const from of imported) {
        expect(from, name).toMatch(
          /^(react|react-aria-components\/Button|\.\/[\w-]+(\.module)?\.(tsx?|css)|\.\.\/(compose|panel)\.ts|.*\/(parts\/(ink|use-pen|Icon)\.tsx?|screen-context\.ts|debounce\.ts|browser\/clock\.ts|base\/clock\.ts))$/,
        );
      }
    }
  });
});
