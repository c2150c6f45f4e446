/** The dark over the first page at night goes at the first touch or key, before the terminal says anything. */
import { expect } from '@playwright/test';
import { test } from './gallery-test.ts';
import { openState } from './take-picture.ts';

const STATE = { language: 'zh', size: 'normal', theme: 'normal' } as const;

for (const [what, wakes] of [
  ['a touch', (page: Parameters<typeof openState>[0]) => page.mouse.click(540, 900)],
  ['a key', (page: Parameters<typeof openState>[0]) => page.keyboard.press('Tab')],
] as const) {
  test(`${what} takes the dark away, and does nothing else`, async ({ gallery: page }) => {
    await openState(page, 'attract-night', STATE);
    const dark = page.locator('[data-night]');
    await expect(dark).toBeVisible();
    await wakes(page);
    await expect(dark).toBeHidden();
    await expect(page.locator('[data-page=attract]')).toBeVisible();
    await openState(page, 'attract', STATE);
    await expect(dark).toBeHidden();
  });
}
