/**
 * A hand that trembles: it lands up to 4 mm off, drifts up to 8 mm before it lifts, taps again by accident within
 * 400 ms, and every fifth time lands in the gap beside its key. Whatever it does, only what it means may be pressed,
 * and once.
 */
import { expect, type Locator, type Page } from '@playwright/test';
import { AGAIN_MS } from '../../../renderer/src/touch/presses.ts';
import { zh } from '../../../renderer/src/words/zh.ts';
import { type Chance, createChance } from '../../simulation/chance.ts';
import { type Hands, handsWith } from './hands.ts';

const OFF_MM = 4;
const DRIFT_MM = 8;
const AGAIN_WITHIN_MS = 400;
/** Every so many taps one misses. */
const MISSES_EVERY = 5;
/** How far beside the key a miss lands: within the gap to the next. */
const BESIDE_MM = 1.5;
/** A real screen of 268 mm, drawn 1080 pixels wide. */
const PX_PER_MM = 1080 / 268;

interface Spot {
  readonly x: number;
  readonly y: number;
}

type Box = Spot & { readonly width: number; readonly height: number };

/** Hands that tremble as `seed` says. */
export function tremblingHand(page: Page, seed: string): Hands {
  const chance = createChance(seed);
  let taps = 0;
  /** Before the screen is set for such a hand a key may be pressed twice; its action is sent once all the same. */
  let isSet = false;

  const tapAt = async (from: Spot) => {
    taps += 1;
    const to = near(from, DRIFT_MM, chance);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 3 });
    await page.clock.fastForward(chance.below(300));
    await page.mouse.up();
  };
  const press = async (what: Locator) => {
    const place = what.locator('xpath=ancestor-or-self::*[self::label or self::button][1]');
    await place.waitFor();
    await place.scrollIntoViewIfNeeded();
    const box = await place.boundingBox();
    if (box === null) throw new Error(`${what} is not drawn`);
    await place.evaluate(mean);
    const gap = (taps + 1) % MISSES_EVERY === 0 ? await findGap(page, box) : undefined;
    if (gap !== undefined) {
      await tapAt(gap);
      await page.clock.fastForward(AGAIN_MS);
      if ((await pressedSince(page)) === 1) return;
    }
    const from = near(within(box, chance), OFF_MM, chance);
    // Between the two taps passes what the hand takes, and not what a busy machine does.
    await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1_000);
    await tapAt(from);
    await page.clock.fastForward(80 + chance.below(AGAIN_WITHIN_MS - 80));
    await tapAt(near(from, OFF_MM, chance));
    await page.clock.resume();
    // A hand that trembles is not a quick one.
    await page.clock.fastForward(AGAIN_MS);
    const times = await pressedSince(page);
    expect(Math.min(times, isSet ? times : 1), `how often ${what} was pressed`).toBe(1);
  };
  const hands = handsWith(page, press, {
    strokes: () => taps,
    async readies() {
      isSet = false;
      await hands.presses(zh.settings.open);
      await hands.presses(new RegExp(`^${zh.settings.steady.name}`));
      isSet = true;
      await hands.presses(zh.settings.done);
    },
  });
  return hands;
}

/** A point at most so far from another. */
function near({ x, y }: Spot, mm: number, chance: Chance): Spot {
  const angle = (chance.below(360) / 180) * Math.PI;
  const far = (chance.below(1000) / 1000) * mm * PX_PER_MM;
  return { x: x + Math.cos(angle) * far, y: y + Math.sin(angle) * far };
}

/** Somewhere on a key, not at its very edge. */
function within({ x, y, width, height }: Box, chance: Chance): Spot {
  const margin = OFF_MM * PX_PER_MM;
  const along = (from: number, size: number) =>
    from + margin + (chance.below(1000) / 1000) * Math.max(0, size - 2 * margin);
  return { x: along(x, width), y: along(y, height) };
}

/** A place just beside a key where there is nothing to press. */
async function findGap(page: Page, { x, y, width, height }: Box): Promise<Spot | undefined> {
  const beside = BESIDE_MM * PX_PER_MM;
  const spots = [
    { x: x + width / 2, y: y - beside },
    { x: x + width / 2, y: y + height + beside },
    { x: x - beside, y: y + height / 2 },
    { x: x + width + beside, y: y + height / 2 },
  ];
  const free = await page.evaluate(
    (all) =>
      all.findIndex((spot) => {
        const under = document.elementFromPoint(spot.x, spot.y);
        return under !== null && under.closest('button, label') === null;
      }),
    spots,
  );
  return spots[free];
}

interface Heard {
  meant?: string | null;
  pressed?: string[];
  isListening?: boolean;
}

/** In the page: notes from now on what touches come to press; where it is not what was meant, by its words. */
function mean(place: Element): void {
  const heard = window as unknown as Heard;
  heard.meant = place.textContent;
  heard.pressed = [];
  if (heard.isListening) return;
  heard.isListening = true;
  const press = ({ isTrusted, target }: Event) => {
    if (isTrusted || !(target instanceof Element) || target instanceof HTMLInputElement) return;
    const words = (target.closest('button, label') ?? target).textContent;
    heard.pressed?.push(words === heard.meant ? 'meant' : (words ?? '?'));
  };
  window.addEventListener('click', press, true);
}

/** How often what was meant was pressed; nothing else may have been. */
async function pressedSince(page: Page): Promise<number> {
  const pressed = await page.evaluate(() => (window as unknown as { pressed: string[] }).pressed);
  expect(
    pressed.filter((each) => each !== 'meant'),
    'what was pressed and not meant',
  ).toEqual([]);
  return pressed.length;
}
