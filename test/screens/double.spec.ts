/**
 * Words twice as large (WCAG 2.2, 1.4.4): on no page is anything lost, cut, broken or out of reach, and what is
 * written is twice as large as where nothing is set. No pictures are kept: pages are measured, a few judged by axe.
 */
import { expect, type Page } from '@playwright/test';
import { VIEW_NAMES } from '../../renderer/src/gallery/views.ts';
import { en } from '../../renderer/src/words/en.ts';
import { zh } from '../../renderer/src/words/zh.ts';
import { test } from './gallery-test.ts';
import { DOUBLE_STATES, nameOfState, type ScreenState } from './states.ts';
import { openState } from './take-picture.ts';
import { findViolations } from './violations.ts';

/** One page of every make. */
const JUDGED = ['attract', 'home', 'question-one-of', 'question-name', 'check', 'kept', 'still-there'];

/** What is as large as it is drawn: numbers in a picture that words beside it say as well. */
const PICTURED = '[role="timer"]';

for (const name of VIEW_NAMES) {
  test(name, async ({ gallery: page }) => {
    const found: string[] = [];
    for (const state of DOUBLE_STATES) {
      await openState(page, name, state);
      const wrong = await page.evaluate<string[]>('measure()');
      if (JUDGED.includes(name)) wrong.push(...(await findViolations(page)));
      found.push(...wrong.map((each) => `${nameOfState(state)}: ${each}`));
    }
    expect(found).toEqual([]);
  });
}

test('the sheet of settings and the square to write in lose nothing either', async ({ gallery: page }) => {
  for (const state of DOUBLE_STATES) {
    const { settings, typing } = { zh, en }[state.language];
    await openState(page, 'home', state);
    await page.getByRole('button', { name: settings.open, exact: true }).click();
    await page.locator('[data-sheet="settings"]').waitFor();
    expect(await page.evaluate('measure()'), nameOfState(state)).toEqual([]);
    await openState(page, 'question-name', state);
    await page.getByRole('button', { name: typing.hand, exact: true }).click();
    await page.getByRole('img', { name: typing.square, exact: true }).waitFor();
    expect(await page.evaluate('measure()'), nameOfState(state)).toEqual([]);
  }
});

test('every word of a page is twice as large, in both languages', async ({ gallery: page }) => {
  for (const name of JUDGED) {
    for (const language of ['zh', 'en'] as const) {
      const [usual, double] = [
        await sizesPx(page, name, { language, size: 'normal', theme: 'normal' }),
        await sizesPx(page, name, { language, size: 'double', theme: 'normal' }),
      ];
      const smaller = [...usual].filter(([words, px]) => (double.get(words) ?? 2 * px) < 2 * px - 0.5);
      expect(smaller, `${name} in ${language}`).toEqual([]);
      expect([...usual.keys()].filter((words) => double.has(words)).length).toBeGreaterThan(3);
    }
  }
});

/** How large each text of a view is drawn, in px; the smallest where one stands more than once. */
async function sizesPx(page: Page, view: string, state: ScreenState): Promise<ReadonlyMap<string, number>> {
  await openState(page, view, state);
  const sizes = await page.evaluate((pictured) => {
    const found: [string, number][] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (parent === null || parent.closest(pictured) !== null || node.textContent === null) continue;
      found.push([node.textContent, Number.parseFloat(getComputedStyle(parent).fontSize)]);
    }
    return found;
  }, PICTURED);
  return new Map(sizes.toSorted(([, one], [, other]) => other - one));
}
