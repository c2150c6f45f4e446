/** A case through all its hands: a daughter, the village's agent, the desks of village, town and county. Each step is one hand's. */
import { join } from 'node:path';
import { type Browser, expect, type Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { zh } from '../../renderer/src/words/zh.ts';
import { type AgentHands, agentAt } from './agent.ts';
import { declinesLookUp, goToMatter, SAMPLE_PHONE, wordsOf } from './matters.ts';
import { type ResidentHands, residentAt, saying } from './resident.ts';
import { historyOf, linesOf, looksUntil, opensForm, opensFromList, presses, signInAtDesk } from './staff.ts';
import type { Village } from './village.ts';
import type { Visitor } from './visitor.ts';

const MATTER = 'old-age-allowance';
/** The paper that the county has printed when it finishes. */
const PAPER = 'living-allowance-certificate';
const AGENT = '吕小兰';
/** Another that reaches nobody. */
const OTHER_PHONE = '13900000001';
const OTHER_PHONE_SHOWN = '139 0000 0001';
/** What the desk's list calls a private matter. */
const LISTED = '一件事项';
const NUMBERED = '省里登记了';

/** What befalls the terminal around each hand-over, and in the middle of what is filled in. */
export interface Trouble {
  /** Before something is handed over. */
  begins(): Promise<void>;
  /** Once it was handed over. */
  ends(): Promise<void>;
  /** Half way through the questions; whether the visit is over with it. */
  strikesMidway(): Promise<boolean>;
}

/** Everybody who has a hand in it, each at a browser of their own that stays open. */
export interface Hands {
  readonly village: Village;
  readonly visitor: Visitor;
  readonly daughter: ResidentHands;
  readonly agent: AgentHands;
  readonly atVillage: Page;
  readonly town: Page;
  readonly county: Page;
  /** How many ratings the platform had when they met. */
  readonly ratingsBefore: number;
}

/** Gathers them at a village whose screen somebody stands at. */
export async function gatherHands(village: Village, visitor: Visitor, browser: Browser): Promise<Hands> {
  const daughter = residentAt(village, visitor, { card: 'daughter', greeting: /陈/, matterId: MATTER });
  const atVillage = await signInAtDesk(browser, village.stack, 'village');
  const town = await signInAtDesk(browser, village.stack, 'town');
  const county = await signInAtDesk(browser, village.stack, 'county');
  const ratingsBefore = countRatings(village);
  const agent = agentAt(village, visitor);
  return { village, visitor, daughter, agent, atVillage, town, county, ratingsBefore };
}

/** The daughter begins her mother's allowance, the agent steps in, goes on with it and hands it in. */
export async function handsInWithAgent(hands: Hands, trouble: Trouble): Promise<void> {
  const { visitor, daughter, agent } = hands;
  const words = wordsOf(visitor, MATTER);
  await daughter.comes();
  await trouble.begins();
  await goToMatter(visitor, MATTER);
  await visitor.taps(words.basis('family'));
  await laysMother(hands, MATTER, 'elder-card');
  await asked(visitor, 'relation');
  await visitor.chooses(words.choice('relation', 'parent'));
  await asked(visitor, 'pay-to');
  await agent.stepsIn();
  await visitor.sees(words.asks('pay-to'));
  await visitor.chooses(words.choice('pay-to', 'passbook'));
  await visitor.sees(words.asks('lives'));
  if (await trouble.strikesMidway()) {
    await resumes(hands);
    // Her mother's card is in no draft, and is laid again; what was answered is not asked again.
    await laysMother(hands, MATTER, 'elder-card');
    await asked(visitor, 'lives');
    await agent.stepsIn();
    await visitor.sees(words.asks('lives'));
  }
  await visitor.chooses(words.choice('lives', 'as-on-card'));
  await visitor.sees(words.asks('phone'));
  await visitor.dials(SAMPLE_PHONE);
  await visitor.declares();
  await visitor.sees(zh.check.title);
  await visitor.declaresAndSubmits();
  await visitor.sees(zh.kept.printed);
  // No rating is asked while an agent stands there.
  await expect(visitor.page.getByText(zh.grade['5'])).toHaveCount(0);
  await trouble.ends();
  await leaves(hands, zh.key.done);
}

/** The village sees who acted, takes it up, and asks for another telephone number. */
export async function villageAsks({ atVillage: desk, visitor }: Hands, trouble: Trouble): Promise<void> {
  await opensFromList(desk, LISTED);
  await showsWhoActed(desk);
  await presses(desk, '受理');
  await opensForm(desk, '请补材料');
  await desk.getByLabel(wordsOf(visitor, MATTER).label('phone')).check();
  await desk.getByLabel(/还有什么要说/).fill('号码打不通');
  await trouble.begins();
  await presses(desk, '请补材料');
  await expect(desk.getByText('等补材料').first()).toBeVisible();
  await trouble.ends();
}

/** The daughter is told, and supplies that alone. */
export async function supplies(hands: Hands, trouble: Trouble): Promise<void> {
  const { visitor, daughter } = hands;
  await daughter.comesUntil(saying(zh.home.asks));
  await daughter.opensCase();
  await trouble.begins();
  await visitor.taps(zh.ownCase.askKey);
  await visitor.sees(wordsOf(visitor, MATTER).asks('phone'));
  await visitor.dials(OTHER_PHONE);
  await visitor.sees(zh.check.title);
  if (await trouble.strikesMidway()) {
    await resumes(hands);
    await visitor.sees(zh.check.title);
  }
  await visitor.taps(zh.key.submit);
  await expect(
    visitor.page.getByText(saying(`${zh.stage.answered}|${zh.stage.supplemented}`)).first(),
  ).toBeVisible();
  await trouble.ends();
  await leaves(hands);
}

/** The village has what it asked for, and hands the case up; it is on its list no more. */
export async function villageHandsUp({ atVillage: desk }: Hands, trouble: Trouble): Promise<void> {
  await looksUntil(desk, desk.getByText('村民补了材料'));
  await expect(desk.getByText(OTHER_PHONE_SHOWN)).toBeVisible();
  await presses(desk, '受理');
  await handsUp(desk, { to: '转到镇里', words: '电话换好了，请镇里看' }, trouble);
}

/** The town has it now, with what the village wrote, and hands it up in its turn. */
export async function townHandsUp({ town }: Hands, trouble: Trouble): Promise<void> {
  await town.getByRole('link', { name: /办理中/ }).click();
  await opensFromList(town, LISTED);
  await expect(town.getByText('电话换好了，请镇里看')).toBeVisible();
  await handsUp(town, { to: '转到县里', words: '看过了，请县里定' }, trouble);
}

async function handsUp(
  desk: Page,
  { to, words }: { readonly to: string; readonly words: string },
  trouble: Trouble,
): Promise<void> {
  await opensForm(desk, to);
  await desk.getByLabel(/转办说明/).fill(words);
  await trouble.begins();
  await presses(desk, to);
  await expect(desk.getByRole('heading', { name: '办件' })).toBeVisible();
  await expect(linesOf(desk, LISTED)).toHaveCount(0);
  await trouble.ends();
}

/** The county sees the same hands, and finishes with a paper that the machine prints. */
export async function countyFinishes({ county, visitor }: Hands, trouble: Trouble): Promise<void> {
  await county.getByRole('link', { name: /办理中/ }).click();
  await opensFromList(county, LISTED);
  await showsWhoActed(county);
  await opensForm(county, '办结');
  await county
    .getByLabel('结果怎么给')
    .selectOption({ label: `在机器上打：${wordsOf(visitor, PAPER).name}` });
  await trouble.begins();
  await presses(county, '办好了');
  await expect(county.getByText('这一件已经办结')).toBeVisible();
  await trouble.ends();
}

/** The daughter is told of the result at her next visit, says how content she is, prints it for her mother, and takes it. */
export async function printsResult(hands: Hands, trouble: Trouble): Promise<void> {
  const { visitor, daughter, village } = hands;
  const words = wordsOf(visitor, PAPER);
  await daughter.comesUntil(saying(zh.home.results));
  await rates(visitor);
  await daughter.opensCase();
  await visitor.taps(zh.ownCase.printKey.replace('{{name}}', words.name));
  await visitor.taps(words.basis('family'));
  await visitor.sees(zh.provePerson.title);
  await visitor.taps(new RegExp(zh.provePerson.face));
  await laysMother(hands, PAPER, 'relative-card');
  await visitor.sees(words.asks('relation'));
  await visitor.chooses(words.choice('relation', 'parent'));
  await visitor.sees(words.asks('purpose'));
  await visitor.chooses(words.choice('purpose', 'medical'));
  await visitor.sees(words.asks('agrees'));
  await visitor.declares();
  await visitor.sees(zh.shared.consentTitle);
  await visitor.taps(zh.shared.agree);
  await visitor.sees(zh.print.preview);
  await visitor.taps(zh.print.go);
  await visitor.sees(/^请取走 \d+ 张纸$/);
  expect((await village.dock.state()).documentPrinter).toMatchObject({ waiting: [] });
  await trouble.begins();
  await visitor.taps(zh.print.taken);
  await visitor.sees(zh.print.doneTitle);
  await trouble.ends();
  await leaves(hands);
}

/** The daughter says that she has the paper, with her card laid again; nobody handed it to her, so nobody asks for her name. */
export async function collects(hands: Hands, trouble: Trouble): Promise<void> {
  const { visitor, daughter } = hands;
  await daughter.comes();
  await expect(visitor.page.getByText(zh.ownCase.rateOpen)).toHaveCount(0);
  await daughter.opensCase();
  await trouble.begins();
  await visitor.taps(zh.ownCase.hasItKey);
  await daughter.laysAgain();
  await visitor.sees(zh.ownCase.hasIt);
  await visitor.taps(zh.ownCase.hasItYes);
  await expect(visitor.page.getByText(zh.ownCase.collected)).toBeVisible();
  await trouble.ends();
  await leaves(hands);
}

/** Everything came once and in its order, and the county's record says which desk did what. */
export async function provesOnRecord({ county, village, ratingsBefore }: Hands): Promise<void> {
  await looksUntil(county, county.getByText('村民取走了结果'));
  const history = await historyOf(county);
  // The province's number comes whenever it comes, once.
  expect(history.filter((step) => step === NUMBERED)).toEqual([NUMBERED]);
  expect(history.filter((step) => step !== NUMBERED)).toEqual([
    ...['县里收到', '受理', '请补材料', '村民补了材料', '受理', '转上一级', '转上一级', '办好了'],
    '村民取走了结果',
  ]);
  await showsWhoActed(county);
  await expect.poll(() => countRatings(village)).toBe(ratingsBefore + 1);
  const number = (await county.locator('.lead .number').textContent()) ?? '';
  await county.getByRole('link', { name: '工作记录' }).click();
  const acts = county.getByRole('row').filter({ hasText: number });
  for (const [act, desk, times] of [
    ['请补材料', '沙溪镇董村', 1],
    ['受理', '沙溪镇董村', 2],
    ['转上一级', '沙溪镇董村', 1],
    ['转上一级', '沙溪镇', 1],
    ['办结', '新昌县', 1],
  ] as const) {
    const desks = county.getByRole('cell', { name: desk, exact: true });
    await expect(acts.filter({ hasText: act }).filter({ has: desks })).toHaveCount(times);
  }
  await county.getByRole('link', { name: '办件' }).click();
}

/** Nobody's desk shows a good rating by itself: what the platform keeps is counted. */
function countRatings({ stack }: Village): number {
  const database = new Database(join(stack.folders.platform, 'platform.db'), { readonly: true });
  try {
    return database.prepare('SELECT count(*) FROM ratings').pluck().get() as number;
  } finally {
    database.close();
  }
}

async function showsWhoActed(desk: Page): Promise<void> {
  await expect(desk.getByText('张桂兰').first()).toBeVisible();
  await expect(desk.getByText('陈秀英').first()).toBeVisible();
  await expect(desk.getByText(`${AGENT}，当场刷了本人的身份证`)).toBeVisible();
  await expect(desk.getByText('签名核对无误')).toBeVisible();
}

/** Nobody was asked while the agent stood there: now the case has ended, and she is. */
async function rates(visitor: Visitor): Promise<void> {
  await visitor.taps(new RegExp(`^${zh.ownCase.rateOpen}`));
  await visitor.sees(zh.ownCase.rate);
  await visitor.taps(zh.grade['5']);
  await visitor.taps(zh.ownCase.rated);
}

/** Waits for a question; what the state could tell instead is not looked up. */
async function asked(visitor: Visitor, questionId: string): Promise<void> {
  const ask = wordsOf(visitor, MATTER).asks(questionId);
  await declinesLookUp(visitor, ask);
  await visitor.sees(ask);
}

async function laysMother({ visitor, village }: Hands, matterId: string, questionId: string): Promise<void> {
  await visitor.sees(wordsOf(visitor, matterId).asks(questionId));
  await village.dock.lift();
  await village.dock.lay('mother');
  await expect(visitor.page.getByText(zh.personCard.readHow)).toBeVisible();
  await visitor.goesOn();
}

/** After the visit ended in the middle: home offers what was left. */
async function resumes({ visitor, daughter, village }: Hands): Promise<void> {
  await village.dock.lift();
  await daughter.comes();
  await visitor.taps(zh.home.resume);
}

/** Leaves, unless the machine let go of everybody already. */
async function leaves({ visitor, daughter, village }: Hands, key?: string): Promise<void> {
  const isOver = await visitor.page.getByRole('heading', { name: zh.attract.title, level: 1 }).isVisible();
  if (isOver) await village.dock.lift();
  else await daughter.leaves(key);
}
