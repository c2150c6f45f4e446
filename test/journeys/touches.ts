/** When the screen takes the next touch: it passes over a second one that follows an action within half a second. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator, Page } from '@playwright/test';
import { DOUBLE_TAP_MS } from '../../renderer/src/act.ts';
import { AGAIN_MS } from '../../renderer/src/touch/presses.ts';

interface Acts {
  lastMs: number;
  /** Its half second passes on its own clock at once, and nobody waits. */
  readonly isHurried: boolean;
  /** The action whose half second has passed so. */
  passedMs: number;
}

/** By page, when it last sent an action that its gate counts. */
const actsOf = new WeakMap<Page, Acts>();

/**
 * Opens the screen on a page, and from then on sees each action it sends. Where so many touches are made that their
 * half seconds would be minutes, `isHurried` lets these pass on the page's own clock instead.
 */
export async function openScreen(
  page: Page,
  url: string | null,
  { isHurried = false }: { readonly isHurried?: boolean } = {},
): Promise<void> {
  if (isHurried) await page.clock.install();
  await page.addInitScript(rememberTaps);
  const never = Number.NEGATIVE_INFINITY;
  const acts: Acts = { lastMs: never, passedMs: never, isHurried };
  actsOf.set(page, acts);
  page.on('websocket', (line) =>
    line.on('framesent', ({ payload }) => {
      if (isGated(String(payload))) acts.lastMs = performance.now();
    }),
  );
  await page.goto(url ?? '');
}

/** An action on its way, but for what is being typed and mere touches, which pass the gate always. */
function isGated(frame: string): boolean {
  return frame.includes('"action":{') && !/"type":"(typing|touch)"/.test(frame);
}

/** Nearer than this to the tap before is the same place: 4 mm of the screen, and a little. */
const SAME_PLACE_PX = 24;

/** In the page: keeps where the last finger was lifted, and when. */
function rememberTaps(): void {
  addEventListener(
    'pointerup',
    ({ clientX, clientY }) => Object.assign(window, { lastTap: [clientX, clientY, performance.now()] }),
    true,
  );
}

/** In the page: for how long yet a tap around `x`, `y` would be one in the place of the last. */
function samePlaceLeftMs({
  x,
  y,
  placePx,
  againMs,
}: Record<'x' | 'y' | 'placePx' | 'againMs', number>): number {
  const [lastX, lastY, atMs] = (window as { lastTap?: [number, number, number] }).lastTap ?? [0, 0, -againMs];
  return Math.hypot(lastX - x, lastY - y) < placePx ? atMs + againMs - performance.now() : 0;
}

/**
 * Waits until the screen takes a tap on `target`: after the half second of an action, and where another key stood in
 * the same place a moment ago, after that of a second tap too.
 */
export async function steadyAt(page: Page, target: Locator): Promise<void> {
  await steady(page);
  const box = await target.boundingBox();
  if (box === null) return;
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const leftMs = await page.evaluate(samePlaceLeftMs, {
    ...middle,
    placePx: SAME_PLACE_PX,
    againMs: AGAIN_MS,
  });
  if (leftMs <= 0) return;
  if (actsOf.get(page)?.isHurried) await page.clock.fastForward(AGAIN_MS);
  else await sleep(leftMs);
}

/** Waits until the screen takes another touch. A screen whose line cannot be seen is given its time from now. */
export async function steady(page: Page): Promise<void> {
  // What a page sent is told in order: after this answer, of every touch so far.
  await page.evaluate('0');
  const acts = actsOf.get(page);
  if (acts?.isHurried) {
    // Its clock moves in small steps behind ours: what is left cannot be told, so all of it passes.
    if (acts.lastMs > acts.passedMs) await page.clock.fastForward(DOUBLE_TAP_MS);
    acts.passedMs = acts.lastMs;
    return;
  }
  const leftMs = (acts?.lastMs ?? performance.now()) + DOUBLE_TAP_MS - performance.now();
  if (leftMs > 0) await sleep(leftMs);
}
