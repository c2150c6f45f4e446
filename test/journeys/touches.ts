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

/** Pages that show a screen, which their browser would go on drawing for as long as a worker lives. */
const opened = new Set<Page>();

/** Closes whatever shows the screens of this address; they are of a village that is no more. */
export async function closeScreens(url: string): Promise<void> {
  const { origin } = new URL(url);
  const gone = [...opened].filter((page) => page.isClosed() || page.url().startsWith(origin));
  for (const page of gone) opened.delete(page);
  await Promise.all(gone.map((page) => page.close()));
}

/**
 * Opens the screen on a page, and from then on sees each action it sends. Where so many touches are made that their
 * half seconds would be minutes, `isHurried` lets these pass on the page's own clock instead, and nothing moves.
 */
export async function openScreen(
  page: Page,
  url: string | null,
  { isHurried = false }: { readonly isHurried?: boolean } = {},
): Promise<void> {
  if (isHurried) {
    await page.clock.install();
    // What moves is drawn sixty times a second, also while nobody looks.
    await page.emulateMedia({ reducedMotion: 'reduce' });
  }
  await page.addInitScript(rememberTaps);
  const never = Number.NEGATIVE_INFINITY;
  const acts: Acts = { lastMs: never, passedMs: never, isHurried };
  actsOf.set(page, acts);
  opened.add(page);
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

/** Between a finger lifted and its press counted a busy machine may do other things. */
const BUSY_MS = 150;

/** In the page: keeps when the last finger was lifted. */
function rememberTaps(): void {
  addEventListener('pointerup', () => Object.assign(window, { lastTapMs: performance.now() }), true);
}

/** In the page: for how long yet a tap would be a second one, in the place of the last or by a trembling hand. */
function secondTapLeftMs(againMs: number): number {
  const { lastTapMs } = window as { lastTapMs?: number };
  return lastTapMs === undefined ? 0 : lastTapMs + againMs - performance.now();
}

/** Lets time pass: ours, or where a page is hurried its own. */
export async function passes(page: Page, ms: number): Promise<void> {
  if (actsOf.get(page)?.isHurried) await page.clock.fastForward(Math.ceil(ms));
  else await sleep(ms);
}

/** Waits until the screen takes a tap on `target`, also where the last one was heard by the page alone. */
export async function steadyAt(page: Page, target: Locator): Promise<void> {
  // Drawn first: what leads to its page may be sent long after the finger that began it, a photograph say.
  await target.waitFor();
  await steady(page);
  const leftMs = await page.evaluate(secondTapLeftMs, Math.max(AGAIN_MS, DOUBLE_TAP_MS) + BUSY_MS);
  if (leftMs > 0) await passes(page, leftMs);
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
