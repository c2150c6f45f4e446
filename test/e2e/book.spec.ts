/** An appointment: real times online, booked by the county's word within seconds; a wish, and called one, offline. */
import { expect, type Page, test } from '@playwright/test';
import { zh } from '../../renderer/src/words/zh.ts';
import { slipText } from '../journeys/dock.ts';
import { givesPhone, goToMatter, wordsOf } from '../journeys/matters.ts';
import type { Village } from '../journeys/village.ts';
import { arrive, inOneVillage } from '../journeys/visit.ts';
import type { Visitor } from '../journeys/visitor.ts';

let village: Village;
let page: Page;
let visitor: Visitor;
inOneVillage('book', (here) => {
  ({ village, page, visitor } = here);
});

test('a time at the hospital is asked for, and booked when the county says so', async () => {
  test.slow();
  const words = wordsOf(visitor, 'hospital-appointment');
  await arrive(visitor);
  await village.dock.lay('mother');
  await visitor.sees(/张女士/);
  await goToMatter(visitor, 'hospital-appointment');
  await visitor.taps(zh.key.start);
  await visitor.sees(words.asks('hospital'));
  await visitor.chooses(words.choice('hospital', 'county'));
  await visitor.sees(words.asks('ward'));
  await visitor.chooses(words.choice('ward', 'general'));
  await visitor.sees(words.asks('time'));
  await visitor.taps(/\d+月\d+日/);
  await visitor.sees(zh.slot.time);
  await visitor.shows('slot');
  await visitor.taps(/^\d{1,2}:[03]0$/);
  await visitor.sees(words.asks('note'));
  await visitor.taps(zh.question.skip);
  await visitor.sees(words.asks('phone'));
  await givesPhone(visitor);
  await visitor.taps(zh.key.submit);
  await expect(page.getByText(/约好了：\d+月\d+日/)).toBeVisible();
  await visitor.shows('booked');
  expect(slipText(await village.dock.waitForSlip(1))).toContain('约上没有');
  await visitor.taps(zh.key.done);
  await village.dock.lift();
});
