import type { Browser, Page } from '@playwright/test';
import type { Stack } from '../../scripts/stack.ts';

/** Someone of the staff, signed in at their desk in a browser of their own. */
export async function signInAtDesk(browser: Browser, stack: Stack, name: string): Promise<Page> {
  const staff = stack.staff.find((one) => one.name === name);
  if (staff === undefined || stack.deskUrl === null) throw new Error(`no sample staff ${name}`);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(stack.deskUrl);
  await page.getByLabel('用户名').fill(staff.name);
  await page.getByLabel('密码').fill(staff.password);
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('heading', { name: '办件' }).waitFor();
  return page;
}
