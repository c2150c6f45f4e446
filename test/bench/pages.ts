/** How soon a page is drawn, in a real Chromium on the real programs: home after a card, and one question after another. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { invariant } from '../../base/result.ts';
import { findSampleCard } from '../../drivers/simulator/cards.ts';
import config from '../../playwright.config.ts';
import { zh } from '../../renderer/src/words/zh.ts';
import { startStack } from '../../scripts/stack.ts';
import { declinesLookUp, goToMatter, wordsOf } from '../journeys/matters.ts';
import { type Visitor, visitorOn } from '../journeys/visitor.ts';
import { DRAW_BARE, DRAWN_PROBE, type Drawn, nextDrawn } from './drawn-probe.ts';
import { type Figure, ms, percentile, timesAsLong } from './measure.ts';
import { type BenchCabinet, setUpCabinet } from './tapped-cabinet.ts';

const HOMES = 10;
const QUESTIONS = 40;
const SLOWER = 4;
const AIM_MS = { home: 150, question: 50 };
const MATTER = 'old-age-allowance';

/** Home after the last byte of a card; a question at a quarter of the processor. */
export async function benchPages(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-bench-'));
  const cabinet = await setUpCabinet(folder, 115_200);
  const stack = await startStack({
    ...{ dataDir: join(folder, 'data'), form: 'source', screens: 'browser', devices: cabinet.config },
    ports: { screen: 0, dock: 0, desk: 0 },
  });
  const browser = await chromium.launch(config.use?.launchOptions ?? {});
  const context = await browser.newContext({ viewport: { width: 1080, height: 1920 } });
  await context.addInitScript(DRAWN_PROBE);
  const page = await context.newPage();
  await page.goto(stack.screenUrl ?? '');
  const visitor = visitorOn(page, 'zh', 'bench');
  const figures = [await homeFigure(visitor, cabinet), await questionFigure(visitor, cabinet)];
  await browser.close();
  await stack.stop();
  await cabinet.close();
  rmSync(folder, { recursive: true, force: true });
  return figures;
}

/** Lays the card, and answers with when home stood there, in milliseconds after the last byte of the card. */
async function arriveHome(visitor: Visitor, cabinet: BenchCabinet) {
  const card = findSampleCard('mother');
  invariant(card, 'there is a sample card');
  await visitor.page.getByRole('heading', { name: zh.attract.title, level: 1 }).waitFor();
  const drawing = visitor.page.evaluate<Drawn>(nextDrawn('home'));
  cabinet.reader.lay(card);
  const { originMs, cameMs, drawnMs } = await drawing;
  const lastByteMs = performance.timeOrigin + (cabinet.takeReadExchanges().at(-1)?.lastByteMs ?? 0);
  cabinet.reader.lift();
  return { allMs: originMs + drawnMs - lastByteMs, screenMs: drawnMs - cameMs };
}

async function homeFigure(visitor: Visitor, cabinet: BenchCabinet): Promise<Figure> {
  const homes: Awaited<ReturnType<typeof arriveHome>>[] = [];
  const bare: number[] = [];
  for (let index = 0; index <= HOMES; index++) {
    const home = await arriveHome(visitor, cabinet);
    // The first card of a run meets programs that have done nothing yet: a machine does that once a day.
    if (index > 0) homes.push(home);
    bare.push(await visitor.page.evaluate<number>(DRAW_BARE));
    await leave(visitor);
  }
  const all = homes.map(({ allMs }) => allMs);
  const screen = homes.map(({ screenMs }) => screenMs);
  const most = percentile(all, 95);
  return {
    what: 'home drawn after the last byte of a card, p50 (p95)',
    ours: p50p95(all),
    aim: { text: `≤ ${AIM_MS.home} ms p95`, met: most <= AIM_MS.home },
    beside: [
      {
        what: 'the same markup drawn bare, same page',
        theirs: p50p95(bare),
        ratio: timesAsLong(all, bare),
      },
      { what: 'of it: from the terminal’s word until drawn', theirs: p50p95(screen), ratio: '' },
    ],
  };
}

async function questionFigure(visitor: Visitor, cabinet: BenchCabinet): Promise<Figure> {
  const { page } = visitor;
  const words = wordsOf(visitor, MATTER);
  await arriveHome(visitor, cabinet);
  await goToMatter(visitor, MATTER);
  await visitor.taps(words.basis('self'));
  await declinesLookUp(visitor, words.asks('pay-to'));
  await visitor.sees(words.asks('pay-to'));
  await visitor.chooses(words.choice('pay-to', 'passbook'));
  await visitor.sees(words.asks('lives'));
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const drawn: number[] = [];
  const bare: number[] = [];
  for (let index = 0; index < QUESTIONS; index++) {
    const drawing = page.evaluate<Drawn>(nextDrawn('question'));
    await visitor.taps(index % 2 === 0 ? zh.key.back : zh.key.next);
    const { cameMs, drawnMs } = await drawing;
    drawn.push(drawnMs - cameMs);
    bare.push(await page.evaluate<number>(DRAW_BARE));
  }
  await devTools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await leave(visitor);
  return {
    what: `a question drawn at ${SLOWER} × slowdown, p50 (p95)`,
    ours: p50p95(drawn),
    aim: { text: `≤ ${AIM_MS.question} ms p95`, met: percentile(drawn, 95) <= AIM_MS.question },
    beside: [
      {
        what: 'the same markup drawn bare, same page, as slow',
        theirs: p50p95(bare),
        ratio: timesAsLong(drawn, bare),
      },
    ],
  };
}

async function leave({ page, taps }: Visitor): Promise<void> {
  await settle(page);
  await taps(zh.key.leave);
}

/** Past the moment in which a touch is taken for a trembling finger's. */
function settle(page: Page): Promise<void> {
  return page.waitForTimeout(700);
}

function p50p95(values: readonly number[]): string {
  return `${ms(percentile(values, 50))} (${ms(percentile(values, 95))})`;
}
