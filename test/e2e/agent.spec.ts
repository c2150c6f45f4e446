/** A daughter, half way through her mother's allowance, calls the agent, who goes on where it stands; the village’s desk sees both. */
import { expect, type Page, test } from '@playwright/test';
import { zh } from '../../renderer/src/words/zh.ts';
import { AGENT_PIN, type AgentHands, agentAt } from '../journeys/agent.ts';
import { goToMatter, SAMPLE_PHONE, wordsOf } from '../journeys/matters.ts';
import { goPastScreen, type PastScreen } from '../journeys/past-screen.ts';
import {
  looksUntil,
  opensForm,
  opensFromList,
  presses,
  signInAtDesk,
  signInWhereFirst,
} from '../journeys/staff.ts';
import type { Village } from '../journeys/village.ts';
import { arrive, inOneVillage } from '../journeys/visit.ts';
import type { Visitor } from '../journeys/visitor.ts';

const ACTING_FOR_DAUGHTER = zh.acting.for.replace('{{agent}}', '吕*').replace('{{name}}', '陈*');

let village: Village;
let page: Page;
let visitor: Visitor;
let hands: AgentHands;
inOneVillage('agent', (here) => {
  ({ village, page, visitor } = here);
  hands = agentAt(village, visitor);
});

test('the agent registers with card and code, and chooses a PIN', async () => {
  const { agent } = village.stack;
  if (agent === null) throw new Error('a sample village has an agent');
  await hands.beginsAlone();
  await village.dock.lay('agent');
  await visitor.sees(zh.agentSignIn.code);
  await hands.gives('000000000000');
  await expect(page.getByText(zh.agentSignIn.trouble.wrong)).toBeVisible();
  await hands.gives(agent.code);
  await visitor.sees(zh.agentSignIn['new-pin']);
  await hands.gives('123456');
  await expect(page.getByText(zh.agentSignIn.trouble['weak-pin'])).toBeVisible();
  await hands.gives(AGENT_PIN);
  await visitor.sees(zh.agentSignIn['repeat-pin']);
  await hands.gives(AGENT_PIN);
  await visitor.sees(zh.agentDesk.title);
  await visitor.shows('desk');
});

test('alone they can do nothing for anybody, also past the screen', async () => {
  const past: PastScreen = await goPastScreen(village);
  for (const action of [
    { type: 'open-matter', matterId: 'old-age-allowance' },
    { type: 'start', basis: 'self' },
    { type: 'submit' },
    { type: 'not-me' },
    { type: 'go', to: 'my-cases' },
    { type: 'go', to: 'last-use' },
    { type: 'resume-draft' },
    { type: 'agent', command: { do: 'hand-back' } },
  ] as const)
    expect((await past.sends(action)).ok, JSON.stringify(action)).toBe(false);
  // A page of tiles may be looked at by anybody; nothing on it can be begun.
  expect((await past.sends({ type: 'go', to: 'find' })).ok).toBe(true);
  expect((await past.sends({ type: 'open-matter', matterId: 'old-age-allowance' })).ok).toBe(true);
  const begun = await past.sends({ type: 'start', basis: 'self' });
  expect(begun).toMatchObject({ ok: false, error: { code: 'evidence-missing' } });
  past.close();
  await visitor.taps(zh.key.leave);
  await village.dock.lift();
});

test('a daughter half way through calls them; they go on where it stands, hand it back and take it again', async () => {
  const words = wordsOf(visitor, 'old-age-allowance');
  await arrive(visitor);
  await village.dock.network('cut');
  await village.dock.lay('daughter');
  await visitor.sees(/陈/);
  await goToMatter(visitor, 'old-age-allowance');
  await visitor.taps(words.basis('family'));
  await visitor.sees(words.asks('elder-card'));
  await village.dock.lift();
  await village.dock.lay('mother');
  await expect(page.getByText(zh.personCard.readHow)).toBeVisible();
  await visitor.goesOn();
  await visitor.sees(words.asks('relation'));
  await visitor.chooses(words.choice('relation', 'parent'));
  await visitor.sees(words.asks('pay-to'));

  await hands.findsPage();
  await visitor.shows('called');
  await visitor.taps(zh.acting.signIn);
  await visitor.sees(zh.agentSignIn.card);
  await visitor.shows('card');
  await village.dock.lift();
  await village.dock.lay('agent');
  await visitor.sees(zh.agentSignIn.pin);
  await hands.gives('999111');
  await expect(page.getByText(zh.agentSignIn.trouble.wrong)).toBeVisible();
  await visitor.shows('pin-wrong');
  await hands.gives(AGENT_PIN);

  await visitor.sees(words.asks('pay-to'));
  await expect(page.getByText(ACTING_FOR_DAUGHTER)).toBeVisible();
  await visitor.shows('acting');
  await visitor.chooses(words.choice('pay-to', 'passbook'));
  await visitor.sees(words.asks('lives'));
  await hands.findsPage(true);
  await visitor.shows('hand-back');
  await visitor.taps(new RegExp(zh.acting.handBack));
  await visitor.sees(words.asks('lives'));
  await expect(page.getByText(ACTING_FOR_DAUGHTER)).not.toBeVisible();
  await visitor.chooses(words.choice('lives', 'as-on-card'));
  await visitor.sees(words.asks('phone'));

  await hands.stepsIn();
  await visitor.sees(words.asks('phone'));
  await visitor.dials(SAMPLE_PHONE);
  await visitor.declares();
  await visitor.sees(zh.check.title);
  await visitor.shows('check');
  await visitor.declaresAndSubmits();
  await visitor.sees(zh.kept.printed);
  await visitor.shows('kept');
  await expect(page.getByText(zh.grade['5'])).toHaveCount(0);
});

test('the next resident finds nothing of the one before; the agent’s own card acts for nobody', async () => {
  await hands.goesToNext();
  expect(await page.content()).not.toMatch(/陈\*|张\*|陈秀|张桂|高龄/);
  // What the key back leads to, past the screen too, is nobody's.
  const past: PastScreen = await goPastScreen(village);
  for (const action of [
    { type: 'go', to: 'my-cases' },
    { type: 'resume-draft' },
    { type: 'submit' },
  ] as const)
    expect((await past.sends(action)).ok, JSON.stringify(action)).toBe(false);
  past.close();
  await village.dock.lift();
  await village.dock.lay('young-man');
  await visitor.sees(/林/);
  await expect(
    page.getByText(zh.acting.for.replace('{{agent}}', '吕*').replace('{{name}}', '林*')),
  ).toBeVisible();
  expect(await page.content()).not.toMatch(/陈\*|张\*|陈秀|张桂|高龄津贴申请/);
  await visitor.taps(zh.key.leave);
  await village.dock.lift();
});

test('the desk sees who acted, and that their own key says so', async ({ browser }) => {
  await village.dock.network('on');
  const desk = await signInWhereFirst(browser, village.stack, 'old-age-allowance');
  await opensFromList(desk, '一件事项');
  await expect(desk.getByText('吕小兰，当场刷了本人的身份证')).toBeVisible();
  await expect(desk.getByText('签名核对无误')).toBeVisible();
  await expect(desk.getByText('吕小兰，填过一部分，交还过本人')).toBeVisible();
  await expect(desk.getByText('张桂兰').first()).toBeVisible();
  await desk.screenshot({ path: 'test-results/screens/agent/zh-desk.png', fullPage: true });
});

test('their own work: what today came to, printed; what the desk asks for, masked, until its resident lays their card', async ({
  browser,
}) => {
  test.slow();
  const work = zh.agentDesk.work;
  const desk = await signInWhereFirst(browser, village.stack, 'old-age-allowance');
  await opensFromList(desk, '一件事项');
  await presses(desk, '受理');
  await opensForm(desk, '请补材料');
  await desk.getByLabel(wordsOf(visitor, 'old-age-allowance').label('phone')).check();
  await desk.getByLabel(/还有什么要说/).fill('请张桂兰再写一遍号码');
  await presses(desk, '请补材料');

  await arrive(visitor);
  await visitor.taps(zh.key.noCard);
  await hands.stepsIn();
  await visitor.sees(zh.agentDesk.title);
  // The list comes down by itself.
  await expect(
    page.getByRole('button', { name: `${work.list} ${work.listCount.replace('{{n}}', '1')}` }),
  ).toBeVisible({
    timeout: 60_000,
  });
  await visitor.shows('own-work');
  await visitor.taps(new RegExp(work.list));
  await visitor.sees(work.list);
  await expect(page.getByText(work.why.supplement)).toBeVisible();
  await expect(page.getByText('张*')).toBeVisible();
  await visitor.shows('list');
  await visitor.taps(/张\*/);
  await expect(page.getByText(work.bring)).toBeVisible();
  expect(await page.content()).not.toMatch(/桂兰|高龄/);
  await visitor.shows('list-item');
  await visitor.taps(zh.key.backPlain);
  await visitor.taps(zh.key.backPlain);
  await visitor.taps(new RegExp(work.day));
  await visitor.sees(work.day);
  await expect(page.getByText(work.count.replace('{{n}}', '1'))).toBeVisible();
  await visitor.taps(work.print);
  await expect(page.getByText(work.slip.printed)).toBeVisible();
  await visitor.shows('day');
  await visitor.taps(zh.key.back);
  await visitor.taps(work.repair);
  await visitor.taps(work.part.screen);
  await expect(page.getByText(new RegExp(work.repairAsked))).toBeVisible();
  await visitor.taps(zh.key.leave);
  await village.dock.lift();

  const county = await signInAtDesk(browser, village.stack, 'county');
  await county.goto(new URL('/machines', county.url()).href);
  await looksUntil(county, county.getByText('报修 1'));
});
