/** A bill paid at the screen: whose it is, the code, the receipt; and what is true when the line is cut meanwhile. */
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { zh } from '../../renderer/src/words/zh.ts';
import { slipText } from '../journeys/dock.ts';
import { goToMatter, wordsOf } from '../journeys/matters.ts';
import type { Village } from '../journeys/village.ts';
import { arrive, inOneVillage } from '../journeys/visit.ts';
import type { Visitor } from '../journeys/visitor.ts';

let village: Village;
let page: Page;
let visitor: Visitor;
inOneVillage('pay', (here) => {
  ({ village, page, visitor } = here);
});

const OWNER = '陈*初';
const title = (words: string, values: Readonly<Record<string, string>>) =>
  new RegExp(
    words.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '').replaceAll('*', '\\*'),
  );

/** Without a card, to the page that says whose the account is. */
async function looksUp(account: string): Promise<void> {
  const words = wordsOf(visitor, 'power-bill');
  await arrive(visitor);
  await visitor.taps(zh.key.noCard);
  await goToMatter(visitor, 'power-bill');
  // The line is tried again after a pause that grew while it was cut; whoever waits touches the screen.
  await expect(async () => {
    await page.getByRole('heading', { level: 1 }).click();
    await expect(page.getByRole('button', { name: zh.key.start, exact: true })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 90_000 });
  await visitor.taps(zh.key.start);
  await visitor.sees(words.asks('account'));
  await village.dock.order({ order: 'scan-code', text: account });
  await expect(page.getByText(account.slice(-4)).first()).toBeVisible();
  await visitor.goesOn();
}

/** What somebody does with their phone. */
async function paysElsewhere(context: BrowserContext): Promise<void> {
  const phone = await context.newPage();
  await phone.goto(village.stack.payUrl ?? '');
  await phone.getByRole('link').first().click();
  await phone.getByRole('button', { name: '付', exact: true }).click();
  await expect(phone.getByRole('heading', { name: /付好了/ })).toBeVisible();
  await phone.close();
}

test('a bill is shown masked, paid by the code, and the receipt comes by itself', async ({ browser }) => {
  test.slow();
  const context = await browser.newContext();
  await looksUp('3306990001');
  await visitor.sees(title(zh.pay.whose, { owner: OWNER }));
  await visitor.shows('bill');
  expect(await page.content()).not.toContain('3306990001');
  await visitor.taps(/^对，付/);
  await visitor.sees(/请用手机扫码付/);
  await expect(page.getByRole('img', { name: zh.pay.code })).toBeVisible();
  await visitor.shows('payment');
  await paysElsewhere(context);
  await visitor.sees(/缴好了/);
  await visitor.shows('payment-posted');
  const paper = slipText(await village.dock.waitForSlip(1));
  expect(paper).toContain('缴好了');
  expect(paper).not.toMatch(/3306990001|陈国初/);
  await visitor.taps(zh.key.done);
  await context.close();
});

test('paid once, it is not offered again; one that is open is shown again, the line cut between', async () => {
  test.slow();
  await looksUp('3306990001');
  await visitor.sees(zh.pay.paid);
  await visitor.taps(zh.key.leave);

  await looksUp('3306990002');
  await visitor.taps(/付 42\.15/);
  await visitor.sees(/请用手机扫码付/);
  await village.dock.network('cut');
  await visitor.sees(zh.pay.lost);
  await visitor.shows('payment-lost');
  await visitor.taps(zh.pay.leaveUnsure);
  const paper = slipText(await village.dock.waitForSlip(2));
  expect(paper).toContain('请先不要再付');

  await village.dock.network('on');
  test.setTimeout(240_000);
  await looksUp('3306990002');
  await visitor.taps(/付 42\.15/);
  await visitor.sees(/请用手机扫码付/);
  await visitor.taps(zh.pay.leave);
});
