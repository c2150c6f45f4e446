import { test as base, type Page } from '@playwright/test';
import { openBuiltGallery } from './built-gallery.ts';

/** One server and one page for each worker: a view is a fragment of the address, so nothing is loaded twice. */
export const test = base.extend<object, { gallery: Page }>({
  gallery: [
    async ({ browser }, use) => {
      const built = await openBuiltGallery();
      const context = await browser.newContext({
        viewport: { width: 1080, height: 1920 },
        reducedMotion: 'reduce',
        hasTouch: true,
      });
      const page = await context.newPage();
      await page.goto(`${built.origin}/gallery.html`);
      await use(page);
      await context.close();
      await built.close();
    },
    { scope: 'worker' },
  ],
});
