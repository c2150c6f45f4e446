/** Bills paid with cash in the agent's hand: the slips, the code, the town's sums; and the terminal killed between. */
import { type Browser, expect, type Page, test } from '@playwright/test';
import { zh } from '../../renderer/src/words/zh.ts';
import { type AgentHands, agentAt } from '../journeys/agent.ts';
import { slipText } from '../journeys/dock.ts';
import { looksUpBill, paysByPhone } from '../journeys/paying.ts';
import { signInAtDesk } from '../journeys/staff.ts';
import type { Village } from '../journeys/village.ts';
import { arrive, inOneVillage } from '../journeys/visit.ts';
import type { Visitor } from '../journeys/visitor.ts';

let village: Village;
let page: Page;
let visitor: Visitor;
let hands: AgentHands;
inOneVillage('cash', (here) => {
  ({ village, page, visitor } = here);
  hands = agentAt(village, visitor);
});
test.describe.configure({ timeout: 240_000 });

/** The mother lays her card, and the agent steps in beside her. */
async function comeTogether(): Promise<void> {
  await arrive(visitor);
  await village.dock.lay('mother');
  await visitor.sees(/张女士/);
  await hands.stepsIn();
  await visitor.sees(/张女士/);
}

async function handsOver(bill: { readonly matter: string; readonly account: string }): Promise<void> {
  await comeTogether();
  await looksUpBill(visitor, village, bill);
  await visitor.taps(new RegExp(zh.pay.cash.offer));
  await visitor.sees(/现金交给代办员/);
  await visitor.shows('cash');
  await visitor.taps(/^钱交了/);
  await visitor.sees(/请代办员用手机扫码付/);
}

async function pays(browser: Browser): Promise<void> {
  const context = await browser.newContext();
  await paysByPhone(context, village);
  await context.close();
}

async function goAway(): Promise<void> {
  await visitor.taps(zh.key.done);
  await village.dock.lift();
}

/** What the printer put out since so many slips. */
async function papersSince(before: number, count: number): Promise<readonly string[]> {
  await village.dock.waitForSlip(before + count);
  return (await village.dock.state()).printer.slips.slice(before).map(slipText);
}
const slipsOut = async () => (await village.dock.state()).printer.slips.length;

test('the agent registers', async () => {
  await hands.registers();
  await visitor.taps(zh.key.leave);
  await village.dock.lift();
});

test('a bill is paid with cash: a slip for each, and the receipt; the town reads the sum', async ({
  browser,
}) => {
  await handsOver({ matter: 'water-bill', account: '33069901' });
  const [first = ''] = await papersSince(0, 1);
  for (const words of ['现金收条', '吕*', '代办员签名', '还没缴']) expect(first).toContain(words);
  expect(first).not.toMatch(/吕小兰|张桂兰|33069901/);
  await visitor.shows('payment-cash');
  await pays(browser);
  await visitor.sees(/缴好了/);
  await expect(page.getByText('张* 的现金抵清了')).toBeVisible();
  await visitor.shows('payment-cash-posted');
  const papers = (await papersSince(1, 2)).join('\n');
  for (const words of ['缴好了', '现金底联', '张*', '现金抵清', '交钱的人签名'])
    expect(papers).toContain(words);
  await goAway();

  const town = await signInAtDesk(browser, village.stack, 'town');
  await town.getByRole('link', { name: '现金' }).click();
  const row = town.getByRole('row').filter({ hasText: '吕小兰' });
  await expect(async () => {
    await town.reload();
    await expect(row).toContainText('1 笔', { timeout: 500 });
  }).toPass({ timeout: 60_000 });
  await expect(town.getByText('没有：收了的都缴了，或者退了')).toBeVisible();
  await town.screenshot({ path: 'test-results/screens/cash/zh-town.png', fullPage: true });
});

test('killed with the cash in hand and the code on the screen: the two come back to it, and it is paid once', async ({
  browser,
}) => {
  const before = await slipsOut();
  await handsOver({ matter: 'gas-bill', account: '3306990101' });
  await papersSince(before, 1);
  village.stack.programs?.terminal.findHandle()?.kill('SIGKILL');
  await visitor.sees(zh.attract.title);
  await village.dock.lift();
  await comeTogether();
  await hands.findsPage(true);
  await visitor.taps(/现金还没了结/);
  await visitor.sees(/请代办员用手机扫码付/);
  await pays(browser);
  await visitor.sees(/缴好了/);
  const [second = ''] = await papersSince(before + 1, 1);
  for (const words of ['现金底联', '现金抵清', '张*']) expect(second).toContain(words);
  await goAway();
});
