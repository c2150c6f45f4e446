/** Paying at a machine: a bill looked up without a card, and what somebody does with their telephone meanwhile. */
import { type BrowserContext, expect } from '@playwright/test';
import { goToMatter, wordsOf } from './matters.ts';
import type { Village } from './village.ts';
import { arrive } from './visit.ts';
import type { Visitor } from './visitor.ts';

/** From home to the page that says whose the account is. */
export async function looksUpBill(
  visitor: Visitor,
  { dock }: Village,
  { matter, account }: { readonly matter: string; readonly account: string },
): Promise<void> {
  const { page, words } = visitor;
  await goToMatter(visitor, matter);
  // The line is tried again after a pause that grew while it was cut; whoever waits touches the screen.
  await expect(async () => {
    await page.getByRole('heading', { level: 1 }).click();
    await expect(page.getByRole('button', { name: words.key.start, exact: true })).toBeVisible({
      timeout: 500,
    });
  }).toPass({ timeout: 90_000 });
  await visitor.taps(words.key.start);
  await visitor.sees(wordsOf(visitor, matter).asks('account'));
  await dock.order({ order: 'scan-code', text: account });
  await expect(page.getByText(account.slice(-4)).first()).toBeVisible();
  await visitor.goesOn();
}

/** Steps up without a card, and looks an electricity bill up. */
export async function looksUpPower(visitor: Visitor, village: Village, account: string): Promise<void> {
  await arrive(visitor);
  await visitor.taps(visitor.words.key.noCard);
  await looksUpBill(visitor, village, { matter: 'power-bill', account });
}

/** What somebody does with their phone: pays the one bill that is open. */
export async function paysByPhone(context: BrowserContext, village: Village): Promise<void> {
  const phone = await context.newPage();
  await phone.goto(village.stack.payUrl ?? '');
  await phone.getByRole('link').first().click();
  await phone.getByRole('button', { name: '付', exact: true }).click();
  await expect(phone.getByRole('heading', { name: /付好了/ })).toBeVisible();
  await phone.close();
}
