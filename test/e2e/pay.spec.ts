/** A bill paid at the screen: whose it is, the code, the receipt; and what is true when the line is cut meanwhile. */
import { expect, type Page, test } from '@playwright/test';
import { zh } from '../../renderer/src/words/zh.ts';
import { slipText } from '../journeys/dock.ts';
import { looksUpPower, paysByPhone } from '../journeys/paying.ts';
import type { Village } from '../journeys/village.ts';
import { inOneVillage } from '../journeys/visit.ts';
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

const looksUp = (account: string) => looksUpPower(visitor, village, account);

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
  await paysByPhone(context, village);
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
