/** Somebody who does not look at the screen: hears what it says, and works it by four keys. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, type Page } from '@playwright/test';
import { steady } from './touches.ts';
import { type WrittenDown, writeDownWhatIsSaid } from './written-down.ts';

/** What somebody hears, and does about it. */
export interface Listener {
  /** All that was said so far, a phrase each, in its order; `from` leaves out the first so many. */
  said(from?: number): Promise<readonly string[]>;
  /** Waits until a phrase with this in it has been said, since the last key was chosen. */
  hears(words: string | RegExp): Promise<void>;
  /** Moves on until what has the focus says so, and chooses it. */
  chooses(words: string | RegExp): Promise<void>;
  /** The same for the digits of a number, on a pad. */
  dials(digits: string): Promise<void>;
  /** Nothing is said for so long. */
  hearsNothing(forMs: number): Promise<void>;
}

/** A key that is struck twice within so long counts once. */
const BOUNCE_MS = 220;
const MOST_STROKES = 60;
/** A machine that says nothing for so long after a key is broken. */
const PATIENCE_MS = 6_000;

/** Puts an ear to a page; before the page is opened. */
export async function listenAt(page: Page): Promise<Listener> {
  await writeDownWhatIsSaid(page);
  let since = 0;
  const said = (from = 0) =>
    page.evaluate((first) => (window as unknown as WrittenDown).said.slice(first), from);
  const has = (phrases: readonly string[], words: string | RegExp) =>
    phrases.some((phrase) =>
      typeof words === 'string' ? plain(phrase).includes(words) : words.test(plain(phrase)),
    );
  const strike = async (code: string): Promise<string> => {
    await sleep(BOUNCE_MS);
    const before = (await said()).length;
    await page.keyboard.press(code);
    await expect.poll(async () => (await said()).length, { timeout: PATIENCE_MS }).toBeGreaterThan(before);
    return (await said(before)).at(-1) ?? '';
  };
  const moveTo = async (words: string | RegExp): Promise<void> => {
    for (let stroke = 0; stroke <= MOST_STROKES; stroke += 1) if (has([await strike('Tab')], words)) return;
    throw new Error(`nothing says ${words}: ${(await said(-MOST_STROKES)).join(' | ')}`);
  };
  const choose = async (): Promise<void> => {
    await sleep(BOUNCE_MS);
    await steady(page);
    since = (await said()).length;
    await page.keyboard.press('Enter');
  };
  return {
    said,
    async hears(words) {
      await expect
        .poll(async () => has(await said(since), words), { timeout: 45_000, message: `to hear ${words}` })
        .toBe(true);
    },
    async chooses(words) {
      await moveTo(words);
      await choose();
    },
    async dials(digits) {
      let at = '';
      for (const digit of digits) {
        if (digit !== at) await moveTo(new RegExp(`^${digit}$`));
        at = digit;
        await choose();
      }
    },
    async hearsNothing(forMs) {
      const before = (await said()).length;
      await sleep(forMs);
      expect(await said(before)).toEqual([]);
    },
  };
}

/** The screen joins figures and words with spaces that do not break. */
function plain(phrase: string): string {
  return phrase.replaceAll(/[\s\u00a0\u2060]+/g, ' ');
}
