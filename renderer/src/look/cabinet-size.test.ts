import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { DESIGNED, pageSizeOn } from './cabinet-size.ts';

const on = (widthMm: number, heightMm: number) =>
  pageSizeOn({ readerPlace: 'right', screen: { widthMm, heightMm }, cameras: [] });

it('has more room on a larger portrait screen, and is the designed page everywhere else', () => {
  expect(on(300, 540)).toEqual({ widthMm: 300, heightMm: 540 });
  expect(on(268, 476)).toEqual(DESIGNED);
  expect(on(165, 293)).toEqual(DESIGNED);
  expect(on(527, 296)).toEqual(DESIGNED);
  expect(on(1000, 600)).toEqual(DESIGNED);
  expect(pageSizeOn(null)).toEqual(DESIGNED);
});

it('never has words smaller than the least, nor much smaller than the design has them', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1, max: 6, noNaN: true }),
      fc.double({ min: 1, max: 6, noNaN: true }),
      (w, h) => {
        const screen = { widthMm: DESIGNED.widthMm * w, heightMm: DESIGNED.heightMm * h };
        fc.pre(screen.heightMm > screen.widthMm);
        const page = on(screen.widthMm, screen.heightMm);
        const unitMm = screen.widthMm / page.widthMm;
        expect(unitMm).toBeGreaterThanOrEqual(1);
        expect(unitMm).toBeGreaterThanOrEqual(0.8499 * Math.min(w, h));
        expect(unitMm).toBeLessThanOrEqual(Math.min(w, h));
        expect(page.heightMm * unitMm).toBeCloseTo(screen.heightMm);
      },
    ),
  );
  const hall = on(398, 708);
  expect(398 / hall.widthMm).toBeCloseTo(1.26, 2);
});

it('is what the tokens begin with', () => {
  const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');
  expect(css).toContain(`--page-width-mm: ${DESIGNED.widthMm};`);
  expect(css).toContain(`--page-height-mm: ${DESIGNED.heightMm};`);
});
