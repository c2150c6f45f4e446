/**
 * A maintainer's morning at the desk: the fleet, an alert that comes while the page stands open, a roll-out begun and
 * paused, an order given. A real platform over HTTP; the machines are made up, and report as real ones do.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { toHex } from '../../base/bytes.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { maintainersDesk } from '../../platform/desk/roles.ts';
import { putStaff } from '../../platform/desk/staff.ts';
import { sampleReport } from '../../platform/fleet/testing/sample-report.ts';
import { createPlatform, type Platform } from '../../platform/server.ts';
import { putSampleReleases } from '../../platform/software/testing/sample-releases.ts';
import { DONGCUN, optionsIn } from '../../platform/testing/test-platform.ts';
import { crypto, enrolTerminal, type TestTerminal } from '../../platform/testing/test-terminal.ts';
import { encodeContent } from '../../sync/content-coding.ts';
import { makeReportRequest } from '../../sync/formats/report.ts';

const PASSWORD = 'a long password of a maintainer';
test.use({ viewport: { width: 1280, height: 800 } });

let folder: string;
let platform: Platform;
let machine: TestTerminal;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-maintainer-'));
  const releases = nodeDisk(join(folder, 'releases'));
  const pilot = nodeDisk(join(folder, 'releases', 'pilot'));
  putSampleReleases({ crypto, disk: pilot, nowMs: Date.now() }, ['0.5.0', '0.6.0']);
  platform = await createPlatform({ ...optionsIn(folder), releases });
  const deskCode = maintainersDesk(DONGCUN.county.code);
  const cheap = { N: 2 ** 10, r: 8, p: 1 };
  await putStaff(platform.context, { signIn: 'keeper', name: '石维护', deskCode, password: PASSWORD }, cheap);
  machine = await enrolTerminal(await platform.enrolmentCode(DONGCUN));
  await report(20);
});
test.afterAll(async () => {
  await platform.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What the machine says of itself, with so much room on its disk. */
async function report(freeGiB: number): Promise<void> {
  const disk = { freeBytes: freeGiB * 2 ** 30, totalBytes: 64 * 2 ** 30 };
  const uptimeS = 7_200 + (20 - freeGiB);
  const content = encodeContent(sampleReport(Date.now(), { disk, uptimeS }));
  const answered = await machine.call('reports', makeReportRequest(content));
  expect(answered.ok).toBe(true);
}

async function signIn(page: Page): Promise<void> {
  await page.goto(platform.deskUrl);
  await page.fill('#name', 'keeper');
  await page.fill('#password', PASSWORD);
  await page.getByRole('button', { name: '登录' }).click();
  await expect(page.getByRole('heading', { name: '机器一览' })).toBeVisible();
}

test('sees the fleet, an alert as it comes, rolls a release out, pauses it, and gives an order', async ({
  page,
}) => {
  await signIn(page);
  await expect(page.locator('.machines tbody tr')).toHaveCount(1);
  await expect(page.getByText('没有要处理的')).toBeVisible();
  await page.locator('.live[data-state=live]').waitFor();
  // A mark that a page loaded anew would not have.
  await page.evaluate(() => document.body.setAttribute('data-same-page', 'yes'));
  await report(0);
  await expect(page.locator('.ringing li')).toContainText('磁盘快满了');
  await expect(page.locator('body[data-same-page=yes]')).toHaveCount(1);

  await page.getByRole('link', { name: '软件发布' }).click();
  await page.locator('summary', { hasText: '发一个新版本' }).click();
  await page.selectOption('#version', '2');
  await page.fill('#pilot', '董村');
  await page.fill('#beginWords', '修好卡纸以后不再打印');
  await page.getByRole('button', { name: '先看一遍' }).click();
  await expect(page.getByRole('heading', { name: '第 2 版，这样发' })).toBeVisible();
  await page.getByRole('button', { name: '开始发布' }).click();
  await expect(page.getByText('● 正在发布')).toBeVisible();

  await page.locator('summary', { hasText: '暂停' }).click();
  await page.fill('#why-pause', '镇里今天有会');
  await page.getByRole('button', { name: '暂停' }).click();
  await expect(page.getByText('‖ 暂停了')).toBeVisible();
  await expect(page.locator('p.wait')).toContainText('镇里今天有会');

  await page.goto(`${platform.deskUrl}/machines/${toHex(machine.terminalId)}`);
  await page.locator('summary', { hasText: '自检' }).first().click();
  await page.getByRole('button', { name: '自检' }).click();
  await expect(page.getByRole('cell', { name: /^自检.*等机器做/ })).toBeVisible();
});
