import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { DESIGNED, pageSizeOn } from './cabinet-size.ts';

const on = (widthMm: number, heightMm: number) =>
  pageSizeOn({ readerPlace: 'right', screen: { widthMm, heightMm }, cameras: [] });

it('has the room of a larger portrait screen, and the designed page everywhere else', () => {
  expect(on(398, 708)).toEqual({ widthMm: 398, heightMm: 708 });
  expect(on(268, 476)).toEqual(DESIGNED);
  expect(on(165, 293)).toEqual(DESIGNED);
  expect(on(527, 296)).toEqual(DESIGNED);
  expect(on(1000, 600)).toEqual(DESIGNED);
  expect(pageSizeOn(null)).toEqual(DESIGNED);
});

it('is what the tokens begin with', () => {
  const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');
  expect(css).toContain(`--page-width-mm: ${DESIGNED.widthMm};`);
  expect(css).toContain(`--page-height-mm: ${DESIGNED.heightMm};`);
});
