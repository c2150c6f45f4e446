/** Words set as far apart as WCAG 2.2 asks for in 1.4.12: on no page is anything lost. */
import { expect, type Page } from '@playwright/test';
import { VIEW_NAMES } from '../../renderer/src/gallery/views.ts';
import { test } from './gallery-test.ts';
import { openState } from './take-picture.ts';

/** Line height 1.5, room below paragraphs twice the letters, 0.12 between letters, 0.16 between words. */
const APART = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-bottom: 2em !important; }`;

function setSheets(page: Page, css: string | null): Promise<void> {
  return page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text ?? '');
    document.adoptedStyleSheets = text === null ? [] : [sheet];
  }, css);
}

test.beforeEach(({ gallery: page }) => setSheets(page, APART));
test.afterEach(({ gallery: page }) => setSheets(page, null));

for (const name of VIEW_NAMES) {
  test(name, async ({ gallery: page }) => {
    for (const language of ['zh', 'en'] as const) {
      await openState(page, name, { language, size: 'normal', theme: 'normal' });
      expect(await page.evaluate('measureLoss()'), language).toEqual([]);
    }
  });
}

test('words do stand apart', async ({ gallery: page }) => {
  await openState(page, 'home', { language: 'en', size: 'normal', theme: 'normal' });
  const { fontSize, letterSpacing, wordSpacing, lineHeight } = await page.evaluate(() => {
    const heading = getComputedStyle(document.querySelector('h1') ?? document.body);
    const { fontSize, letterSpacing, wordSpacing, lineHeight } = heading;
    return { fontSize, letterSpacing, wordSpacing, lineHeight };
  });
  const em = Number.parseFloat(fontSize);
  expect(Number.parseFloat(letterSpacing)).toBeCloseTo(0.12 * em, 1);
  expect(Number.parseFloat(wordSpacing)).toBeCloseTo(0.16 * em, 1);
  expect(Number.parseFloat(lineHeight)).toBeCloseTo(1.5 * em, 1);
});
