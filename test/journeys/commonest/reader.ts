/**
 * A slow reader: reads what is new on a page before each touch, four characters a second, takes two seconds to decide,
 * and a second for each digit of a number they know. They read all of it, as nobody does: what this says is the most.
 */
import type { Page } from '@playwright/test';
import { zh } from '../../../renderer/src/words/zh.ts';
import { categoryOf, type Finds } from './finish.ts';
import { type Hands, PATIENCE_MS, steadyFinger } from './hands.ts';
import { nameOf } from './matters.ts';

const READS_PER_S = 4;
const DECIDES_S = 2;
const DIGIT_S = 1;

/** What a matter took from home, or from the first page without a card, to its end. */
export interface Took {
  readonly pages: number;
  /** All touches; digits among them. */
  readonly taps: number;
  readonly digits: number;
  readonly seconds: number;
}

/** Hands that read first, and what it took since they were made. */
export function slowReader(page: Page): { readonly hands: Hands; took(): Promise<Took> } {
  const finger = steadyFinger(page);
  const at = { pages: 0, digits: 0, taps: 0, seconds: 0, title: '' };
  let known: ReadonlySet<string> = new Set();
  /** Reads what was not on the page before. */
  const reads = async () => {
    const { title, lines } = await page.evaluate(linesDrawn);
    const fresh = lines.filter((line) => !known.has(line));
    known = new Set(lines);
    if (title !== at.title) at.pages += 1;
    at.title = title;
    at.seconds += fresh.join('').length / READS_PER_S;
  };
  const decides = async () => {
    await reads();
    at.seconds += DECIDES_S;
    at.taps += 1;
  };
  const hands: Hands = {
    ...finger,
    async presses(name) {
      // The page that has the key, not the one before it.
      await page
        .getByRole('button', { name, exact: typeof name === 'string' })
        .first()
        .waitFor({ state: 'attached', timeout: PATIENCE_MS });
      await decides();
      await finger.presses(name);
    },
    async picks(label) {
      await decides();
      await finger.picks(label);
    },
    async dials(digits) {
      await reads();
      at.seconds += DECIDES_S + digits.length * DIGIT_S;
      at.taps += digits.length;
      at.digits += digits.length;
      await finger.dials(digits);
    },
  };
  return {
    hands,
    async took() {
      await reads();
      const { pages, taps, digits, seconds } = at;
      return { pages, taps, digits, seconds };
    },
  };
}

/** The shortest way there is: its tile on home, else its category there, else all categories. */
export function shortestOn(page: Page): Finds {
  return async (what, hands) => {
    const key = (name: string | RegExp) =>
      page.getByRole('button', { name, exact: typeof name === 'string' }).first();
    if (await key(nameOf(what)).isVisible()) return;
    const category = categoryOf(what);
    if (!(await key(category).isVisible())) {
      await hands.presses(/^(全部 \d+ 类|按类别找)$/);
      await hands.meets(zh.home.categories);
    }
    await hands.presses(category);
    await hands.meets(category);
  };
}

/** In the page: what is drawn there, line by line, without spaces and seconds that run down. */
function linesDrawn(): { title: string; lines: string[] } {
  const shown = document.querySelector<HTMLElement>('[data-page]');
  const title = `${shown?.dataset.page}/${document.querySelector('h1')?.textContent ?? ''}`;
  const lines = (shown?.innerText ?? '').split('\n').map((line) => line.replaceAll(/\s/g, ''));
  return { title, lines: [...new Set(lines)].filter((line) => /[\p{L}\p{N}]/u.test(line)) };
}
