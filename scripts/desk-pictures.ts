/**
 * The pictures of docs/desks.md, taken from a platform on this machine with made-up people of area 330699:
 * `node scripts/desk-pictures.ts`. Needs a Chromium (`YIZHAN_CHROMIUM`, else /usr/bin/chromium).
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { toHex } from '../base/bytes.ts';
import { findDateStartMs } from '../base/calendar.ts';
import { enrolTerminal, filedCase } from '../platform/testing/test-terminal.ts';
import type { Place } from '../sync/contents.ts';
import { openDeskStudio } from './pictures/desk-studio.ts';

const OUT = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const SIZE = { width: 1180, height: 720 };
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

const studio = await openDeskStudio(findDateStartMs('2026-06-01')! + 9 * 3_600_000);
const { platform } = studio;
for (const { deskCode, name } of DESKS) await studio.addStaff(deskCode, name);
const terminal = await enrolTerminal(await platform.enrolmentCode(DONGCUN));

/** Files a case on the day where the clock stands. */
async function file(matterId: string, answers: Record<string, unknown> = {}): Promise<string> {
  const version = platform.context.book.find(matterId)?.version ?? 1;
  const filed = filedCase(DONGCUN, { matter: [matterId, version, new Uint8Array(32)], answers });
  await terminal.offer([terminal.entry(filed.content, { bend: { wallMs: studio.now } })]);
  studio.now += 20 * 60_000;
  return toHex(filed.caseId);
}

const signIn = (deskCode: string) => studio.signIn(deskCode, SIZE);
const draw = (page: Page, name: string) => studio.draw(page, join(OUT, `${name}.png`));

/** Opens a case's action by its name, writes the words, and does it. */
async function act(page: Page, caseId: string, about: string, words: string): Promise<void> {
  await page.goto(`${platform.deskUrl}/cases/${caseId}`);
  const form = page.locator('details', { has: page.locator('summary', { hasText: about }) }).first();
  if ((await form.getAttribute('open')) === null) await form.locator('summary').click();
  await form.locator('textarea[name="words"]').fill(words);
  await form.locator('button').last().click();
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
  studio.now += 14 * DAY_MS;
  const work = await file('job-seeking');
  await actAll(town.code, [work], '受理', '');
  const petition = await file('petition', { what: 'village', tell: 'write', words: '想知道去年村里的账' });
  studio.now += 2 * DAY_MS;
  const late = await file('job-seeking');
  const grain = await file('grain-subsidy');
  await actAll(village.code, [grain], '受理', '');
  await actAll(village.code, [grain], '转到镇里', '面积对过了');
  await actAll(town.code, [late], '受理', '');
  studio.now += 5 * DAY_MS;
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
  await studio.end();
}
