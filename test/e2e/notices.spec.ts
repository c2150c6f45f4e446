/** What a desk says to everybody: on the first page of the machines there, across a restart, what the village says to it, and gone when it is taken back. */
import { expect, type Page, test } from '@playwright/test';
import { NOTICE_FORM } from '../../catalog/notice-form.ts';
import { zh } from '../../renderer/src/words/zh.ts';
import { AGENT_PIN, type AgentHands, agentAt } from '../journeys/agent.ts';
import { signInAtDesk } from '../journeys/staff.ts';
import type { Village } from '../journeys/village.ts';
import { arrive, inOneVillage } from '../journeys/visit.ts';
import type { Visitor } from '../journeys/visitor.ts';

let village: Village;
let page: Page;
let visitor: Visitor;
let hands: AgentHands;
inOneVillage('notices', (here) => {
  ({ village, page, visitor } = here);
  hands = agentAt(village, visitor);
});

const question = (id: string) => {
  const found = NOTICE_FORM.questions.find((one) => one.id === id);
  if (found === undefined) throw new Error(`the form asks for ${id}`);
  return found;
};
const asks = (id: string) => question(id).ask.zh;
function choice(id: string, value: string): string {
  const asked = question(id);
  const found = 'choices' in asked ? asked.choices.find((one) => one.value === value) : undefined;
  return found?.label.zh ?? '';
}

const TITLE = '今晚大雨，不要在溪边停留';

test('the village has an agent', async () => {
  await hands.registers();
  await visitor.taps(zh.acting.out);
  await village.dock.lift();
});

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

  // Nobody of the village has said that they have it: it takes the page, and is said aloud by itself.
  await expect(page.getByRole('alert').getByRole('heading', { name: TITLE })).toBeVisible();
  await expect(page.getByText(/发布：沙溪镇防汛办.*有效至.*值班/)).toBeVisible();
  await visitor.shows('emergency');

  await village.killTerminal();
  await expect(page.getByText(TITLE)).toBeHidden();
  await expect(page.getByText(TITLE)).toBeVisible();
  await village.dock.lay('mother');
  await visitor.sees(TITLE);
  await visitor.shows('emergency-between');
  await visitor.taps(zh.notice.urgent.know);
  await visitor.sees(/张女士/);
  await expect(page.getByText(TITLE)).toBeVisible();
  await visitor.shows('emergency-home');
  await visitor.taps(zh.key.leave);
  await village.dock.lift();
  // It stands on until the village's agent says that they have it.
  await visitor.sees(TITLE);
  await village.dock.network('cut');
  await visitor.taps(zh.key.noCard);
  await visitor.sees(TITLE);
  await visitor.taps(zh.notice.urgent.know);
  await hands.findsPage();
  await visitor.taps(zh.acting.signIn);
  await visitor.sees(zh.agentSignIn.card);
  await village.dock.lay('agent');
  await visitor.sees(zh.agentSignIn.pin);
  await hands.gives(AGENT_PIN);
  await visitor.sees(TITLE);
  await visitor.shows('emergency-acknowledge');
  await visitor.taps(zh.notice.urgent.agentKnow);
  await visitor.taps(zh.notice.urgent.report);

  await visitor.sees(asks('state'));
  await visitor.chooses(choice('state', 'harm'));
  await visitor.sees(asks('flooded'));
  await visitor.chooses(zh.question.yes);
  await visitor.sees(asks('moved'));
  await visitor.dials('37');
  await visitor.sees(asks('needs'));
  await page.getByText(choice('needs', 'boats')).click();
  await visitor.goesOn();
  await visitor.sees(asks('words'));
  await visitor.taps(zh.question.skip);
  await visitor.sees(asks('photo'));
  await visitor.taps(zh.photo.skip);
  await visitor.taps(zh.key.submit);
  await visitor.sees(TITLE);
  await expect(page.getByText(zh.notice.urgent.kept)).toBeVisible();
  await visitor.shows('emergency-answered');
  await village.dock.network('on');
  await expect(page.getByText(zh.notice.urgent.delivered)).toBeVisible();

  // Whoever asks for help stands first, with times; the town reads it at once.
  await desk.getByRole('link', { name: '各村回应' }).click();
  const row = desk.locator('tr', { hasText: '37 人' });
  await expect(row).toContainText('要帮忙');
  await expect(row).toContainText('船、车');
  await expect(row).toContainText('签名核对无误');
  await visitor.taps(zh.notice.urgent.later);
  await visitor.taps(zh.acting.out);
  await village.dock.lift();
  await arrive(visitor);
  await expect(page.getByText(TITLE)).toBeVisible();

  await desk.getByRole('link', { name: '通知' }).click();
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
  await desk.getByLabel('为什么、什么时候再办（村民会看到）').fill('系统升级，下周一再办');
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
