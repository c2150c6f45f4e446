import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CDPSession, Page } from '@playwright/test';
import { COLUMNS, type Greys, ROWS } from './kept-pictures.ts';
import { fragmentOf, nameOfState, type ScreenState } from './states.ts';

const root = join(import.meta.dirname, '../..');

/** Half as wide as the screen: every word can be read, and a picture takes half the time. */
const SCALE = 0.5;

/** Shows a view in a state, as it is at first, and waits until it is drawn: its letters and pictures there, nothing loading. */
export async function openState(page: Page, view: string, state: ScreenState): Promise<void> {
  const fragment = fragmentOf(view, state);
  // What somebody wrote on this very page before would stand there still.
  if (new URL(page.url()).hash === `#${fragment}`) await page.reload();
  const drawn = await page.evaluate(showView, { fragment, mostMs: DRAWN_WITHIN_MS });
  if (!drawn) throw new Error(`${fragment} is not drawn`);
}

const DRAWN_WITHIN_MS = 30_000;

/** In the page, in one go, since each question from outside takes longer than a frame: goes there, waits. */
async function showView({ fragment, mostMs }: { fragment: string; mostMs: number }): Promise<boolean> {
  const endMs = Date.now() + mostMs;
  const frame = () => new Promise(requestAnimationFrame);
  const isThere = () =>
    document.querySelector(`[data-view="${fragment}"] [data-page]`)?.checkVisibility() === true &&
    document.querySelector('[aria-busy=true]') === null;
  location.hash = fragment;
  const shows = (video: HTMLVideoElement) =>
    new Promise<void>((drawn) => void video.requestVideoFrameCallback(() => drawn()));
  while (Date.now() < endMs) {
    await frame();
    if (!isThere()) continue;
    // Each camera's first picture stands there.
    await Promise.all([...document.querySelectorAll('video')].map(shows));
    // Letters are asked for while lines are laid out, so twice: after a frame, and when all have come.
    await frame();
    await frame();
    await document.fonts.ready;
    await frame();
    if (isThere()) return true;
  }
  return false;
}

const sessions = new WeakMap<Page, Promise<CDPSession>>();

/** Takes a picture of the page, for people in test-results/screens, and as greys to compare. */
export async function takePicture(page: Page, view: string, state: ScreenState): Promise<Greys> {
  const session = sessions.get(page) ?? page.context().newCDPSession(page);
  sessions.set(page, session);
  const clip = { x: 0, y: 0, width: 1080, height: 1920, scale: SCALE };
  const { data } = await (await session).send('Page.captureScreenshot', {
    format: 'png',
    optimizeForSpeed: true,
    clip,
  });
  const path = join(root, 'test-results/screens', nameOfState(state), `${view}.png`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, Buffer.from(data, 'base64'));
  return page.evaluate(greysOf, { data, columns: COLUMNS, rows: ROWS });
}

/** Runs in the page: its decoder reads the picture, its canvas makes it small. */
async function greysOf(picture: { data: string; columns: number; rows: number }): Promise<number[]> {
  const bytes = Uint8Array.from(atob(picture.data), (char) => char.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes]), {
    resizeWidth: picture.columns,
    resizeHeight: picture.rows,
    resizeQuality: 'high',
  });
  const context = new OffscreenCanvas(picture.columns, picture.rows).getContext('2d');
  if (context === null) throw new Error('broken invariant: no canvas');
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, picture.columns, picture.rows);
  return Array.from({ length: picture.columns * picture.rows }, (_, at) => {
    const [red = 0, green = 0, blue = 0] = data.subarray(at * 4, at * 4 + 3);
    return Math.round(((0.3 * red + 0.59 * green + 0.11 * blue) / 255) * 15);
  });
}
