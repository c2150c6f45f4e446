import type { Locator, Page } from '@playwright/test';
import handTable from '../../renderer/src/keyboard/hand/hand-table.json' with { type: 'json' };
import { readStrokes } from '../../renderer/src/keyboard/hand/hand-table.ts';
import { OLD_HAND, seededChance, writeWith } from '../../renderer/src/keyboard/hand/testing/unsteady-hand.ts';

const characters = [...handTable.characters];

/** Writes one character into the square as an old hand does, with the mouse, stroke by stroke. */
export async function writeByHand(page: Page, square: Locator, character: string, seed = 7): Promise<void> {
  const copybook = readStrokes(handTable.strokes[characters.indexOf(character)] ?? '');
  const box = await square.boundingBox();
  if (box === null) throw new Error('broken invariant: the square is not drawn');
  for (const stroke of writeWith(OLD_HAND, copybook, seededChance(seed))) {
    const places = stroke.map(({ x, y }) => ({
      x: box.x + Math.min(0.99, Math.max(0.01, x)) * box.width,
      y: box.y + Math.min(0.99, Math.max(0.01, y)) * box.height,
    }));
    const [first, ...rest] = places;
    if (first === undefined) continue;
    await page.mouse.move(first.x, first.y);
    await page.mouse.down();
    for (const { x, y } of rest) await page.mouse.move(x, y);
    await page.mouse.up();
  }
}
