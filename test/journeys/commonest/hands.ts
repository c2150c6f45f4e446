/** Hands at one screen, and how each gets at a thing: a steady finger, one that trembles, four keys beside the glass. */
import { expect, type Locator, type Page } from '@playwright/test';
import { zh } from '../../../renderer/src/words/zh.ts';
import type { Dock } from '../dock.ts';
import { steady } from '../touches.ts';
import type { Name } from './steps.ts';

/** Somebody at a screen: what they can do, and what it cost them. */
export interface Hands {
  meets(title: Name): Promise<void>;
  notices(words: Name): Promise<void>;
  presses(name: Name): Promise<void>;
  picks(label: string): Promise<void>;
  dials(digits: string): Promise<void>;
  /** Sets the screen as these hands need it, on the first page of a visit. */
  readies(): Promise<void>;
  /** Touches or key strokes so far. */
  readonly strokes: () => number;
}

/** How a hand gets at one thing that is drawn. */
export type Press = (what: Locator) => Promise<void>;

/** A page of patience: what a slow machine needs, and what a hundred strokes take. */
export const PATIENCE_MS = 30_000;

/** Hands of somebody who sees the screen; every touch or stroke goes through `press`. */
export function handsWith(page: Page, press: Press, rest: Pick<Hands, 'readies' | 'strokes'>): Hands {
  const key = (name: Name) => page.getByRole('button', { name, exact: typeof name === 'string' });
  const on = async (what: Locator) => {
    await what.waitFor({ state: 'attached', timeout: PATIENCE_MS });
    await steady(page);
    await press(what);
  };
  return {
    ...rest,
    meets: (title) =>
      expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible({ timeout: PATIENCE_MS }),
    notices: (words) => expect(page.getByText(words).first()).toBeVisible({ timeout: PATIENCE_MS }),
    presses: (name) => on(key(name).first()),
    picks(label) {
      // What helps to choose it stands behind its name.
      const name = new RegExp(`^${label}`);
      return on(page.getByRole('checkbox', { name }).first());
    },
    async dials(digits) {
      const pad = page.getByLabel(zh.pad.digits, { exact: true });
      for (const digit of digits) await on(pad.getByRole('button', { name: digit, exact: true }));
    },
  };
}

/** A finger that taps as most do. */
export function steadyFinger(page: Page): Hands {
  let taps = 0;
  const press: Press = async (what) => {
    taps += 1;
    await what.locator('xpath=ancestor-or-self::*[self::label or self::button][1]').click();
  };
  return handsWith(page, press, { readies: async () => {}, strokes: () => taps });
}

/** Where the hands are: the cabinet's other devices, and the telephone of whoever pays. */
export interface Around {
  readonly dock: Dock;
  /** Pays with a telephone the one bill that is open. */
  readonly pays: () => Promise<void>;
}
