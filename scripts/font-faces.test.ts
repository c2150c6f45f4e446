import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { outOfServicePage } from '../electron/decisions/out-of-service.ts';
import { chooseFaces } from './font-faces.ts';

const SANS = new URL('../node_modules/@fontsource-variable/noto-sans-sc/', import.meta.url);

test('a slice is taken when it holds a character of the text', () => {
  const face = (file: string, range: string) =>
    `@font-face {\n  src: url(./files/${file}) format('woff2');\n  unicode-range: ${range};\n}\n`;
  const css = face('a.woff2', 'U+41-5a,U+4e00') + face('b.woff2', 'U+4e01-4e03') + face('c.woff2', 'U+1f300');
  expect(chooseFaces(css, 'Z').map(({ file }) => file)).toEqual(['a.woff2']);
  expect(chooseFaces(css, '一丁丁').map(({ file }) => file)).toEqual(['a.woff2', 'b.woff2']);
  expect(chooseFaces(css, '🌀').map(({ file }) => file)).toEqual(['c.woff2']);
  expect(chooseFaces(css, 'z')).toEqual([]);
  expect(chooseFaces(css, 'Z')[0]?.rule).toContain('url(./a.woff2)');
});

test('the out-of-service page finds every one of its letters in a few slices', () => {
  const css = readFileSync(new URL('index.css', SANS), 'utf8');
  const text = outOfServicePage('0575-86120000').replace(/<[^>]*>|\s/g, '');
  const faces = chooseFaces(css, text);
  for (const character of text) expect(chooseFaces(css, character).length).toBeGreaterThan(0);
  for (const { file } of faces) expect(existsSync(new URL(`files/${file}`, SANS))).toBe(true);
  expect(faces.length).toBeLessThan(15);
});
