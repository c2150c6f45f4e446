/** The ring that shows where four keys stand. */
import type { Locator, Page } from '@playwright/test';

/** More strokes than any page has things to press: whoever needs more has gone round in vain. */
export const MOST_STROKES = 120;

/** Whether the ring stands on it. */
export function standsOn(what: Locator): Promise<boolean> {
  return what.evaluate((element) => element === document.activeElement);
}

/** What the ring stands on is drawn with it, and in sight; else what is wrong. */
export function troubleWithRing(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const { activeElement } = document;
    const drawn = activeElement?.closest('label') ?? activeElement;
    if (drawn === null || drawn === document.body) return 'it stands nowhere';
    const { top, bottom } = drawn.getBoundingClientRect();
    if (top < -1 || bottom > window.innerHeight + 1) return 'it is out of sight';
    const { outlineStyle, outlineWidth } = getComputedStyle(drawn);
    return outlineStyle === 'solid' && Number.parseFloat(outlineWidth) > 5 ? null : 'it is not drawn';
  });
}
