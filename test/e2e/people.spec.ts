/** One person after another: nothing of the first for the second, and one's own things found again. */
import { expect, type Page, test } from '@playwright/test';
import { addDays, isoDate } from '../../base/calendar.ts';
import { zh } from '../../renderer/src/words/zh.ts';
import { applyForAllowance, declinesLookUp, givesPhone, goToMatter, wordsOf } from '../journeys/matters.ts';
import { steadyAt } from '../journeys/touches.ts';
import type { Village } from '../journeys/village.ts';
import { arrive, inOneVillage } from '../journeys/visit.ts';
import type { Visitor } from '../journeys/visitor.ts';

let village: Village;
let page: Page;
let visitor: Visitor;
inOneVillage('people', (here) => {
  ({ village, page, visitor } = here);
});

/** What the screen holds of anybody, in words or attributes. */
const everything = () => page.content();

test('another card blanks the page at once; the first person goes on after laying the first card', async () => {
  await arrive(visitor);
  await village.dock.lay('mother');
  await visitor.sees(/张女士/);
  await goToMatter(visitor, 'old-age-allowance');
  await visitor.taps(wordsOf(visitor, 'old-age-allowance').basis('self'));
  await declinesLookUp(visitor, wordsOf(visitor, 'old-age-allowance').asks('pay-to'));
  await village.dock.lay('young-man');
  await visitor.sees(zh.secondCard.title);
  await visitor.shows('second-card');
  expect(await everything()).not.toMatch(/张\*|张女士|张桂|高龄|林\*|林先生|林志/);

  await visitor.taps(new RegExp(zh.secondCard.same));
  await visitor.sees(zh.secondCard.layFirst);
  await village.dock.lay('daughter');
  await visitor.sees(zh.secondCard.notFirst);
  await visitor.shows('not-first-card');
  await village.dock.lay('mother');
  const words = wordsOf(visitor, 'old-age-allowance');
  await visitor.sees(words.asks('pay-to'));
  await visitor.chooses(words.choice('pay-to', 'passbook'));
  await visitor.sees(words.asks('lives'));
});

test('the next person takes over, and finds nothing of the one before', async () => {
  await village.dock.lay('young-man');
  await visitor.sees(zh.secondCard.title);
  await visitor.taps(new RegExp(zh.secondCard.next));
  await visitor.sees(/林先生/);
  expect(await everything()).not.toMatch(/张\*|张女士|张桂/);
  await visitor.taps(zh.key.leave);
  await village.dock.lift();
});

test('an unfinished matter is offered at the next visit, where it was left', async () => {
  await arrive(visitor);
  await village.dock.lay('mother');
  await expect(page.getByRole('button', { name: zh.home.resume })).toBeVisible();
  await visitor.shows('home-draft');
  await visitor.taps(zh.home.resume);
  await declinesLookUp(visitor, wordsOf(visitor, 'old-age-allowance').asks('lives'));
  await visitor.sees(wordsOf(visitor, 'old-age-allowance').asks('lives'));
  await visitor.taps(zh.key.leave);
  await village.dock.lift();
});

test('what is private is named on no list; the card is laid again to open it', async () => {
  test.slow();
  const words = wordsOf(visitor, 'temporary-assistance');
  await arrive(visitor);
  await village.dock.lay('man-of-70');
  await visitor.sees(/王先生/);
  await goToMatter(visitor, 'temporary-assistance');
  await visitor.taps(words.basis('self'));
  await fillAssistance();
  await visitor.sees(zh.kept.printed);
  await visitor.taps(zh.key.another);
  await visitor.taps(new RegExp(zh.home.cases.replace('{{n}}', '1')));
  expect(await everything()).not.toContain('临时救助');
  await visitor.shows('my-cases-private');
  await visitor.taps(new RegExp(zh.cases.private));
  await visitor.sees(zh.prove.title);
  await visitor.shows('prove-again');
  await village.dock.lift();
  await village.dock.lay('man-of-70');
  await expect(page.getByText(zh.case.history)).toBeVisible();
  await visitor.taps(zh.key.leave);
  await village.dock.lift();
});

test('"not me": the last use is shown to its owner, and freezes what it names', async () => {
  test.slow();
  await arrive(visitor);
  await village.dock.lay('mother');
  await visitor.sees(/张女士/);
  await visitor.taps(zh.home.drop);
  await applyForAllowance(visitor, { show: false });
  await visitor.sees(zh.kept.printed);
  await visitor.taps(zh.key.done);
  await village.dock.lift();
  await arrive(visitor);
  await village.dock.lay('mother');
  await visitor.sees(/张女士/);
  await visitor.taps(new RegExp(zh.home.notMe));
  await visitor.sees(zh.lastUse.title);
  await visitor.shows('last-use');
  await visitor.taps(zh.lastUse.notMe);
  await visitor.taps(zh.lastUse.confirmYes);
  await expect(page.getByText(zh.lastUse.done)).toBeVisible();
  await visitor.shows('not-me-done');
  await visitor.taps(zh.key.leave);
  await village.dock.lift();
});

/** Picks a day that is far enough to be asked by year, month and day. */
async function picksDate(iso: string): Promise<void> {
  const [year, month, day] = iso.split('-').map(Number);
  const keys = [`${year}年`, `${month}月`].map((name) =>
    page.getByRole('button', { name, exact: true }).last(),
  );
  const dayKey = page.getByRole('button', { name: new RegExp(`^(.*\\D)?${day}日?$`) }).last();
  for (const key of [...keys, dayKey]) {
    await steadyAt(page, key);
    await key.click();
  }
}

async function fillAssistance(): Promise<void> {
  const words = wordsOf(visitor, 'temporary-assistance');
  await page
    .getByRole('checkbox', { name: words.choice('trouble', 'income') })
    .locator('xpath=ancestor::label')
    .click();
  await visitor.goesOn();
  await visitor.sees(words.asks('since'));
  await visitor.shows('question-date');
  await picksDate(addDays(isoDate(Date.now()), -40));
  await visitor.goesOn();
  await visitor.sees(words.asks('people'));
  await visitor.shows('question-quantity');
  await visitor.taps(zh.quantity.more.replace('{{unit}}', '人'));
  await visitor.goesOn();
  await visitor.sees(words.asks('earning'));
  await visitor.chooses(zh.question.no);
  await visitor.sees(words.asks('pay-to'));
  await visitor.chooses(words.choice('pay-to', 'later'));
  await visitor.sees(words.asks('phone'));
  await givesPhone(visitor);
  await visitor.sees(words.asks('more'));
  await visitor.taps(zh.question.skip);
  await visitor.sees(words.asks('may-check'));
  await visitor.declares();
  await visitor.sees(zh.check.title);
  await visitor.declaresAndSubmits();
}
