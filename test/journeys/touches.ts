/** When the screen takes the next touch: it passes over a second one that follows an action within half a second. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { DOUBLE_TAP_MS } from '../../renderer/src/act.ts';

interface Acts {
  lastMs: number;
}

/** By page, when it last sent an action that its gate counts. */
const actsOf = new WeakMap<Page, Acts>();

/** Opens the screen on a page, and from then on sees each action it sends. */
export async function openScreen(page: Page, url: string | null): Promise<void> {
  const acts: Acts = { lastMs: Number.NEGATIVE_INFINITY };
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

/** Waits until the screen takes another touch. A screen whose line cannot be seen is given its time from now. */
export async function steady(page: Page): Promise<void> {
  // What a page sent is told in order: after this answer, of every touch so far.
  await page.evaluate('0');
  const sinceMs = performance.now() - (actsOf.get(page)?.lastMs ?? performance.now());
  if (sinceMs < DOUBLE_TAP_MS) await sleep(DOUBLE_TAP_MS - sinceMs);
}
