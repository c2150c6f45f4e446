/** A villager's visit, end to end: offline, kept, delivered by itself, handled, seen at the next visit. */
import { type Browser, expect, type Page, test } from '@playwright/test';
import type { ProgramForm } from '../../host/programs.ts';
import { en } from '../../renderer/src/words/en.ts';
import { zh } from '../../renderer/src/words/zh.ts';
import type { Language } from '../../terminal/api.ts';
import { getSlipQr, slipText } from './dock.ts';
import { answerAllowance, applyForAllowance, declinesLookUp, goToMatter, wordsOf } from './matters.ts';
import { touchPastScreen } from './past-screen.ts';
import { opensFromList, signInWhereFirst } from './staff.ts';
import { openScreen } from './touches.ts';
import { findVillageOn, openVillage, type Village } from './village.ts';
import { type Visitor, visitorOn } from './visitor.ts';

/** A village and the screen somebody stands at. */
export interface Standing {
  readonly village: Village;
  readonly page: Page;
  stop(): Promise<void>;
}

/** How one stands there: which form the programs have, and whether half seconds pass as anywhere. */
export interface Manner {
  readonly form?: ProgramForm;
  /** Unless it is so, those between two touches pass on the page's own clock; see {@link openScreen}. */
  readonly isInRealTime?: boolean;
}

/** Stands at the screen in an ordinary browser. */
export async function standAtBrowser(
  browser: Browser,
  { form = 'source', isInRealTime = false }: Manner = {},
): Promise<Standing> {
  const village = await openVillage({ form, screens: 'browser' });
  const page = await arriveAt(village, browser, !isInRealTime);
  return { village, page, stop: () => village.stop() };
}

/** Registers the journey in one language, wherever the screen is. */
export function describeVisit(
  name: string,
  language: Language,
  stand: (browser: Browser) => Promise<Standing>,
): void {
  test.describe(`a visit, ${name}, ${language}`, () => {
    test.describe.configure({ mode: 'serial' });
    let standing: Standing;
    let village: Village;
    let page: Page;
    test.beforeAll(async ({ browser }) => {
      standing = await stand(browser);
      ({ village, page } = standing);
    });
    test.afterAll(() => standing?.stop());

    test('kept with the network down, delivered by itself, handled, and told at the next visit', async ({
      browser,
    }) => {
      const { dock, stack } = village;
      const visitor = visitorOn(page, language, `visit-${name}`);
      const { words } = visitor;
      await arrive(visitor);

      await dock.network('cut');
      await dock.lay('mother');
      await expect(page.getByText(words.notice.offline)).toBeVisible();
      await visitor.shows('home-offline');
      await applyForAllowance(visitor, { show: true });
      await visitor.sees(words.kept.printed);
      await expect(page.getByText(words.kept.waiting)).toBeVisible();
      await visitor.shows('kept');

      const slip = await dock.waitForSlip(1);
      expect(slipText(slip)).not.toContain('张桂兰');
      expect(slipText(slip)).not.toContain('330699');
      await visitor.taps(words.grade['5']);
      await visitor.taps(words.key.done);
      await visitor.sees(words.goodbye.title);
      await visitor.shows('goodbye');
      await dock.lift();

      await dock.network('on');
      const desk = await signInWhereFirst(browser, stack, 'old-age-allowance');
      await opensFromList(desk, '一件事项');
      await expect(desk.getByText('张桂兰').first()).toBeVisible();
      await desk.screenshot({ path: `test-results/screens/visit-${name}/desk-case.png`, fullPage: true });
      await desk.getByRole('button', { name: '受理', exact: true }).click();

      const verified = await desk.request.get(getSlipQr(slip).replace(/^[^/]+\/\//, 'http://'));
      expect(verified.ok()).toBe(true);

      await arrive(visitor);
      await dock.lay('mother');
      await visitor.taps(new RegExp(words.home.cases.replace('{{n}}', '1')));
      await expect(page.getByText(words.stage.accepted)).toBeVisible();
      await visitor.shows('my-cases');
      await visitor.taps(new RegExp(wordsOf(visitor, 'old-age-allowance').listed));
      await visitor.sees(words.prove.title);
      await dock.lift();
      await dock.lay('mother');
      await expect(page.getByText(words.case.history)).toBeVisible();
      await visitor.shows('case');
      await visitor.taps(words.key.leave);
      await dock.lift();
    });

    test('a daughter for her mother, whose card she lays too', async () => {
      const { dock } = village;
      const visitor = visitorOn(page, language, `visit-${name}`);
      const words = wordsOf(visitor, 'old-age-allowance');
      await arrive(visitor);
      await dock.lay('daughter');
      await visitor.sees(/陈/);
      await goToMatter(visitor, 'old-age-allowance');
      await visitor.taps(words.basis('family'));
      await visitor.sees(words.asks('elder-card'));
      await visitor.shows('question-person-card');
      await dock.lay('mother');
      await expect(page.getByText(visitor.words.personCard.readHow)).toBeVisible();
      await visitor.goesOn();
      await declinesLookUp(visitor, words.asks('relation'));
      await visitor.sees(words.asks('relation'));
      await visitor.chooses(words.choice('relation', 'parent'));
      await answerAllowance(visitor, { show: false });
      await visitor.declares();
      await visitor.sees(visitor.words.check.title);
      await visitor.declaresAndSubmits();
      await visitor.sees(visitor.words.kept.printed);
      await expect(page.getByText(visitor.words.kept.delivered)).toBeVisible();
      await visitor.shows('kept-delivered');
      await visitor.taps(visitor.words.key.done);
      await dock.lift();
    });
  });
}

/** Opens the screen in a browser of its own: its address opens one session, for all tests of a village. */
async function arriveAt(village: Village, browser: Browser, isHurried: boolean): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1080, height: 1920 } });
  const page = await context.newPage();
  await openScreen(page, village.stack.screenUrl, { isHurried });
  return page;
}

/**
 * Steps up to the machine, and asks for the visitor's language. Nobody waits for the goodbye to whoever was there before:
 * its page passes over touches for as long as somebody may be taking their card, and the terminal takes one at once.
 */
export async function arrive(visitor: Visitor): Promise<void> {
  const heading = (name: string | RegExp) => visitor.page.getByRole('heading', { name, level: 1 });
  const goodbye = heading(new RegExp(`${zh.goodbye.title}|${en.goodbye.title}`));
  await heading(zh.attract.title).or(goodbye).first().waitFor();
  const village = findVillageOn(visitor.page);
  if (village !== undefined && (await goodbye.isVisible())) await touchPastScreen(village);
  await visitor.sees(zh.attract.title);
  if (visitor.language === 'en') await visitor.taps(zh.key.language);
  await visitor.sees(visitor.words.attract.title);
}

/** A village, its screen and somebody who reads Chinese, for all tests of one file in turn. */
export interface Here {
  readonly village: Village;
  readonly page: Page;
  readonly visitor: Visitor;
}

/** Registers one village for a file; `begin` is handed it before the first test. */
export function inOneVillage(record: string, begin: (here: Here) => void, manner: Manner = {}): void {
  test.describe.configure({ mode: 'serial' });
  let standing: Standing;
  test.beforeAll(async ({ browser }) => {
    standing = await standAtBrowser(browser, manner);
    const { village, page } = standing;
    begin({ village, page, visitor: visitorOn(page, 'zh', record) });
  });
  test.afterAll(() => standing?.stop());
}
