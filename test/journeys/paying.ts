import { type BrowserContext, expect } from '@playwright/test';
import type { Village } from './village.ts';

/** What somebody does with their phone: pays the one bill that is open. */
export async function paysByPhone(context: BrowserContext, village: Village): Promise<void> {
  const phone = await context.newPage();
  await phone.goto(village.stack.payUrl ?? '');
  await phone.getByRole('link').first().click();
  await phone.getByRole('button', { name: '付', exact: true }).click();
  await expect(phone.getByRole('heading', { name: /付好了/ })).toBeVisible();
  await phone.close();
}
