import type { Page } from '@playwright/test';

/** Where the voice's queue is written down in a page: what was begun, a phrase each. */
export interface WrittenDown {
  readonly said: string[];
}

/** Puts an ear to a page before it is opened: it hears each phrase as it begins, and nothing else of the page. */
export async function writeDownWhatIsSaid(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    let begun = '';
    const listen = () => {
      const mark = document.querySelector('[data-begun]');
      const now = mark?.getAttribute('data-begun') ?? '';
      if (now === begun) return;
      begun = now;
      const words = mark?.getAttribute('data-saying');
      if (words != null) said.push(words);
    };
    new MutationObserver(listen).observe(document, { subtree: true, childList: true, attributes: true });
  });
}
