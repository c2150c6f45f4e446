/** The ten commonest matters by four keys alone. */
import { expect, test } from '@playwright/test';
import { finishEach, openPlace, type Place } from '../journeys/commonest/around.ts';
import type { Hands } from '../journeys/commonest/hands.ts';
import { fourKeys } from '../journeys/commonest/keys.ts';
import { TURNS } from '../journeys/commonest/matters.ts';

test.describe.configure({ timeout: 300_000 });

let place: Place;
let hands: Hands;

test.beforeAll(async ({ browser }) => {
  place = await openPlace(browser);
  await place.page.evaluate(() => {
    document.addEventListener('pointerdown', () => document.body.setAttribute('data-was-touched', ''), true);
  });
  hands = fourKeys(place.page);
});
test.afterAll(() => place?.village.stop());

finishEach('by four keys', TURNS[0], () => ({ place, hands }));

test('the glass was never touched', async () => {
  await expect(place.page.locator('[data-was-touched]')).toHaveCount(0);
});
