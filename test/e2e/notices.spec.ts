/** What a desk says to everybody: on the first page of the machines there, across a restart, and gone when it is taken back. */
import { expect, type Page, test } from '@playwright/test';
import { zh } from '../../renderer/src/words/zh.ts';
import { signInAtDesk } from '../journeys/staff.ts';
import type { Village } from '../journeys/village.ts';
import { arrive, inOneVillage } from '../journeys/visit.ts';
import type { Visitor } from '../journeys/visitor.ts';

let village: Village;
let page: Page;
let visitor: Visitor;
inOneVillage('notices', (here) => {
  ({ village, page, visitor } = here);
});

const TITLE = '今晚大雨，不要在溪边停留';

test('an emergency goes from the town’s desk to the screen, stays through a crash, and is taken back', async ({
  browser,
}) => {
  await arrive(visitor);
  const desk = await signInAtDesk(browser, village.stack, 'town');
  await desk.getByRole('link', { name: '通知' }).click();
  await desk.getByLabel('标题', { exact: true }).fill(TITLE);
  await desk.getByLabel('正文', { exact: true }).fill('安置点：文化礼堂');
  await desk.getByLabel('发布单位', { exact: true }).fill('沙溪镇防汛办');
  await desk.getByLabel('值班电话').fill('86120000');
  await desk.getByLabel('紧急吗').selectOption('yes');
  await desk.getByRole('button', { name: '发布' }).click();
  await expect(desk.getByText('在显示')).toBeVisible();

  await expect(page.getByText(TITLE)).toBeVisible();
  await expect(page.getByText(/发布：沙溪镇防汛办.*有效至.*值班/)).toBeVisible();
  await visitor.shows('emergency');

  await village.killTerminal();
  await expect(page.getByText(TITLE)).toBeHidden();
  await expect(page.getByText(TITLE)).toBeVisible();
  await village.dock.lay('mother');
  await visitor.sees(/张女士/);
  await expect(page.getByText(TITLE)).toBeVisible();
  await visitor.shows('emergency-home');
  await visitor.taps(zh.key.leave);
  await village.dock.lift();
  await arrive(visitor);

  await desk.getByRole('button', { name: '撤下' }).click();
  await expect(page.getByText(TITLE)).toBeHidden();
  await expect(desk.getByText(/撤下/)).toBeVisible();
});

test('a matter is taken out by the county with its reason, and put back', async ({ browser }) => {
  const desk = await signInAtDesk(browser, village.stack, 'county');
  await desk.goto(`${village.stack.deskUrl}/machines`);
  await desk.locator('table a').first().click();
  await desk.getByText('一个事项先停办').click();
  await desk.getByLabel('事项', { exact: true }).first().selectOption('problem-report');
  await desk.getByLabel('为什么').fill('系统升级，下周一再办');
  await desk.getByRole('button', { name: '停办' }).click();
  await expect(page.getByText(zh.tile['taken-out'])).toBeVisible();
  await page.getByText(zh.tile['taken-out']).click();
  await expect(page.getByText('系统升级，下周一再办')).toBeVisible();
  await visitor.shows('taken-out');
  await visitor.taps(zh.key.leave);
  await arrive(visitor);
  await desk.getByText('恢复一个事项').click();
  await desk.getByLabel('事项', { exact: true }).last().selectOption('problem-report');
  await desk.getByRole('button', { name: '恢复办理' }).click();
  await expect(page.getByText(zh.tile['taken-out'])).toBeHidden();
});

test('a revoked machine says so, and takes nothing new', async ({ browser }) => {
  const desk = await signInAtDesk(browser, village.stack, 'county');
  await desk.goto(`${village.stack.deskUrl}/machines`);
  await desk.locator('table a').first().click();
  await desk.getByText('停用', { exact: true }).click();
  await desk.getByRole('button', { name: '停用这台机器' }).click();
  await expect(page.getByText(/这台机器停用了/)).toBeVisible();
  await expect(page.getByText(zh.tile.stopped).first()).toBeVisible();
  await visitor.shows('revoked');
  await village.killTerminal();
  await expect(page.getByText(/这台机器停用了/)).toBeHidden();
  await expect(page.getByText(/这台机器停用了/)).toBeVisible();
});
