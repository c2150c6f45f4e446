/** What pictures of the desk are taken with: a platform on this machine, a clock that stands where it is put, a browser. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import { systemClock } from '../../base/node/clock.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { systemRandom } from '../../base/node/random.ts';
import { readFolder } from '../../base/node/read-folder.ts';
import { invariant } from '../../base/result.ts';
import { loadCatalog } from '../../catalog/load.ts';
import { matterBook } from '../../platform/cases/matters.ts';
import { parseWorkingCalendar } from '../../platform/cases/working-calendar.ts';
import { putStaff } from '../../platform/desk/staff.ts';
import { createPlatform, type Platform, type PlatformOptions } from '../../platform/server.ts';

const PASSWORD = 'only for these pictures';
const CHEAP = { N: 2 ** 10, r: 8, p: 1 };
const COUNTY = { code: '330624', name: '新昌县' };

/** The studio. */
export interface DeskStudio {
  readonly platform: Platform;
  /** Where the clock stands; timers are real. */
  now: number;
  /** Somebody who signs in by the code of their desk. */
  addStaff(deskCode: string, name: string): Promise<void>;
  /** Their browser, at their first page. */
  signIn(deskCode: string, size: { readonly width: number; readonly height: number }): Promise<Page>;
  /** Takes a picture of what stands there into `file`. */
  draw(page: Page, file: string, fullPage?: boolean): Promise<void>;
  end(): Promise<void>;
}

/** Opens one at this time. Needs a Chromium: `YIZHAN_CHROMIUM`, else /usr/bin/chromium. */
export async function openDeskStudio(
  nowMs: number,
  options: Partial<PlatformOptions> = {},
): Promise<DeskStudio> {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-pictures-'));
  const at = (name: string) => nodeDisk(join(folder, name));
  const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
  const catalog = loadCatalog(readFolder(root('catalog')));
  const calendar = parseWorkingCalendar(readFileSync(root('platform/cases/working-calendar.yaml'), 'utf8'));
  invariant(calendar.ok, 'the calendar can be read');
  const font = fileURLToPath(
    new URL('.', import.meta.resolve('@fontsource-variable/noto-sans-sc/index.css')),
  );
  const studio = { now: nowMs };
  const platform = await createPlatform({
    clock: {
      wallMs: () => studio.now,
      monoMs: systemClock.monoMs,
      after: (delayMs, task) => systemClock.after(delayMs, task),
    },
    ...{ random: systemRandom, log: () => undefined, calendar: calendar.value },
    database: { kind: 'sqlite', path: join(folder, 'platform.db') },
    ...{ keys: at('keys'), keyCopies: at('copies') },
    backups: { disk: at('backups'), everyMs: 3_600_000, keep: 2 },
    ...{ county: COUNTY, book: matterBook(catalog.matters), centre: null, broker: null, releases: null },
    ...{ gateway: { host: '127.0.0.1', port: 0 }, desk: { host: '127.0.0.1', port: 0 } },
    ...{ openingThreads: 0, fonts: nodeDisk(font), sample: null, ...options },
  });
  const browser = await chromium.launch({
    executablePath: process.env.YIZHAN_CHROMIUM ?? '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  return Object.assign(studio, {
    platform,
    addStaff: (deskCode: string, name: string) =>
      putStaff(platform.context, { signIn: deskCode, name, deskCode, password: PASSWORD }, CHEAP),
    async signIn(deskCode: string, viewport: { readonly width: number; readonly height: number }) {
      const page = await browser.newPage({ viewport, locale: 'zh-CN' });
      await page.goto(platform.deskUrl);
      await page.fill('#name', deskCode);
      await page.fill('#password', PASSWORD);
      await page.click('button.main');
      return page;
    },
    async draw(page: Page, file: string, fullPage = false) {
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: file, fullPage });
    },
    async end() {
      await browser.close();
      await platform.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  });
}
