/** Hands that answer questions at the screen: choose, write, press the pad, sign. */
import type { Locator, Page } from '@playwright/test';
import { zh } from '../../renderer/src/words/zh.ts';
import { writeByHand } from './handwriting.ts';
import { steady } from './touches.ts';

/** Hands at one screen, which reads Chinese. */
export interface Hands {
  readonly page: Page;
  /** The key of that name, or with that in it. */
  key(name: string | RegExp): Locator;
  /** Ticks one of several, and waits with going on. */
  picks(label: string): Promise<void>;
  /** Writes characters, each by its pinyin. */
  writes(...spelt: readonly (readonly [pinyin: string, character: string])[]): Promise<void>;
  /** Writes characters with a finger, as an old hand does, each chosen from what it may be. */
  writesByHand(characters: string): Promise<void>;
  /** Presses keys of the number pad. */
  presses(digits: string): Promise<void>;
  /** Draws a few strokes where one signs. */
  signs(): Promise<void>;
}

/** Strokes of a signature, as parts of the area's width. */
const STROKES = [
  [0.2, 0.5],
  [0.5, 0.3],
  [0.6, 0.8],
] as const;

export function handsAt(page: Page): Hands {
  const key = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
  return {
    page,
    key,
    async picks(label) {
      await page.getByRole('checkbox', { name: label, exact: true }).locator('xpath=ancestor::label').click();
    },
    async writes(...spelt) {
      const letters = page.getByLabel(zh.typing.letters, { exact: true });
      const candidates = page.getByLabel(zh.typing.candidates, { exact: true });
      for (const [pinyin, character] of spelt) {
        await pressesKeys(letters, [...pinyin]);
        await candidates.getByRole('button', { name: character, exact: true }).click();
      }
    },
    async writesByHand(characters) {
      await key(zh.typing.hand).click();
      const candidates = page.getByLabel(zh.typing.candidates, { exact: true });
      for (const character of characters) {
        await writeByHand(page, page.getByRole('img', { name: zh.typing.square }), character);
        await candidates.getByRole('button', { name: character, exact: true }).click();
      }
    },
    presses: (digits) =>
      pressesKeys(
        page.getByLabel(zh.pad.digits, { exact: true }),
        [...digits].map((digit) => (digit === '.' ? zh.amount.point : digit)),
      ),
    async signs() {
      const area = await page.getByRole('img', { name: zh.signature.area }).boundingBox();
      if (area === null) throw new Error('there is nowhere to sign');
      const { x, y, width, height } = area;
      for (const [from, to] of STROKES) {
        await page.mouse.move(x + width * from, y + height * 0.3);
        await page.mouse.down();
        await page.mouse.move(x + width * to, y + height * 0.7, { steps: 8 });
        await page.mouse.up();
      }
    },
  };

  /** Finds the keys once and presses them where they are: they do not move under a finger. */
  async function pressesKeys(board: Locator, names: readonly string[]): Promise<void> {
    await board.waitFor();
    await steady(page);
    const places = new Map<string, { readonly x: number; readonly y: number }>();
    for (const name of new Set(names)) {
      const box = await board.getByRole('button', { name, exact: true }).boundingBox();
      if (box === null) throw new Error(`there is no key ${name}`);
      places.set(name, { x: box.x + box.width / 2, y: box.y + box.height / 2 });
    }
    for (const name of names) {
      const { x, y } = places.get(name) ?? { x: 0, y: 0 };
      await page.mouse.click(x, y);
    }
  }
}
