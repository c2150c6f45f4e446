/** Hands on four keys beside the screen: next, back, choose and help. The glass is never touched. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, type Locator, type Page } from '@playwright/test';
import { BOUNCE_MS } from '../../../renderer/src/keys/use-four-keys.ts';
import { type Hands, handsWith } from './hands.ts';

/** More strokes than any page has things to press: whoever needs more has gone round in vain. */
const MOST_STROKES = 120;

/** Hands that move the ring to what they want and choose it; wherever it stands it must be seen. */
export function fourKeys(page: Page): Hands {
  let strokes = 0;
  const strike = async (code: string) => {
    await sleep(BOUNCE_MS);
    await page.keyboard.press(code);
    strokes += 1;
  };
  const press = async (what: Locator) => {
    // What stands at the foot is nearer backwards: the ring goes round.
    const way = (await what.evaluate((element) => element.closest('footer') !== null)) ? 'Shift+Tab' : 'Tab';
    for (let moves = 0; !(await standsOn(what)); moves += 1) {
      expect(moves, `strokes to ${what}`).toBeLessThan(MOST_STROKES);
      await strike(way);
    }
    expect(await troubleWithRing(page), 'the ring').toBeNull();
    await strike('Enter');
  };
  return handsWith(page, press, { readies: async () => {}, strokes: () => strokes });
}

function standsOn(what: Locator): Promise<boolean> {
  return what.evaluate((element) => element === document.activeElement);
}

/** What the ring stands on is drawn with it, and in sight. */
function troubleWithRing(page: Page): Promise<string | null> {
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
