/**
 * The pinyin keyboard: from a letter touched to what it may stand for, beside a bare look-up of the same letters in a
 * table; and the same on the drawn page, from the touch to the candidates standing there.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import config from '../../playwright.config.ts';
import { createEngine, findCandidates } from '../../renderer/src/keyboard/pinyin/engine.ts';
import { contextOf } from '../../renderer/src/keyboard/pinyin/layers.ts';
import { openLexicon } from '../../renderer/src/keyboard/pinyin/lexicon.ts';
import { en } from '../../renderer/src/words/en.ts';
import { zh } from '../../renderer/src/words/zh.ts';
import { openBuiltGallery } from '../screens/built-gallery.ts';
import { type Figure, ms, p50p99, percentile, timeInTurns, timesAsLong } from './measure.ts';

const LEXICON = join(import.meta.dirname, '../../renderer/src/keyboard/pinyin/lexicon.txt');
const AIM_MS = 16;
const SETTLE_MS = 1_500;

/** What people type: words, initials, both mixed, as the south hears it, whole sentences. */
const TYPED = [
  'ludeng',
  'yanglaojin',
  'ylbx',
  'xinchangx',
  'senfenzen',
  'shaxizhendongcun',
  'cunkoudeludenghuaile',
  'wojiamenkoudeshuiguanloushui',
  'zgrmzfzgrmzfzgrmzfzgrmzf',
];
/** Each letter of each, with those before it. */
const KEYSTROKES = TYPED.flatMap((typed) =>
  Array.from({ length: typed.length }, (_, at) => typed.slice(0, at + 1)),
);

export async function benchKeyboard(): Promise<Figure[]> {
  return [await engineFigure(), await pageFigure()];
}

async function engineFigure(): Promise<Figure> {
  const text = readFileSync(LEXICON, 'utf8');
  const openMs = performance.now();
  const lexicon = openLexicon(text);
  const engine = createEngine(lexicon, contextOf('text'));
  const openedMs = performance.now() - openMs;
  const table = new Map(
    KEYSTROKES.map((letters) => [letters, findCandidates(engine, letters, true)] as const),
  );
  const lettersAt = (index: number) => KEYSTROKES[index % KEYSTROKES.length] ?? '';
  const [ours = [], bare = []] = await timeInTurns(10, KEYSTROKES.length, [
    (index) => () => void findCandidates(engine, lettersAt(index), true),
    (index) => () => void table.get(lettersAt(index)),
  ]);
  const p99 = percentile(ours, 99);
  return {
    what: 'a letter of pinyin until its candidates are known, p50 (p99)',
    ours: p50p99(ours),
    aim: { text: `≤ ${AIM_MS} ms p99`, met: p99 <= AIM_MS },
    beside: [
      {
        what: 'the same candidates looked up in a table of these letters alone',
        theirs: p50p99(bare),
        ratio: timesAsLong(ours, bare),
      },
      { what: 'apart: opening the lexicon, once', theirs: ms(openedMs), ratio: '' },
    ],
  };
}

/** On the drawn page, beside the same keys where they write Latin letters and nothing is looked up. */
async function pageFigure(): Promise<Figure> {
  const built = await openBuiltGallery();
  const browser = await chromium.launch(config.use?.launchOptions ?? {});
  const durationsIn = async (language: 'zh' | 'en') => {
    const { erase } = { zh, en }[language].pad;
    const page = await browser.newPage({ viewport: { width: 1080, height: 1920 } });
    await page.goto(`${built.origin}/gallery.html#question-text/${language}`);
    await page.locator('button', { hasText: /^a$/i }).waitFor();
    await page.evaluate('document.fonts.ready');
    // The first time opens the lexicon and compiles the code: a machine runs all day.
    await page.evaluate(touching(TYPED, erase));
    await page.waitForTimeout(SETTLE_MS);
    const durations = await page.evaluate<number[]>(touching([...TYPED, ...TYPED], erase));
    await page.close();
    return durations;
  };
  const ours = await durationsIn('zh');
  const bare = await durationsIn('en');
  await browser.close();
  await built.close();
  const p99 = percentile(ours, 99);
  return {
    what: 'a letter touched until its candidates are laid out on the page, p50 (p99)',
    ours: p50p99(ours),
    aim: { text: `≤ ${AIM_MS} ms p99`, met: p99 <= AIM_MS },
    beside: [
      {
        what: 'the same keys where they write Latin letters and nothing is looked up',
        theirs: p50p99(bare),
        ratio: timesAsLong(ours, bare),
      },
    ],
  };
}

/**
 * Runs in the page: touches each letter of each text and takes them all back again. Milliseconds until the page has
 * been laid out anew, for each letter.
 */
function touching(texts: readonly string[], erase: string): string {
  return `(async () => {
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    const find = (is) => [...document.querySelectorAll('section button')].find(is);
    const durations = [];
    for (const text of ${JSON.stringify(texts)}) {
      for (const letter of text) {
        const key = find((each) => each.textContent.toLowerCase() === letter);
        const startMs = performance.now();
        key.click();
        await Promise.resolve();
        document.body.getBoundingClientRect();
        durations.push(performance.now() - startMs);
        await frame();
      }
      for (const _ of text) {
        find((each) => each.ariaLabel === ${JSON.stringify(erase)}).click();
        await frame();
      }
    }
    return durations;
  })()`;
}
