/** Hands on four keys beside the screen: next, back, choose and help. The glass is never touched. */
import { expect, type Locator, type Page } from '@playwright/test';
import { BOUNCE_MS } from '../../../renderer/src/keys/use-four-keys.ts';
import { MOST_STROKES, standsOn, troubleWithRing } from '../ring.ts';
import { passes } from '../touches.ts';
import { type Hands, handsWith } from './hands.ts';

/** Hands that move the ring to what they want and choose it; wherever it stands it must be seen. */
export function fourKeys(page: Page): Hands {
  let strokes = 0;
  const strike = async (code: string) => {
    await passes(page, BOUNCE_MS);
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
