/** Hands that do not tap as most do: four keys beside the screen, and a hand that trembles. */
import { expect, type Locator, type Page } from '@playwright/test';
import { BOUNCE_MS } from '../../renderer/src/keys/use-four-keys.ts';
import { AGAIN_MS, BESIDE_MM } from '../../renderer/src/touch/presses.ts';
import { MOST_STROKES, standsOn, troubleWithRing } from './ring.ts';
import { passes, steady } from './touches.ts';
import type { Visitor } from './visitor.ts';

/** How a hand gets at one thing on the page. */
type Press = (what: Locator) => Promise<void>;

/** The same visitor with other hands: everything they do to a page goes through `press`. */
function withHands(visitor: Visitor, press: Press): Visitor {
  const { page, words } = visitor;
  const key = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
  const handed: Visitor = {
    ...visitor,
    async taps(name) {
      await steady(page);
      await press(key(name).first());
    },
    async chooses(label) {
      await steady(page);
      await press(key(new RegExp(`^${label}`)).first());
    },
    async declares() {
      await steady(page);
      await press(page.getByRole('button', { name: words.question.declareKey, pressed: false }));
    },
    declaresAndSubmits: () => handed.taps(words.question.declareSubmit),
    async dials(digits) {
      await steady(page);
      const pad = page.getByLabel(words.pad.digits, { exact: true });
      for (const digit of digits) await press(pad.getByRole('button', { name: digit, exact: true }));
      await handed.goesOn();
    },
    goesOn: () => handed.taps(words.key.next),
  };
  return handed;
}

/** Next, and choose: nothing on the glass is ever touched. Each stroke shows where it stands. */
export function byFourKeys(visitor: Visitor): Visitor {
  const { page } = visitor;
  const strike = async (code: string) => {
    await passes(page, BOUNCE_MS);
    await page.keyboard.press(code);
  };
  return withHands(visitor, async (what) => {
    await what.waitFor({ state: 'attached' });
    for (let stroke = 0; !(await standsOn(what)); stroke += 1) {
      if (stroke > MOST_STROKES) throw new Error(`the ring never comes to ${what}`);
      await strike('Tab');
      expect(await troubleWithRing(page), 'the ring').toBeNull();
    }
    await strike('Enter');
  });
}

/** Real millimetres on a screen 268 mm wide, drawn 1080 pixels wide. */
const PX_PER_MM = 1080 / 268;

/**
 * Lands near an edge, slips seven millimetres while it presses for most of a second, lifts beside the key, and taps
 * once more by accident; every third touch lands beside its key, where nothing else is near. Its page is hurried: between
 * the touches passes what the hand takes, and not what a busy machine does.
 */
export function byTremblingHand(visitor: Visitor): Visitor {
  const { page } = visitor;
  let taps = 0;
  return withHands(visitor, async (what) => {
    taps += 1;
    const place = what.locator('xpath=ancestor-or-self::*[self::label or self::button][1]');
    await place.waitFor();
    await place.scrollIntoViewIfNeeded();
    const box = await place.boundingBox();
    await steady(page);
    if (box === null) throw new Error(`${what} is not drawn`);
    const x = box.x + box.width / 2;
    const isBeside = taps % 3 === 0 && (await hasRoomAbove(page, box));
    const top = box.y + (isBeside ? 1 - BESIDE_MM : 2) * PX_PER_MM;
    await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1_000);
    await page.mouse.move(x, top);
    await page.mouse.down();
    await page.mouse.move(x, top + (isBeside ? 3 : -7) * PX_PER_MM, { steps: 5 });
    await passes(page, taps % 3 === 0 ? 900 : 150);
    await page.mouse.up();
    await passes(page, 80);
    await page.mouse.move(x, top);
    await page.mouse.down();
    await page.mouse.up();
    await page.clock.resume();
    // A hand that trembles is not a quick one.
    await passes(page, AGAIN_MS);
  });
}

/** Whether nothing else that can be pressed stands just above. */
function hasRoomAbove(
  page: Page,
  { x, y, width }: { x: number; y: number; width: number },
): Promise<boolean> {
  return page.evaluate(
    ([at, above]) => document.elementFromPoint(at ?? 0, above ?? 0)?.closest('button, label') === null,
    [x + width / 2, y - 2.5 * BESIDE_MM * PX_PER_MM],
  );
}
