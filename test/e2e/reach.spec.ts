/** A matter from the first page to its slip by four keys alone, and by a hand that trembles and slips. */
import { expect, type Page, test } from '@playwright/test';
import { applyForAllowance } from '../journeys/matters.ts';
import { openScreen } from '../journeys/touches.ts';
import { byFourKeys, byTremblingHand } from '../journeys/unsteady-hands.ts';
import { openVillage, type Village } from '../journeys/village.ts';
import { visitorOn } from '../journeys/visitor.ts';

let village: Village;
let page: Page;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async ({ browser }) => {
  village = await openVillage({ form: 'source', screens: 'browser' });
  page = await (await browser.newContext({ viewport: { width: 1080, height: 1920 } })).newPage();
  await openScreen(page, village.stack.screenUrl, { isHurried: true });
});
test.afterAll(() => village?.stop());

test('by four keys: large words, a matter, its slip, and help', async () => {
  const visitor = byFourKeys(visitorOn(page, 'zh', 'reach-keys'));
  const { words } = visitor;
  await visitor.sees(words.attract.title);
  await page.evaluate(() => {
    document.addEventListener('pointerdown', () => document.body.setAttribute('data-was-touched', ''), true);
  });
  await visitor.taps(words.settings.open);
  await visitor.taps(new RegExp(`^${words.settings.large.name}`));
  await visitor.shows('settings');
  await visitor.taps(words.settings.done);
  await village.dock.lay('mother');
  await visitor.sees(/张/);
  await page.keyboard.press('F1');
  await visitor.sees(words.agent.title);
  await visitor.taps(words.key.backPlain);
  await applyForAllowance(visitor, { show: true });
  await visitor.sees(words.kept.printed);
  expect(await page.locator('html').getAttribute('data-text-size')).toBe('large');
  await visitor.taps(words.key.done);
  await visitor.sees(words.goodbye.title);
  await village.dock.lift();
  await visitor.sees(words.attract.title);
  expect(await page.locator('html').getAttribute('data-text-size')).toBe('normal');
  await expect(page.locator('[data-was-touched]')).toHaveCount(0);
});

test('by a hand that trembles, slips, presses long and taps twice', async () => {
  const visitor = byTremblingHand(visitorOn(page, 'zh', 'reach-hand'));
  const { words } = visitor;
  await visitor.sees(words.attract.title);
  await visitor.taps(words.settings.open);
  await visitor.taps(new RegExp(`^${words.settings.steady.name}`));
  await visitor.taps(words.settings.done);
  await village.dock.lay('mother');
  await visitor.sees(/张/);
  await applyForAllowance(visitor, { show: false });
  await visitor.sees(words.kept.printed);
  await visitor.taps(words.key.done);
  await visitor.sees(words.goodbye.title);
  await village.dock.lift();
});
