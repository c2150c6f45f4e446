/** The page in a real Chromium: one view after another, drawn and left, and what it holds afterwards. */
import { chromium } from '@playwright/test';
import { VIEW_NAMES } from '../../renderer/src/gallery/views.ts';
import { openBuiltGallery } from '../screens/built-gallery.ts';
import { createDice } from './dice.ts';
import type { Sample } from './growth.ts';

const KIB = 1024;
/** Pages of a visit, from the first page back to it. */
const PAGES_A_VISIT = 4;

/** Draws so many visits; `leaks` keeps something of each on purpose. */
export async function soakPage(plan: {
  readonly visits: number;
  readonly seed: number;
  readonly sampleEvery: number;
  readonly leaks: boolean;
  readonly say: (line: string) => void;
}): Promise<readonly Sample[]> {
  const gallery = await openBuiltGallery();
  const browser = await chromium.launch({
    executablePath: process.env.YIZHAN_CHROMIUM ?? '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1080, height: 1920 } });
    await page.goto(`${gallery.origin}/gallery.html`);
    const session = await page.context().newCDPSession(page);
    const dice = createDice(plan.seed);
    const samples: Sample[] = [];
    const shows = async (view: string) => {
      const fragment = `${view}/zh`;
      await page.evaluate((hash) => {
        location.hash = hash;
      }, fragment);
      await page.locator(`[data-view="${fragment}"] [data-page]`).waitFor();
    };
    for (let visits = 1; visits <= plan.visits; visits += 1) {
      for (let shown = 1; shown < PAGES_A_VISIT; shown += 1) await shows(dice.of(VIEW_NAMES));
      await shows('attract');
      if (plan.leaks) await page.evaluate(LEAK);
      if (visits % plan.sampleEvery !== 0) continue;
      await session.send('HeapProfiler.collectGarbage');
      const { usedSize } = await session.send('Runtime.getHeapUsage');
      const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
      samples.push({
        ...{ visits, pid: 1 },
        values: { pageHeap: usedSize / KIB, pageNodes: nodes, pageListeners: jsEventListeners },
      });
      plan.say(`${visits} visits drawn, heap of the page ${Math.round(usedSize / KIB)} KiB, ${nodes} nodes`);
    }
    return samples;
  } finally {
    await browser.close();
    await gallery.close();
  }
}

/** In the page: what a forgotten list of former pages would hold. */
const LEAK = '(globalThis.kept ??= []).push(document.querySelector("[data-page]").cloneNode(true)), 0';
