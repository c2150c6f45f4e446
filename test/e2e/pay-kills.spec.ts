/**
 * Money and numbered papers through SIGKILL of the terminal in every moment: what was paid is known of the platform alone,
 * paid once, and told at the next visit; a paper nobody saw come out counts no more.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import Database from 'better-sqlite3';
import { zh } from '../../renderer/src/words/zh.ts';
import { slipText } from '../journeys/dock.ts';
import { wordsOf } from '../journeys/matters.ts';
import { previewsProof } from '../journeys/papers.ts';
import { looksUpBill, looksUpPower, paysByPhone } from '../journeys/paying.ts';
import type { Village } from '../journeys/village.ts';
import { arrive, inOneVillage } from '../journeys/visit.ts';
import type { Visitor } from '../journeys/visitor.ts';

let village: Village;
let page: Page;
let visitor: Visitor;
inOneVillage('pay-kills', (here) => {
  ({ village, page, visitor } = here);
});
test.describe.configure({ timeout: 240_000 });

const dies = async () => {
  await village.killTerminal();
  await visitor.sees(zh.attract.title);
};

/** What provider and billers have in their books. */
function books(file: 'orders' | 'posted'): readonly { readonly step: string; readonly reference?: string }[] {
  const path = join(village.stack.folders.platform, 'sample-payments', `${file}.jsonl`);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  return text
    .trim()
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
}
const countOf = (file: 'orders' | 'posted', step: string) =>
  books(file).filter((line) => line.step === step).length;

/** Waits until the biller has so many payments; money came as often, and none went back. */
async function settledAt(count: number): Promise<void> {
  await expect.poll(() => countOf('posted', 'post'), { timeout: 60_000 }).toBe(count);
  expect([countOf('orders', 'money'), countOf('orders', 'refund')]).toEqual([count, 0]);
}

/** With the mother's card to the bill of an account, and to the code that pays it. */
async function asksForCode(matter: string, account: string): Promise<void> {
  await arrive(visitor);
  await village.dock.lay('mother');
  await visitor.sees(/张女士/);
  await looksUpBill(visitor, village, { matter, account });
  await visitor.taps(/^对，付/);
  await visitor.sees(/请用手机扫码付/);
}

/** The case of a matter of the mother's, as the next visit shows it. */
async function opensCase(matter: string): Promise<void> {
  await village.dock.lift();
  await arrive(visitor);
  await village.dock.lay('mother');
  await visitor.sees(/张女士/);
  await visitor.taps(/我的办件/);
  await visitor.taps(new RegExp(wordsOf(visitor, matter).listed));
  await expect(page.getByText(zh.case.history)).toBeVisible();
}

async function goesAway(): Promise<void> {
  await visitor.taps(zh.key.leave);
  await village.dock.lift();
}

test('killed before the code is asked for: nothing was opened, and the bill is still due', async () => {
  await looksUpPower(visitor, village, '3306990001');
  await expect(page.getByRole('button', { name: /^对，付/ })).toBeVisible();
  await dies();
  expect(books('orders')).toEqual([]);
  await looksUpPower(visitor, village, '3306990001');
  await expect(page.getByRole('button', { name: /^对，付/ })).toBeVisible();
  await visitor.taps(zh.key.leave);
});

test('killed as it is asked for, and as it is shown: the same payment is shown again', async ({
  browser,
}) => {
  await looksUpPower(visitor, village, '3306990001');
  await visitor.taps(/^对，付/);
  await dies();
  await looksUpPower(visitor, village, '3306990001');
  // Whether its case was kept before the death or not: there is one way on, and it leads to one order.
  await visitor.taps(new RegExp(`^(对，付|${zh.pay.goOn})`));
  await visitor.sees(/请用手机扫码付/);
  await dies();
  await looksUpPower(visitor, village, '3306990001');
  await visitor.taps(zh.pay.goOn);
  await visitor.sees(/请用手机扫码付/);
  expect(countOf('orders', 'open')).toBe(1);
  await diesWhilePaying(browser);
  await settledAt(1);
  await looksUpPower(visitor, village, '3306990001');
  await visitor.sees(zh.pay.paid);
  await visitor.taps(zh.key.leave);
});

/** Somebody's telephone. */
async function pays(browser: Browser): Promise<void> {
  const context = await browser.newContext();
  await paysByPhone(context, village);
  await context.close();
}

/** The terminal is dead from before the money comes until after. */
async function diesWhilePaying(browser: Browser): Promise<void> {
  await village.killTerminal();
  await pays(browser);
  await visitor.sees(zh.attract.title);
}

test('killed when it is paid and not yet said: told at the next visit, and by its slip', async ({
  browser,
}) => {
  const paidBefore = countOf('posted', 'post');
  await asksForCode('water-bill', '33069901');
  await diesWhilePaying(browser);
  await settledAt(paidBefore + 1);
  await expect(async () => {
    await opensCase('water-bill');
    await expect(page.getByText(/缴好了，凭证号/)).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 90_000 });
  await visitor.shows('paid-after-a-kill');
  const before = (await village.dock.state()).printer.slips.length;
  await visitor.taps(new RegExp(`${zh.case.unknown}|${zh.case.print}`));
  const paper = slipText(await village.dock.waitForSlip(before + 1));
  expect(paper).toMatch(/\d{4} \d{4} \d{4}/);
  await goesAway();
});

test('killed while its slip prints: a copy comes at the next visit, and nothing is paid twice', async ({
  browser,
}) => {
  const paidBefore = countOf('posted', 'post');
  await asksForCode('gas-bill', '3306990101');
  await pays(browser);
  while ((await village.dock.state()).printer.uncut.length === 0) await page.waitForTimeout(5);
  await dies();
  await settledAt(paidBefore + 1);
  await opensCase('gas-bill');
  const before = (await village.dock.state()).printer.slips.length;
  await visitor.taps(new RegExp(`${zh.case.unknown}|${zh.case.print}`));
  expect(JSON.stringify(await village.dock.waitForSlip(before + 1))).toContain('副本');
  await goesAway();
  expect(countOf('orders', 'open')).toBe(paidBefore + 1);
});

test('killed while a certificate prints: its number counts no more, and nothing is left in the printer', async () => {
  await arrive(visitor);
  await village.dock.lay('mother');
  await visitor.sees(/张女士/);
  await previewsProof(visitor);
  expect(voids()).toEqual([]);
  await visitor.taps(zh.print.go);
  await dies();
  await expect.poll(voids, { timeout: 60_000 }).toEqual([{ reason: 'unknown-after-restart', given: 1 }]);
  await expect
    .poll(async () => (await village.dock.state()).documentPrinter.waiting, { timeout: 60_000 })
    .toEqual([]);
});

/** Numbers the platform counts no more; `given` says that it gave them out itself. */
function voids(): unknown[] {
  const path = join(village.stack.folders.platform, 'platform.db');
  const database = new Database(path, { readonly: true });
  try {
    return database
      .prepare(
        'SELECT v.reason, count(c.number) AS given FROM certificate_voids v LEFT JOIN certificates c USING (number) GROUP BY v.number',
      )
      .all();
  } finally {
    database.close();
  }
}
