/**
 * After filing: what the town asks for is supplied with the network down and seen at the desk when it is back, the result
 * is collected; another case is taken back.
 */
import { expect, type Page, test } from '@playwright/test';
import { zh } from '../../renderer/src/words/zh.ts';
import { handsAt } from '../journeys/answering-hands.ts';
import { slipText } from '../journeys/dock.ts';
import { goToMatter, SAMPLE_PHONE, wordsOf } from '../journeys/matters.ts';
import { type ResidentHands, residentAt, saying } from '../journeys/resident.ts';
import { looksUntil, opensForm, opensFromList, presses, signInAtDesk } from '../journeys/staff.ts';
import type { Village } from '../journeys/village.ts';
import { inOneVillage } from '../journeys/visit.ts';
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
let resident: ResidentHands;
let town: Page;
inOneVillage('supplement', (here) => {
  ({ village, page, visitor } = here);
  resident = residentAt(village, visitor, { card: 'man-of-70', greeting: /王先生/, matterId: MATTER });
});

test('a case is handed in, and the town asks for its telephone number and a paper', async ({ browser }) => {
  test.slow();
  await handIn();
  town = await signInAtDesk(browser, village.stack, 'town');
  await opensFromList(town, wordsOf(visitor, MATTER).name);
  await presses(town, '受理');
  await opensForm(town, '请补材料');
  await town.getByLabel(wordsOf(visitor, MATTER).label('phone')).check();
  await town.getByLabel(/还有什么要说/).fill('号码打不通');
  await town.screenshot({ path: 'test-results/screens/supplement/desk-ask.png', fullPage: true });
  await presses(town, '请补材料');
  await expect(town.getByText('等补材料').first()).toBeVisible();
});

test('it stands on home and in the case, and is supplied with the network down', async () => {
  test.slow();
  await resident.comesUntil(saying(zh.home.asks));
  await visitor.shows('home-asked');
  await village.dock.network('cut');
  await resident.opensCase();
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
  await resident.leaves();
});

test('with the network back the desk sees it beside what was there, and finishes', async () => {
  test.slow();
  await village.dock.network('on');
  await looksUntil(town, town.getByText(/原来/));
  await expect(town.getByText('村民补了材料')).toBeVisible();
  await town.screenshot({ path: 'test-results/screens/supplement/desk-supplied.png', fullPage: true });
  await presses(town, '受理');
  await opensForm(town, '办结');
  await town.getByLabel('结果怎么给').selectOption({ label: '请本人来取' });
  await town.getByLabel(/在哪里取/).fill('3 号窗口');
  await presses(town, '办好了');
  await expect(town.getByText('这一件已经办结')).toBeVisible();
});

test('the result is said, and collected with the card laid again', async () => {
  test.slow();
  await resident.comesUntil(saying(zh.home.results));
  await resident.opensCase();
  await expect(page.getByText(zh.ownCase.collect)).toBeVisible();
  await expect(page.getByText(/3 号窗口/).first()).toBeVisible();
  await visitor.shows('case-result');
  await visitor.taps(zh.ownCase.hasItKey);
  await resident.laysAgain();
  await visitor.sees(zh.ownCase.hasIt);
  await visitor.shows('collect');
  await visitor.taps(zh.ownCase.hasItYes);
  await visitor.sees('请签名，表示结果取到了');
  await handsAt(page).signs();
  await visitor.shows('collect-signed');
  await visitor.taps(zh.signature.use);
  await visitor.taps(zh.key.submit);
  await expect(page.getByText(zh.ownCase.collected)).toBeVisible();
  await resident.leaves();
  await looksUntil(town, town.getByRole('img', { name: '取结果的签名' }));
  await expect(town.getByText('村民取走了结果')).toBeVisible();
  await town.screenshot({ path: 'test-results/screens/supplement/desk-collected.png', fullPage: true });
});

test('another case is taken back, and the desk sees that too', async ({ browser }) => {
  test.slow();
  await handIn();
  await resident.comesUntil(saying(zh.home.cases));
  await resident.opensCase();
  await visitor.taps(zh.ownCase.withdrawKey);
  await visitor.sees(zh.ownCase.withdraw);
  await visitor.shows('withdraw');
  await visitor.taps(zh.ownCase.withdrawYes);
  await expect(page.getByText(saying(`${zh.stage.withdrawing}|${zh.stage.withdrawn}`)).first()).toBeVisible();
  await visitor.shows('case-withdrawing');
  await expect(page.getByText(zh.stage.withdrawn)).toBeVisible({ timeout: 30_000 });
  await resident.leaves();
  const list = await signInAtDesk(browser, village.stack, 'town');
  await list.goto(`${village.stack.deskUrl}/?show=closed`);
  await expect(list.getByText('已撤回').first()).toBeVisible();
});

async function handIn(): Promise<void> {
  const words = wordsOf(visitor, MATTER);
  await resident.comes();
  await goToMatter(visitor, MATTER);
  await visitor.taps(zh.key.start);
  for (const [question, choice] of ANSWERS) {
    await visitor.sees(words.asks(question));
    await visitor.chooses(words.choice(question, choice));
  }
  await visitor.sees(words.asks('phone'));
  await visitor.taps(zh.shared.orType);
  await visitor.dials(SAMPLE_PHONE);
  await visitor.sees(zh.check.title);
  await visitor.taps(zh.key.submit);
  await visitor.sees(zh.kept.printed);
  await expect(page.getByText(zh.kept.delivered)).toBeVisible();
  await visitor.taps(zh.key.done);
  await village.dock.lift();
}
