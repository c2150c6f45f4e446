import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type BrowserContext, chromium, type Response } from '@playwright/test';
import { startChild } from '../../host/child-process.ts';
import config from '../../playwright.config.ts';
import { type Figure, ms, percentile, timeEach, times, timesAsLong } from './measure.ts';
import { BARE_PAGE, type PageMarks, PROBE, READ_MARKS } from './page-probe.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const LOADS = 7;
/** The line of a page that was left is closed a moment later; until then another is refused. */
const BETWEEN_LOADS_MS = 400;
const AIM = { scriptKb: 250, startMs: 5_000 };
const KB = 1024;

/** The first page: what it weighs, when it answers, and how long everything takes from the start to there. */
export async function benchScreen(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-bench-'));
  const browser = await chromium.launch(config.use?.launchOptions ?? {});
  const context = await browser.newContext({ viewport: { width: 1080, height: 1920 } });
  await context.addInitScript(PROBE);

  const setUp = () =>
    spawnSync(process.execPath, [join(ROOT, 'scripts', 'setup.mjs'), '--screens'], { cwd: ROOT });
  // Whatever is missing or stale is made now: what is measured is a later start.
  setUp();
  const startMs = performance.now();
  setUp();
  const village = startChild({
    name: 'village',
    entry: join(import.meta.dirname, 'village-program.ts'),
    config: { dataDir: join(folder, 'data') },
    configPath: join(folder, 'village.json'),
    logPath: join(folder, 'village.log'),
  });
  const { screenUrl } = (await village.ready) as { screenUrl: string };
  const readyMs = performance.now() - startMs;
  const first = await loadFirst(context, screenUrl);
  const usableMs = performance.now() - startMs;

  const bare = await serveBarePage();
  const ours: PageMarks[] = [];
  const bares: PageMarks[] = [];
  for (let load = 0; load < LOADS; load++) {
    ours.push(await loadAgain(context, new URL('/', screenUrl).href));
    bares.push(await loadAgain(context, bare.url));
  }
  const bareStarts = await timeEach(5, () => () => spawnSync(process.execPath, ['--eval', '']));
  bare.close();
  await browser.close();
  await village.stop();
  rmSync(folder, { recursive: true, force: true });
  return [
    weightFigure(first),
    interactiveFigure(ours, bares),
    startFigure({ readyMs, usableMs, bareStarts }),
  ];
}

/** What a first load fetched, in bytes as gzip makes them; letters are compressed already. */
interface Weights {
  readonly script: number;
  readonly scriptRaw: number;
  readonly style: number;
  readonly font: number;
}

async function loadFirst(context: BrowserContext, url: string): Promise<Weights> {
  const page = await context.newPage();
  const responses: Response[] = [];
  page.on('response', (response) => responses.push(response));
  await page.goto(url);
  await page.evaluate(READ_MARKS);
  const bodies = async (kind: string) =>
    Promise.all(
      responses.filter((one) => one.request().resourceType() === kind).map((response) => response.body()),
    );
  const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);
  const [scripts, styles, fonts] = [await bodies('script'), await bodies('stylesheet'), await bodies('font')];
  await page.close();
  await pause();
  return {
    script: sum(scripts.map((body) => gzipSync(body).length)),
    scriptRaw: sum(scripts.map((body) => body.length)),
    style: sum(styles.map((body) => gzipSync(body).length)),
    font: sum(fonts.map((body) => body.length)),
  };
}

async function loadAgain(context: BrowserContext, url: string): Promise<PageMarks> {
  const page = await context.newPage();
  await page.goto(url);
  const marks = await page.evaluate<PageMarks>(READ_MARKS);
  await page.close();
  await pause();
  return marks;
}

function weightFigure({ script, scriptRaw, style, font }: Weights): Figure {
  const kb = (bytes: number) => `${Math.round(bytes / KB)} KB`;
  return {
    what: 'script of the first page, gzipped',
    ours: kb(script),
    aim: { text: `≤ ${AIM.scriptKb} KB`, met: script <= AIM.scriptKb * KB },
    beside: [
      { what: 'the same, as it is', theirs: kb(scriptRaw), ratio: '' },
      { what: 'apart: styles, gzipped', theirs: kb(style), ratio: '' },
      { what: 'apart: letters in use', theirs: kb(font), ratio: '' },
    ],
  };
}

function interactiveFigure(ours: readonly PageMarks[], bares: readonly PageMarks[]): Figure {
  const answered = (marks: readonly PageMarks[]) => marks.map(({ answeredMs }) => answeredMs);
  const headings = ours.map(({ headingMs }) => headingMs);
  return {
    what: 'navigation until a key answers, p50 (most)',
    ours: p50most(answered(ours)),
    aim: null,
    beside: [
      {
        what: 'a bare page with one script, same browser',
        theirs: p50most(answered(bares)),
        ratio: timesAsLong(answered(ours), answered(bares)),
      },
      { what: 'of it: until the heading stands there', theirs: p50most(headings), ratio: '' },
    ],
  };
}

function startFigure(took: {
  readonly readyMs: number;
  readonly usableMs: number;
  readonly bareStarts: readonly number[];
}): Figure {
  const bareMs = percentile(took.bareStarts, 50);
  return {
    what: 'start of everything until the screen answers',
    ours: ms(took.usableMs),
    aim: { text: `≤ ${AIM.startMs / 1000} s`, met: took.usableMs <= AIM.startMs },
    beside: [
      {
        what: 'a bare Node program, begun and ended',
        theirs: ms(bareMs),
        ratio: times(took.usableMs / bareMs),
      },
      { what: 'of it: until the address is printed', theirs: ms(took.readyMs), ratio: '' },
    ],
  };
}

async function serveBarePage(): Promise<{ readonly url: string; close(): void }> {
  const pages: Readonly<Record<string, { readonly type: string; readonly body: string }>> = BARE_PAGE;
  const server = createServer((request, response) => {
    const page = pages[request.url ?? ''];
    response.writeHead(page === undefined ? 404 : 200, {
      'content-type': page?.type ?? 'text/plain',
      'cache-control': 'no-store',
    });
    response.end(page?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => server.closeAllConnections(),
  };
}

function p50most(values: readonly number[]): string {
  return `${ms(percentile(values, 50))} (${ms(Math.max(...values))})`;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, BETWEEN_LOADS_MS));
}
