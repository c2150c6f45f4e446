/** Somebody of the staff at a desk of theirs. */
import { type Browser, expect, type Locator, type Page } from '@playwright/test';
import type { Stack } from '../../scripts/stack.ts';
import { projectMatter } from '../project-catalog.ts';

/** How long something on its way to a desk may take. */
const WAIT_MS = 60_000;

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

/** Somebody of the desk that has new cases of this matter first. */
export function signInWhereFirst(browser: Browser, stack: Stack, matterId: string): Promise<Page> {
  const [first] = projectMatter(matterId).route;
  return signInAtDesk(browser, stack, first?.level ?? 'town');
}

/** Looks at the page again and again until it shows this. */
export async function looksUntil(desk: Page, shown: Locator): Promise<void> {
  await expect(async () => {
    await desk.reload();
    await expect(shown).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: WAIT_MS });
}

/** The lines of a list that call a case so. */
export function linesOf(desk: Page, listed: string): Locator {
  return desk.getByRole('row').filter({ hasText: listed });
}

/** Waits on the list of cases for one that is called so, and opens it. */
export async function opensFromList(desk: Page, listed: string): Promise<void> {
  const line = linesOf(desk, listed).first();
  await looksUntil(desk, line);
  await line.getByRole('link').first().click();
}

/** Opens one of the forms of a case, where it does not stand open. */
export async function opensForm(desk: Page, summary: string): Promise<void> {
  const part = desk.locator('details').filter({ has: desk.locator('summary', { hasText: summary }) });
  if ((await part.getAttribute('open')) === null) await part.locator('summary').click();
}

/** Presses a button of a form that stands open. */
export async function presses(desk: Page, button: string): Promise<void> {
  await desk.getByRole('button', { name: button, exact: true }).click();
}

/** What happened to the case shown, in order, without times and without what was said. */
export async function historyOf(desk: Page): Promise<readonly string[]> {
  const history = desk.locator('section').filter({ has: desk.getByRole('heading', { name: '经过' }) });
  return history.locator('ol.steps > li b').allTextContents();
}
