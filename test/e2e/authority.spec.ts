/**
 * A resident entrusts the agent beside them, with signature and photograph; the agent does a matter for them while they
 * are not there, without network; the town looks at what it rests on, and ends it; the machine hears of that.
 */
import { fileURLToPath } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { zh } from '../../renderer/src/words/zh.ts';
import { AGENT_PIN, type AgentHands, agentAt } from '../journeys/agent.ts';
import { type Hands, handsAt } from '../journeys/answering-hands.ts';
import { type Filmed, openFilmed } from '../journeys/filmed.ts';
import { SAMPLE_PHONE, wordsOf } from '../journeys/matters.ts';
import { goPastScreen } from '../journeys/past-screen.ts';
import { opensFromList, presses, signInAtDesk } from '../journeys/staff.ts';
import type { Village } from '../journeys/village.ts';
import { arrive } from '../journeys/visit.ts';
import { type Visitor, visitorOn } from '../journeys/visitor.ts';

const MATTER = 'senior-card';
const OTHER = 'elder-meals';

test.describe.configure({ mode: 'serial' });

let filmed: Filmed;
let village: Village;
let page: Page;
let visitor: Visitor;
let agent: AgentHands;
let hands: Hands;

test.beforeAll(async ({ browser, launchOptions }) => {
  const catalogDir = fileURLToPath(new URL('../../catalog/', import.meta.url));
  filmed = await openFilmed({ drawing: browser, launchOptions, catalogDir });
  ({ village, page } = filmed);
  visitor = visitorOn(page, 'zh', 'authority');
  agent = agentAt(village, visitor);
  hands = handsAt(page);
});
test.afterAll(() => filmed?.stop());

/** From the first page to the agent's own, with card and PIN. */
async function signsInAlone(): Promise<void> {
  await agent.beginsAlone();
  await village.dock.lay('agent');
  await visitor.sees(zh.agentSignIn.pin);
  await agent.gives(AGENT_PIN);
  await visitor.sees(zh.agentDesk.title);
}

async function leaves(): Promise<void> {
  await visitor.taps(zh.key.leave);
  await village.dock.lift();
}

test('the agent registers; a resident entrusts them, signs and is photographed', async () => {
  test.slow();
  await agent.registers();
  await expect(page.getByText(zh.entrust.absent)).toHaveCount(0);
  await leaves();
  await arrive(visitor);
  await village.dock.network('cut');
  await village.dock.lay('man-of-70');
  await visitor.sees(/王/);
  await agent.stepsIn();
  await visitor.sees(/王/);
  await agent.findsPage(true);
  await visitor.shows('beside');
  await visitor.taps(new RegExp(zh.entrust.give));
  await visitor.sees('哪些事，让代办员替您办？');
  await hands.picks(wordsOf(visitor, MATTER).name);
  await hands.picks(wordsOf(visitor, OTHER).name);
  await visitor.shows('matters');
  await visitor.goesOn();
  await visitor.sees('委托到什么时候？');
  await visitor.chooses('一个月');
  await visitor.sees('请您自己签名');
  await hands.signs();
  await visitor.shows('signature');
  await visitor.taps(zh.signature.use);
  await visitor.sees('请您和代办员一起拍一张');
  await visitor.taps(zh.photo.take);
  await visitor.taps(zh.photo.use);
  await visitor.sees(zh.check.title);
  await visitor.shows('check');
  await visitor.declaresAndSubmits();
  await visitor.sees(zh.kept.printed);
  await visitor.shows('given');
  await leaves();
});

test('alone, the agent does one of them for the one who is not there, and nothing else', async () => {
  test.slow();
  await signsInAlone();
  await visitor.shows('desk');
  await visitor.taps(new RegExp(zh.entrust.absent));
  await visitor.sees(zh.entrust.listTitle);
  expect(await page.content()).not.toMatch(/王[^*]/);
  await visitor.shows('list');
  await visitor.taps(/^王\*/);
  await visitor.sees(/替 王.+ 办，对吗？/);
  await visitor.shows('absent');
  const past = await goPastScreen(village);
  for (const action of [
    { type: 'go', to: 'my-cases' },
    { type: 'go', to: 'kept-of-me' },
    { type: 'submit' },
    { type: 'open-matter', matterId: 'no-such' },
    { type: 'not-me' },
    { type: 'start', basis: 'self' },
  ] as const)
    expect((await past.sends(action)).ok, JSON.stringify(action)).toBe(false);
  past.close();
  const words = wordsOf(visitor, MATTER);
  await visitor.taps(new RegExp(`^${words.name}`));
  await expect(page.getByText('受托替 王* 办')).toBeVisible();
  await visitor.shows('matter');
  await visitor.taps(zh.key.start);
  for (const [id, value] of [
    ['what', 'lost'],
    ['photo', 'id-card'],
    ['collect', 'village'],
  ] as const) {
    await visitor.sees(words.asks(id));
    await visitor.chooses(words.choice(id, value));
  }
  await visitor.sees(words.asks('phone'));
  await visitor.dials(SAMPLE_PHONE);
  await visitor.sees(zh.check.title);
  await visitor.shows('acting-check');
  await visitor.taps(zh.key.submit);
  await visitor.sees(zh.kept.printed);
  await visitor.shows('kept');
  await expect(page.getByText(zh.grade['5'])).toHaveCount(0);
  await leaves();
});

test('the resident finds no case of it, and what they entrusted, with their card', async () => {
  await arrive(visitor);
  await village.dock.lay('man-of-70');
  await visitor.sees(/王/);
  const past = await goPastScreen(village);
  expect((await past.sends({ type: 'go', to: 'kept-of-me' })).ok).toBe(true);
  past.close();
  await expect(page.getByText(zh.entrust.mine)).toBeVisible();
  await expect(page.getByRole('button', { name: new RegExp(zh.entrust.takeBack) })).toBeVisible();
  await visitor.shows('kept-of-me');
  await leaves();
});

test('the town sees what the case rests on, ends it, and the machine hears of it', async ({ browser }) => {
  test.slow();
  await village.dock.network('on');
  const town = await signInAtDesk(browser, village.stack, 'town');
  await opensFromList(town, wordsOf(visitor, MATTER).name);
  await expect(town.getByText('凭本人留下的委托')).toBeVisible();
  await expect(town.getByText('委托核对无误')).toBeVisible();
  await town.screenshot({ path: 'test-results/screens/authority/zh-desk-case.png', fullPage: true });
  await town.getByRole('link', { name: /给的，到/ }).click();
  await expect(town.getByAltText('本人签名')).toBeVisible();
  await expect(town.getByAltText('当面拍的')).toBeVisible();
  for (const name of ['本人签名', '当面拍的']) {
    await expect(town.getByAltText(name)).toHaveJSProperty('complete', true);
    await expect(town.getByAltText(name)).not.toHaveJSProperty('naturalWidth', 0);
  }
  await town.screenshot({ path: 'test-results/screens/authority/zh-desk-authority.png', fullPage: true });
  await town.getByLabel('为什么停（不写姓名和号码）').fill('本人说不用了');
  await presses(town, '停掉');
  await expect(town.getByText('本人说不用了')).toBeVisible();

  await signsInAlone();
  await expect(page.getByText(zh.entrust.absent)).toHaveCount(0, { timeout: 30_000 });
});
