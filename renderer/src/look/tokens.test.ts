import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');

/** The colours that stand in one rule of the file. */
function coloursIn(selector: string): ReadonlyMap<string, string> {
  const [, rule = ''] = css.split(`\n${selector} {\n`);
  const [body = ''] = rule.split('\n}');
  return new Map(
    [...body.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', hex = '']) => [name, hex]),
  );
}

const usual = coloursIn(':root');
const high = coloursIn(':root[data-contrast="high"]');
const themes = [
  ['usual', usual],
  ['high-contrast', new Map([...usual, ...high])],
] as const;

/** Relative luminance (WCAG 2). */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(colours: ReadonlyMap<string, string>, a: string, b: string): number {
  const [light = 0, dark = 0] = [a, b]
    .map((name) => luminance(colours.get(name) ?? ''))
    .sort((first, second) => second - first);
  return (light + 0.05) / (dark + 0.05);
}

describe.each(themes)('the %s theme', (_name, colours) => {
  it.each([
    ['ink', 'paper'],
    ['ink', 'paper-raised'],
    ['ink', 'celadon-100'],
    ['ink-soft', 'paper'],
    ['ink-soft', 'paper-raised'],
    ['ink-away', 'away'],
    ['ink', 'celadon-200'],
    ['paper-raised', 'celadon-900'],
    ['seal', 'seal-100'],
    ['sheet-ink', 'sheet'],
    ['celadon-900', 'paper'],
    ['celadon-900', 'celadon-100'],
    ['celadon-900', 'celadon-200'],
    ['celadon-700', 'paper-raised'],
    ['paper-raised', 'celadon-700'],
    ['seal', 'paper-raised'],
    ['amber-700', 'amber-100'],
    ['amber-700', 'paper'],
    ['amber-700', 'paper-raised'],
  ])('hold words of %s on %s at 7:1', (words, ground) => {
    expect(contrast(colours, words, ground)).toBeGreaterThanOrEqual(7);
  });

  it.each([
    ['edge', 'paper'],
    ['edge', 'paper-raised'],
    ['celadon-500', 'paper'],
    ['celadon-500', 'paper-raised'],
    ['celadon-700', 'celadon-100'],
    ['amber-500', 'paper-raised'],
    ['seal', 'paper'],
    ['focus', 'paper'],
    ['focus', 'paper-raised'],
    ['focus', 'celadon-100'],
  ])('hold edges of %s on %s at 3:1', (edge, ground) => {
    expect(contrast(colours, edge, ground)).toBeGreaterThanOrEqual(3);
  });
});

describe('the high-contrast theme', () => {
  it('says every colour anew but that of paper in itself', () => {
    const kept = [...usual.keys()].filter((name) => !high.has(name));
    expect(kept).toEqual(['sheet', 'sheet-ink']);
  });

  it('holds words at 12:1 where the page and its keys stand', () => {
    const colours = new Map([...usual, ...high]);
    for (const ground of ['paper', 'paper-raised'])
      for (const words of ['ink', 'ink-soft', 'celadon-900', 'celadon-700'])
        expect(contrast(colours, words, ground)).toBeGreaterThanOrEqual(12);
  });
});
