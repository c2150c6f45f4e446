/**
 * Somebody who does not look: four keys, and of the screen only what its voice has said since the last of them. Next,
 * until it says what they want; then choose.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, type Page } from '@playwright/test';
import { BOUNCE_MS } from '../../../renderer/src/keys/use-four-keys.ts';
import { steady } from '../touches.ts';
import type { WrittenDown } from '../written-down.ts';
import { type Hands, PATIENCE_MS } from './hands.ts';
import type { Name } from './steps.ts';

const MOST_STROKES = 120;
/** A machine that says nothing for so long after a key is broken. */
const SILENCE_MS = 10_000;

/** Hands guided by ears alone. */
export function ears(page: Page): Hands {
  let strokes = 0;
  /** How much had been said when something was last chosen. */
  let since = 0;
  const saidFrom = (from: number) =>
    page.evaluate((first) => (window as unknown as WrittenDown).said.slice(first), from);
  const hears = async (words: Name) => {
    const isHeard = async () => {
      const heard = (await saidFrom(since)).map(plain);
      return heard.some((phrase) => has(phrase, words)) ? 'heard' : heard.join(' | ');
    };
    const wait = { timeout: PATIENCE_MS, intervals: [50], message: `to hear ${words}` };
    await expect.poll(isHeard, wait).toBe('heard');
  };
  const strike = async (code: string) => {
    await sleep(BOUNCE_MS);
    await page.keyboard.press(code);
    strokes += 1;
  };
  /** The key that moves on, and the first words that follow. */
  const movesOn = async (): Promise<string> => {
    const before = (await saidFrom(0)).length;
    await strike('Tab');
    const next = async () => (await saidFrom(before)).length;
    await expect.poll(next, { timeout: SILENCE_MS, intervals: [20] }).toBeGreaterThan(0);
    return plain((await saidFrom(before)).at(-1) ?? '');
  };
  const chooses = async (name: Name) => {
    const heard: string[] = [];
    while (!isCalled(heard.at(-1) ?? '', name)) {
      expect(heard.length, `strokes to ${name}: ${heard.join(' | ')}`).toBeLessThan(MOST_STROKES);
      heard.push(await movesOn());
    }
    // A key that follows another action within half a second is a trembling one.
    await steady(page);
    since = (await saidFrom(0)).length;
    await strike('Enter');
  };
  return {
    meets: hears,
    notices: hears,
    presses: chooses,
    picks: chooses,
    async dials(digits) {
      let at = '';
      for (const digit of digits) {
        if (digit === at) await strike('Enter');
        else await chooses(digit);
        at = digit;
      }
    },
    readies: async () => {},
    strokes: () => strokes,
  };
}

function has(phrase: string, words: Name): boolean {
  return typeof words === 'string' ? phrase.includes(plain(words)) : words.test(phrase);
}

/** Whether the phrase names the thing: all of its words, with its place among others before and its state behind. */
function isCalled(phrase: string, name: Name): boolean {
  const thing = phrase.replace(/^第 \d+ 个，/, '');
  if (typeof name !== 'string') return name.test(thing);
  return thing === plain(name) || thing.startsWith(`${plain(name)}，`);
}

/** The screen joins figures and words with spaces that do not break, and stars are pauses. */
function plain(phrase: string): string {
  return phrase.replaceAll(/[\s\u00a0\u2060]+/g, ' ').trim();
}
