/**
 * After filing: what the town asks for is supplied with the network down and seen at the desk when it is back, the result
 * is collected; another case is taken back.
 */
import { type Browser, expect, type Page, test } from '@playwright/test';
import { zh } from '../../renderer/src/words/zh.ts';
import { slipText } from '../journeys/dock.ts';
import { goToMatter, SAMPLE_PHONE, wordsOf } from '../journeys/matters.ts';
import { signInAtDesk } from '../journeys/staff.ts';
import type { Village } from '../journeys/village.ts';
import { arrive, inOneVillage } from '../journeys/visit.ts';
import type { Visitor } from '../journeys/visitor.ts';

const MATTER = 'senior-card';
const ANSWERS = [
  ['what', 'lost'],
  ['photo', 'id-card'],
  ['collect', 'town'],
] as const;
/** Another that reaches nobody. */
const OTHER_PHONE = '13900000001';

let village: Village;
let page: Page;
let visitor: Visitor;
let town: Page;
inOneVillage('supplement', (here) => {
  ({ village, page, visitor } = here);
});

/** What a line of home or of the list says, in part; the screen keeps numbers on one line with their words. */
const saying = (words: string) => new RegExp(words.replaceAll(' ', '\\s').replaceAll(/\{\{\w+\}\}/g, '\\d+'));

test('a case is handed in, and the town asks for its telephone number and a paper', async ({ browser }) => {
  test.slow();
  await handIn();
  town = await atDesk(browser);
  await town.getByRole('button', { name: '受理', exact: true }).click();
  await opens('请补材料');
  await town.getByLabel(wordsOf(visitor, MATTER).label('phone')).check();
  await town.getByLabel(/还有什么要说/).fill('号码打不通');
  await town.screenshot({ path: 'test-results/screens/supplement/desk-ask.png', fullPage: true });
  await town.getByRole('button', { name: '请补材料', exact: true }).click();
  await expect(town.getByText('等补材料').first()).toBeVisible();
});

test('it stands on home and in the case, and is supplied with the network down', async () => {
  test.slow();
  await comeBack(saying(zh.home.asks));
  await visitor.shows('home-asked');
  await village.dock.network('cut');
  await openCase();
  await expect(page.getByText(zh.ownCase.ask)).toBeVisible();
  await expect(page.getByText('号码打不通').first()).toBeVisible();
  await visitor.shows('case-asked');
  await visitor.taps(zh.ownCase.askKey);
  await visitor.sees(wordsOf(visitor, MATTER).asks('phone'));
  await visitor.dials(OTHER_PHONE);
  await visitor.sees(zh.check.title);
  await visitor.shows('check-supplement');
  await visitor.taps(zh.key.submit);
  await expect(page.getByText(zh.stage.answered)).toBeVisible();
  await visitor.shows('case-answered');
  expect(slipText(await village.dock.waitForSlip(2))).toContain('补的材料');
  await leave();
});

test('with the network back the desk sees it beside what was there, and finishes', async () => {
  test.slow();
  await village.dock.network('on');
  await expect(async () => {
    await town.reload();
    await expect(town.getByText(/原来/)).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 60_000 });
  await expect(town.getByText('村民补了材料')).toBeVisible();
  await town.screenshot({ path: 'test-results/screens/supplement/desk-supplied.png', fullPage: true });
  await town.getByRole('button', { name: '受理', exact: true }).click();
  await opens('办结');
  await town.getByLabel('结果怎么给').selectOption({ label: '请本人来取' });
  await town.getByLabel(/在哪里取/).fill('3 号窗口');
  await town.getByRole('button', { name: '办好了', exact: true }).click();
  await expect(town.getByText('这一件已经办结')).toBeVisible();
});

test('the result is said, and collected with the card laid again', async () => {
  test.slow();
  await comeBack(saying(zh.home.results));
  await openCase();
  await expect(page.getByText(zh.ownCase.collect)).toBeVisible();
  await expect(page.getByText(/3 号窗口/).first()).toBeVisible();
  await visitor.shows('case-result');
  await visitor.taps(zh.ownCase.hasItKey);
  await proveAgain();
  await visitor.sees(zh.ownCase.hasIt);
  await visitor.shows('collect');
  await visitor.taps(zh.ownCase.hasItYes);
  await expect(page.getByText(zh.ownCase.collected)).toBeVisible();
  await leave();
  await expect(async () => {
    await town.reload();
    await expect(town.getByText('村民取走了结果')).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 60_000 });
});

test('another case is taken back, and the desk sees that too', async ({ browser }) => {
  test.slow();
  await handIn();
  await comeBack(saying(zh.home.cases));
  await openCase();
  await visitor.taps(zh.ownCase.withdrawKey);
  await visitor.sees(zh.ownCase.withdraw);
  await visitor.shows('withdraw');
  await visitor.taps(zh.ownCase.withdrawYes);
  await expect(page.getByText(saying(`${zh.stage.withdrawing}|${zh.stage.withdrawn}`)).first()).toBeVisible();
  await visitor.shows('case-withdrawing');
  await expect(page.getByText(zh.stage.withdrawn)).toBeVisible({ timeout: 30_000 });
  await leave();
  const list = await signInAtDesk(browser, village.stack, 'town');
  await list.goto(`${village.stack.deskUrl}/?show=closed`);
  await expect(list.getByText('已撤回').first()).toBeVisible();
});

async function handIn(): Promise<void> {
  const words = wordsOf(visitor, MATTER);
  await arrive(visitor);
  await village.dock.lay('man-of-70');
  await visitor.sees(/王先生/);
  await goToMatter(visitor, MATTER);
  await visitor.taps(zh.key.start);
  for (const [question, choice] of ANSWERS) {
    await visitor.sees(words.asks(question));
    await visitor.chooses(words.choice(question, choice));
  }
  await visitor.sees(words.asks('phone'));
  await visitor.dials(SAMPLE_PHONE);
  await visitor.sees(zh.check.title);
  await visitor.taps(zh.key.submit);
  await visitor.sees(zh.kept.printed);
  await expect(page.getByText(zh.kept.delivered)).toBeVisible();
  await visitor.taps(zh.key.done);
  await village.dock.lift();
}

/** The page of the newest case at the town's desk. */
async function atDesk(browser: Browser): Promise<Page> {
  const desk = await signInAtDesk(browser, village.stack, 'town');
  const row = desk.getByRole('row').filter({ hasText: wordsOf(visitor, MATTER).name });
  await expect(async () => {
    await desk.reload();
    await expect(row.first()).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 60_000 });
  await row.first().getByRole('link').first().click();
  return desk;
}

/** Opens one of the desk's forms, where it does not stand open. */
async function opens(form: string): Promise<void> {
  const part = town.locator('details').filter({ has: town.locator('summary', { hasText: form }) });
  if ((await part.getAttribute('open')) === null) await part.locator('summary').click();
}

/** Comes until home says so: what the desk did is on its way. */
async function comeBack(home: RegExp): Promise<void> {
  await expect(async () => {
    await arrive(visitor);
    await village.dock.lay('man-of-70');
    await visitor.sees(/王先生/);
    const said = page.getByText(home);
    if (await said.first().isVisible({ timeout: 1_000 })) return;
    await leave();
    throw new Error('home does not say it yet');
  }).toPass({ timeout: 60_000 });
}

async function openCase(): Promise<void> {
  await visitor.taps(saying(zh.home.cases));
  await visitor.taps(new RegExp(`^${wordsOf(visitor, MATTER).name}`));
  await expect(page.getByText(zh.case.history)).toBeVisible();
}

async function proveAgain(): Promise<void> {
  await visitor.sees(zh.prove.title);
  await village.dock.lift();
  await village.dock.lay('man-of-70');
}

async function leave(): Promise<void> {
  await visitor.taps(zh.key.leave);
  await village.dock.lift();
}
