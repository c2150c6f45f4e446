/** What the state keeps, at a machine: looked up with consent, refused kindly without network, used instead of questions. */
import { expect, type Page, test } from '@playwright/test';
import { zh } from '../../renderer/src/words/zh.ts';
import { findLeaks } from '../journeys/leaks.ts';
import { givesPhone, goToMatter, wordsOf } from '../journeys/matters.ts';
import { opensFromList, signInAtDesk } from '../journeys/staff.ts';
import type { Village } from '../journeys/village.ts';
import { arrive, inOneVillage } from '../journeys/visit.ts';
import type { Visitor } from '../journeys/visitor.ts';

let village: Village;
let page: Page;
let visitor: Visitor;
inOneVillage('shared', (here) => {
  ({ village, page, visitor } = here);
});

const says = (words: string | RegExp) => expect(page.getByText(words).first()).toBeVisible();

/** Lays a card and opens a matter through its category. */
async function opens(card: string, matterId: string): Promise<void> {
  await village.dock.lay(card);
  await visitor.sees(/(上午|中午|下午|晚上)好/);
  await goToMatter(visitor, matterId);
}

async function leaves(): Promise<void> {
  await visitor.taps(zh.key.leave);
  await village.dock.lift();
  await arrive(visitor);
}

test('a pension is looked up with consent, and the consent taken back', async () => {
  await arrive(visitor);
  await opens('mother', 'pension-received');
  await visitor.taps(zh.key.start);
  await visitor.sees(zh.shared.consentTitle);
  await says('县人力社保局');
  await visitor.shows('consent');
  await visitor.taps(zh.shared.agree);
  await visitor.sees('养老金发放');
  await says(/368\.50/);
  await says(/一共/);
  await visitor.shows('records');
  await visitor.taps(zh.shared.next);
  await visitor.taps(new RegExp(zh.shared.keptOpen));
  await visitor.sees(zh.shared.keptTitle);
  await visitor.taps(zh.shared.withdrawOf.replace('{{name}}', '养老金发放'));
  await says(zh.shared.taken);
  await visitor.shows('kept-of-me');
  await leaves();
  expect(await page.content()).not.toMatch(/368\.50|养老金发放/);
});

test('an application is filled from what is kept, and the desk sees which answers were', async ({
  browser,
}) => {
  test.slow();
  const words = wordsOf(visitor, 'unemployment-registration');
  await arrive(visitor);
  await opens('daughter', 'unemployment-registration');
  await visitor.taps(zh.key.start);
  await visitor.sees(zh.shared.consentTitle);
  await says(zh.shared.saves);
  await visitor.taps(zh.shared.agree);
  await visitor.sees(zh.shared.foundSeveral);
  await visitor.shows('fetched-several');
  await visitor.taps(/^样例县示例轴承厂/);
  await visitor.sees(words.asks('why-left'));
  await visitor.chooses(words.choice('why-left', 'ended'));
  await visitor.chooses(words.choice('wants', 'any'));
  await visitor.sees(words.asks('train'));
  await visitor.chooses(zh.question.no);
  await visitor.sees(words.asks('phone'));
  await givesPhone(visitor);
  await visitor.sees(zh.check.title);
  await says(zh.shared.check);
  await says('样例县示例轴承厂');
  await visitor.shows('check-fetched');
  await visitor.declaresAndSubmits();
  await visitor.sees(zh.kept.printed);
  await visitor.taps(zh.key.done);
  await village.dock.lift();

  const town = await signInAtDesk(browser, village.stack, 'town');
  await opensFromList(town, words.name);
  await expect(town.getByText('经同意查到的资料')).toBeVisible();
  expect(findLeaks([village.folder], ['样例县示例轴承厂', '补发 1 到 7 月'])).toEqual([]);
  await expect(town.getByText(/查来的：上一家单位、离开的日子/)).toBeVisible();
});

test('without network it is refused kindly, before anything is asked', async () => {
  await village.dock.network('cut');
  await arrive(visitor);
  await village.dock.lay('mother');
  await expect(page.getByText(zh.notice.offline)).toBeVisible({ timeout: 60_000 });
  await visitor.taps('养老');
  await visitor.taps(new RegExp(`^${wordsOf(visitor, 'pension-received').name}`));
  await says(zh.matter.blocked);
  await says('没网');
  await visitor.shows('blocked');
  await leaves();
});
