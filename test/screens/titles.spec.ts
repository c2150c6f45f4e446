/** The sheet of settings, which is no view, has a title of its own (WCAG 2.2, 2.4.2); views are held to theirs in gallery.spec.ts. */
import { expect } from '@playwright/test';
import { DOUBLE_TAP_MS } from '../../renderer/src/act.ts';
import { en } from '../../renderer/src/words/en.ts';
import { zh } from '../../renderer/src/words/zh.ts';
import { test } from './gallery-test.ts';
import { openState } from './take-picture.ts';

for (const language of ['zh', 'en'] as const) {
  test(`the sheet of settings has its own, in ${language}`, async ({ gallery: page }) => {
    const { settings, pageTitle } = { zh, en }[language];
    await openState(page, 'home', { language, size: 'normal', theme: 'normal' });
    const before = await page.title();
    await page.getByRole('button', { name: settings.open, exact: true }).click();
    await expect(page).toHaveTitle(new RegExp(pageTitle.settings));
    await page.waitForTimeout(DOUBLE_TAP_MS);
    await page.getByRole('button', { name: settings.done, exact: true }).click();
    await expect(page).toHaveTitle(before);
  });
}
