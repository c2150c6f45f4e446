/** The ten commonest matters as a slow reader goes through them: pages, touches and minutes after the card is laid. */
import { type Browser, chromium, type Page } from '@playwright/test';
import config from '../../playwright.config.ts';
import { openPlace } from '../journeys/commonest/around.ts';
import { goThrough, leave } from '../journeys/commonest/finish.ts';
import type { Around } from '../journeys/commonest/hands.ts';
import { COMMONEST, type Commonest, TURNS, type Turn } from '../journeys/commonest/matters.ts';
import { shortestOn, slowReader, type Took } from '../journeys/commonest/reader.ts';
import type { Figure } from './measure.ts';

const AIM = { pages: 8, taps: 5, seconds: 180 };

/** A figure a matter; where the state may be asked instead of the person, also what it takes when it may not. */
export async function benchReader(): Promise<Figure[]> {
  const browser = await chromium.launch(config.use?.launchOptions ?? {});
  const { village, page, around } = await openPlace(browser);
  const figures: Figure[] = [];
  for (const what of COMMONEST) {
    const on = await readThrough(page, what, TURNS[0], around);
    const off =
      what.shared === 'fills' ? await readThrough(page, what, { ...TURNS[0], agrees: false }, around) : null;
    figures.push(figureOf(what, on, off));
  }
  await close(browser, village);
  return figures;
}

async function readThrough(page: Page, what: Commonest, turn: Turn, around: Around): Promise<Took> {
  const reader = slowReader(page);
  await goThrough(what, turn, reader.hands, around, shortestOn(page));
  const took = await reader.took();
  await leave(what, reader.hands, around);
  return took;
}

async function close(browser: Browser, village: { stop(): Promise<void> }): Promise<void> {
  await browser.close();
  await village.stop();
}

function figureOf({ matterId, shared }: Commonest, on: Took, off: Took | null): Figure {
  const met = on.pages <= AIM.pages && on.taps <= AIM.taps && on.seconds <= AIM.seconds;
  const without = shared === 'all' ? 'nothing is told' : off === null ? 'the same' : tookText(off);
  return {
    what: `slow reader: ${matterId}`,
    ours: tookText(on),
    aim: { text: `≤ ${AIM.pages} pages, ${AIM.taps} touches, ${AIM.seconds / 60} min`, met },
    beside: [
      { what: 'without shared data', theirs: without, ratio: '' },
      { what: 'of it: digits of a number', theirs: `${on.digits} touches`, ratio: '' },
    ],
  };
}

function tookText({ pages, taps, seconds }: Took): string {
  const whole = Math.round(seconds);
  return `${pages} pages, ${taps} touches, ${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')} min`;
}
