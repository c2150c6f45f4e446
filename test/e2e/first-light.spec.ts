import { expect, test } from '@playwright/test';
import { openVillage, type Village } from '../journeys/village.ts';
import { visitorOn } from '../journeys/visitor.ts';

let village: Village;
test.beforeAll(async () => {
  village = await openVillage('source');
});
test.afterAll(() => village?.stop());

test('a card’s bytes on a pseudo-terminal become a name on a page', async ({ page }) => {
  const visitor = visitorOn(page, 'zh', 'first-light');
  await page.goto(village.stack.screenUrl ?? '');
  await visitor.sees(visitor.words.attract.title);
  await village.dock.lay('mother');
  await visitor.sees(/张女士/);
  await visitor.shows('home');
  expect(await page.title()).not.toContain('张');
});
