/** Nobody there any more: a test that waits as long as a person may, so that it has a village of its own. */
import { expect, type Page, test } from '@playwright/test';
import { zh } from '../../renderer/src/words/zh.ts';
import { goToMatter, wordsOf } from '../journeys/matters.ts';
import type { Village } from '../journeys/village.ts';
import { arrive, inOneVillage } from '../journeys/visit.ts';
import type { Visitor } from '../journeys/visitor.ts';

let village: Village;
let page: Page;
let visitor: Visitor;
inOneVillage(
  'idle',
  (here) => {
    ({ village, page, visitor } = here);
  },
  { isInRealTime: true },
);

test('nobody there: asked once on the whole screen, then everything is gone', async () => {
  test.slow();
  await arrive(visitor);
  await village.dock.lay('daughter');
  await visitor.sees(/陈女士/);
  await village.dock.lift();
  await goToMatter(visitor, 'temporary-assistance');
  await visitor.taps(wordsOf(visitor, 'temporary-assistance').basis('self'));
  // A private page: 25 s.
  await expect(page.getByRole('heading', { name: zh.stillThere.title })).toBeVisible({ timeout: 32_000 });
  await visitor.shows('still-there');
  expect(await page.content()).not.toMatch(/救助|陈/);
  await visitor.taps(new RegExp(zh.stillThere.stay));
  await expect(page.getByText('临时救助').first()).toBeVisible();
  await expect(page.getByRole('heading', { name: zh.stillThere.title })).toBeVisible({ timeout: 32_000 });
  await expect(page.getByRole('heading', { name: zh.attract.title })).toBeVisible({ timeout: 40_000 });
});
