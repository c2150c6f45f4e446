/**
 * The pictures of docs/desks.md, taken from a platform on this machine with made-up people of area 330699:
 * `node scripts/desk-pictures.ts`. Needs a Chromium (`YIZHAN_CHROMIUM`, else /usr/bin/chromium).
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import { toHex } from '../base/bytes.ts';
import { findDateStartMs } from '../base/calendar.ts';
import type { Clock } from '../base/clock.ts';
import { systemClock } from '../base/node/clock.ts';
import { nodeDisk } from '../base/node/disk.ts';
import { systemRandom } from '../base/node/random.ts';
import { readFolder } from '../base/node/read-folder.ts';
import { invariant } from '../base/result.ts';
import { loadCatalog } from '../catalog/load.ts';
import { matterBook } from '../platform/cases/matters.ts';
import { parseWorkingCalendar } from '../platform/cases/working-calendar.ts';
import { putStaff } from '../platform/desk/staff.ts';
import { createPlatform } from '../platform/server.ts';
import { enrolTerminal, filedCase } from '../platform/testing/test-terminal.ts';
import type { Place } from '../sync/contents.ts';

const OUT = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const PASSWORD = 'only for these pictures';
const DAY_MS = 86_400_000;
const DONGCUN: Place = {
  county: { code: '330624', name: '新昌县' },
  town: { code: '330624108', name: '沙溪镇' },
  village: { code: '330624108248', name: '董村' },
};
const DESKS = [
  { deskCode: DONGCUN.village.code, name: '吕国平' },
  { deskCode: DONGCUN.town.code, name: '陈丽娟' },
  { deskCode: '330624/农业农村', name: '俞建华' },
  { deskCode: DONGCUN.county.code, name: '王志明' },
];

/** A clock that stands where it is put; timers are real. */
let nowMs = findDateStartMs('2026-06-01')! + 9 * 3_600_000;
const clock: Clock = {
  wallMs: () => nowMs,
  monoMs: systemClock.monoMs,
  after: (delayMs, task) => systemClock.after(delayMs, task),
};

const folder = mkdtempSync(join(tmpdir(), 'yizhan-pictures-'));
const at = (name: string) => nodeDisk(join(folder, name));
const catalog = loadCatalog(readFolder(fileURLToPath(new URL('../catalog', import.meta.url))));
const calendar = parseWorkingCalendar(
  readFileSync(new URL('../platform/cases/working-calendar.yaml', import.meta.url), 'utf8'),
);
invariant(calendar.ok, 'the calendar can be read');
const platform = await createPlatform({
  ...{ clock, random: systemRandom, log: () => undefined, calendar: calendar.value },
  database: { kind: 'sqlite', path: join(folder, 'platform.db') },
  ...{ keys: at('keys'), keyCopies: at('copies') },
  backups: { disk: at('backups'), everyMs: 3_600_000, keep: 2 },
  ...{
    county: DONGCUN.county,
    book: matterBook(catalog.matters),
    centre: null,
    broker: null,
    releases: null,
  },
  gateway: { host: '127.0.0.1', port: 0 },
  desk: { host: '127.0.0.1', port: 0 },
  openingThreads: 0,
  fonts: nodeDisk(
    fileURLToPath(new URL('.', import.meta.resolve('@fontsource-variable/noto-sans-sc/index.css'))),
  ),
  sample: null,
});
const cheap = { N: 2 ** 10, r: 8, p: 1 };
for (const { deskCode, name } of DESKS) {
  await putStaff(platform.context, { signIn: deskCode, name, deskCode, password: PASSWORD }, cheap);
}
const terminal = await enrolTerminal(await platform.enrolmentCode(DONGCUN));

/** Files a case on the day where the clock stands. */
async function file(matterId: string, answers: Record<string, unknown> = {}): Promise<string> {
  const version = platform.context.book.find(matterId)?.version ?? 1;
  const filed = filedCase(DONGCUN, { matter: [matterId, version, new Uint8Array(32)], answers });
  await terminal.offer([terminal.entry(filed.content, { bend: { wallMs: nowMs } })]);
  nowMs += 20 * 60_000;
  return toHex(filed.caseId);
}

const browser = await chromium.launch({
  executablePath: process.env.YIZHAN_CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});

async function signIn(deskCode: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1180, height: 720 }, locale: 'zh-CN' });
  await page.goto(platform.deskUrl);
  await page.fill('#name', deskCode);
  await page.fill('#password', PASSWORD);
  await page.click('button.main');
  return page;
}

/** Opens a case's action by its name, writes the words, and does it. */
async function act(page: Page, caseId: string, about: string, words: string): Promise<void> {
  await page.goto(`${platform.deskUrl}/cases/${caseId}`);
  const form = page.locator('details', { has: page.locator('summary', { hasText: about }) }).first();
  if ((await form.getAttribute('open')) === null) await form.locator('summary').click();
  await form.locator('textarea[name="words"]').fill(words);
  await form.locator('button').last().click();
}

async function draw(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(OUT, `${name}.png`) });
}

/** The desk of this code does `about` to each case, all on one day. */
async function actAll(
  deskCode: string,
  caseIds: readonly string[],
  about: string,
  words: string,
): Promise<void> {
  const page = await signIn(deskCode);
  for (const caseId of caseIds) await act(page, caseId, about, words);
  await page.close();
}

const { village, town, county } = DONGCUN;
try {
  const field = await file('farmland-subsidy');
  const house = await file('homestead-approval');
  const tried = await file('grain-subsidy');
  await actAll(village.code, [field, house, tried], '受理', '');
  await actAll(village.code, [field, house], '转到镇里', '田块对过了，是他家在种');
  await actAll(village.code, [tried], '请补材料', '请带上土地承包合同');
  nowMs += 14 * DAY_MS;
  const work = await file('job-seeking');
  await actAll(town.code, [work], '受理', '');
  const petition = await file('petition', { what: 'village', tell: 'write', words: '想知道去年村里的账' });
  nowMs += 2 * DAY_MS;
  const late = await file('job-seeking');
  const grain = await file('grain-subsidy');
  await actAll(village.code, [grain], '受理', '');
  await actAll(village.code, [grain], '转到镇里', '面积对过了');
  await actAll(town.code, [late], '受理', '');
  nowMs += 5 * DAY_MS;
  await file('job-seeking');
  const atTown = await signIn(town.code);
  await atTown.goto(`${platform.deskUrl}/?show=open`);
  await draw(atTown, 'desk-list');
  await atTown.goto(`${platform.deskUrl}/cases/${field}`);
  await atTown.locator('details[open] summary').first().click();
  await atTown.locator('summary', { hasText: '转到县里' }).click();
  await draw(atTown, 'desk-hand-up');
  const curious = await signIn(village.code);
  await curious.goto(`${platform.deskUrl}/cases/${petition}`);
  await actAll(county.code, [petition], '受理', '');
  const atCounty = await signIn(county.code);
  await atCounty.goto(`${platform.deskUrl}/log`);
  await draw(atCounty, 'desk-log');
} finally {
  await browser.close();
  await platform.stop();
  rmSync(folder, { recursive: true, force: true });
}
