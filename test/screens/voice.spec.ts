/** Whatever stands on a page is said when it is read aloud, in its order, and nothing of its decoration is. */
import { expect } from '@playwright/test';
import { VIEW_NAMES } from '../../renderer/src/gallery/views.ts';
import type { Piece } from '../../renderer/src/voice/page-reader.ts';
import { zh } from '../../renderer/src/words/zh.ts';
import { test } from './gallery-test.ts';
import { STATES } from './states.ts';
import { openState } from './take-picture.ts';

/** Runs in the page: the words that are drawn, save those that are left out on purpose. */
function wordsDrawn(): string[] {
  const pads = [...document.querySelectorAll('section[aria-label], [role="group"][aria-label]')].filter(
    (section) => section.querySelectorAll('button').length >= 8,
  );
  const silent = [
    ...document.querySelectorAll<HTMLElement>('[aria-hidden="true"], [data-say], output[aria-label]'),
  ];
  const named = [...document.querySelectorAll<HTMLElement>('button[aria-label], [role="timer"]')];
  for (const element of [...silent, ...named, ...pads]) element.setAttribute('data-unread', '');
  const style = new CSSStyleSheet();
  style.replaceSync('[data-unread] { display: none !important; }');
  document.adoptedStyleSheets = [style];
  const { innerText } = document.body;
  document.adoptedStyleSheets = [];
  for (const element of document.querySelectorAll('[data-unread]')) element.removeAttribute('data-unread');
  return innerText.match(/[\p{L}\p{N}]+/gu) ?? [];
}

for (const name of VIEW_NAMES) {
  test(name, async ({ gallery: page }) => {
    for (const state of STATES.filter(({ size, theme }) => size === 'normal' && theme === 'normal')) {
      await openState(page, name, state);
      const pieces = await page.evaluate<Piece[]>('readPage()');
      // Joined without a mark between: a heading and its aside are drawn as one word and said as two.
      const said = pieces.map(({ text }) => text.replaceAll(/[^\p{L}\p{N}]+/gu, '')).join('');
      const drawn = await page.evaluate(wordsDrawn);
      expect(drawn.filter((word) => !said.includes(word))).toEqual([]);
      const heading = await page.locator('h1').first().textContent();
      const words = pieces.filter(({ kind, area }) => kind !== 'key' && area === 'page');
      if (heading !== null && name !== 'wait') expect(words.length, 'words of the page').toBeGreaterThan(0);
      // A choice is said with its number, so the numbers are whole.
      const places = pieces.flatMap(({ place }) => (place === null ? [] : [place]));
      for (const [at, place] of places.entries()) expect([1, (places[at - 1] ?? 0) + 1]).toContain(place);
    }
  });
}

test('a number is said in its groups, as far as it is there, and whole with its last digit', async ({
  gallery: page,
}) => {
  const press = async (digits: string) => {
    for (const digit of digits) await page.getByRole('button', { name: digit, exact: true }).click();
  };
  const heard = async () =>
    (await page.evaluate<Piece[]>('readPage()')).map(({ text, hearing }) => ({ text, hearing }));
  await openState(page, 'question-phone', { language: 'zh', size: 'normal', theme: 'normal' });
  await press('13800');
  expect(await heard()).toContainEqual({ text: `${zh.pad.phone} 138 00`, hearing: 'private' });
  await press('571234');
  const whole = page.getByRole('status').filter({ hasText: zh.pad.full });
  await expect(whole).toHaveAttribute('data-say', `138 0057 1234，${zh.pad.full}`);
  expect(await heard()).toContainEqual({ text: `138 0057 1234，${zh.pad.full}`, hearing: 'private' });
});

test('the last page of a visit has a key to listen', async ({ gallery: page }) => {
  await openState(page, 'goodbye', { language: 'zh', size: 'normal', theme: 'normal' });
  await expect(page.getByRole('button', { name: zh.aloud.listen })).toBeVisible();
});

test('what the county answers about an appointment is a change of state', async ({ gallery: page }) => {
  await openState(page, 'kept-booking-booked', { language: 'zh', size: 'normal', theme: 'normal' });
  await expect(page.getByRole('status').filter({ hasText: '约好了' })).toBeVisible();
});
