import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** Stands for axe's own text where the page has it already: bringing it takes longer than most of its rules. */
const NOTHING_MORE = 'void 0';

/**
 * What axe finds wrong with a page as it stands: each rule that is broken, with the elements that break it. Our
 * pages hold no frames, so that all of one is judged inside it; a page with a frame is refused.
 */
export async function findViolations(page: Page): Promise<readonly string[]> {
  if (page.frames().length > 1) throw new Error('a page with frames needs all of them judged');
  const isThere = await page.evaluate<boolean>("typeof window.axe === 'object'");
  const { violations } = await new AxeBuilder({ page, ...(isThere && { axeSource: NOTHING_MORE }) })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
