/** The title of the document says what kind of page stands (WCAG 2.2, 2.4.2), in its language, and nothing else. */
import { expect } from '@playwright/test';
import { DOUBLE_TAP_MS } from '../../renderer/src/act.ts';
import { findView, VIEW_NAMES } from '../../renderer/src/gallery/views.ts';
import { en } from '../../renderer/src/words/en.ts';
import { zh } from '../../renderer/src/words/zh.ts';
import { test } from './gallery-test.ts';
import { openState } from './take-picture.ts';

const TABLES = { zh: zh.pageTitle, en: en.pageTitle };

for (const language of ['zh', 'en'] as const) {
  test(`every view has the title of its kind, in ${language}`, async ({ gallery: page }) => {
    const titles = TABLES[language];
    for (const name of VIEW_NAMES) {
      await openState(page, name, { language, size: 'normal', theme: 'normal' });
      const kind = findView(name, language)?.page.kind;
      const title = kind === undefined ? '一站 Yizhan' : titles.whole.replace('{{page}}', titles[kind]);
      expect((await page.title()).replaceAll('\u00a0', ' '), name).toBe(title);
    }
  });

  test(`the sheet of settings has its own, in ${language}`, async ({ gallery: page }) => {
    const { settings } = { zh, en }[language];
    await openState(page, 'home', { language, size: 'normal', theme: 'normal' });
    const before = await page.title();
    await page.getByRole('button', { name: settings.open, exact: true }).click();
    await expect(page).toHaveTitle(new RegExp(TABLES[language].settings));
    await page.waitForTimeout(DOUBLE_TAP_MS);
    await page.getByRole('button', { name: settings.done, exact: true }).click();
    await expect(page).toHaveTitle(before);
  });
}
