/** The page in a real Chromium: one view after another, drawn and left, and what it holds afterwards. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CDPSession, chromium } from '@playwright/test';
import { VIEW_NAMES } from '../../renderer/src/gallery/views.ts';
import { openBuiltGallery } from '../screens/built-gallery.ts';
import { createDice } from './dice.ts';
import type { Sample } from './growth.ts';
import { sizesOf } from './snapshots.ts';

const KIB = 1024;
/** Pages of a visit, from the first page back to it. */
const PAGES_A_VISIT = 4;

/** Draws so many visits; `leaks` keeps something of each on purpose. */
export async function soakPage(plan: {
  readonly visits: number;
  readonly seed: number;
  readonly sampleEvery: number;
  readonly leaks: boolean;
  /** Where what lies on the page's heap is written at half the visits and at the end; null for nowhere. */
  readonly snapshots: string | null;
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
      const isHalf = visits % Math.floor(plan.visits / 2) === 0;
      if (visits % plan.sampleEvery !== 0 && !isHalf) continue;
      const text = await snapshotOf(session);
      if (plan.snapshots !== null && isHalf)
        writeFileSync(join(plan.snapshots, `${visits}.heapsnapshot`), text);
      const { data, code } = sizesOf(text);
      const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
      const heap = { pageHeap: data / KIB, pageCode: code / KIB };
      samples.push({
        ...{ visits, pid: 1 },
        values: { ...heap, pageNodes: nodes, pageListeners: jsEventListeners },
      });
      const sizes = `heap ${Math.round(heap.pageHeap)} KiB and ${Math.round(heap.pageCode)} KiB of code`;
      plan.say(`${visits} visits drawn, ${sizes}, ${nodes} nodes`);
    }
    return samples;
  } finally {
    await browser.close();
    await gallery.close();
  }
}

/** What lies on the page's heap, after a collection of all that can go. */
async function snapshotOf(session: CDPSession): Promise<string> {
  const chunks: string[] = [];
  const add = ({ chunk }: { readonly chunk: string }) => chunks.push(chunk);
  session.on('HeapProfiler.addHeapSnapshotChunk', add);
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  session.off('HeapProfiler.addHeapSnapshotChunk', add);
  return chunks.join('');
}

/** In the page: what a forgotten list of former pages would hold. */
const LEAK = '(globalThis.kept ??= []).push(document.querySelector("[data-page]").cloneNode(true)), 0';
