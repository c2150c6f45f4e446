import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/**
 * What axe finds wrong with a page as it stands: each rule that is broken, with the elements that break it. Our
 * pages hold no frames, so that all of one is judged inside it; a page with a frame is refused.
 */
export async function findViolations(page: Page): Promise<readonly string[]> {
  if (page.frames().length > 1) throw new Error('a page with frames needs all of them judged');
  const isThere = await page.evaluate<boolean>("typeof window.axe === 'object'");
  // The first page brings axe; after that it is asked where it is, which takes half the time.
  if (!isThere) await new AxeBuilder({ page }).setLegacyMode().analyze();
  const violations = await page.evaluate<readonly Violation[]>(
    "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) })))",
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
