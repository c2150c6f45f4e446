/**
 * The screen read aloud, in a real browser with real clips: a matter finished by somebody who only listens, a private
 * page that asks before others can hear it, and a headphone that comes and goes.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import { zh } from '../../renderer/src/words/zh.ts';
import { type Listener, listenAt } from '../journeys/listener.ts';
import { wordsOf } from '../journeys/matters.ts';
import { openScreen } from '../journeys/touches.ts';
import { openVillage, type Village } from '../journeys/village.ts';
import { type Visitor, visitorOn } from '../journeys/visitor.ts';

test.describe.configure({ mode: 'serial', timeout: 300_000 });

const CLIPS = fileURLToPath(new URL('../../dist/screen/speech/zh/index.json', import.meta.url));

let village: Village;
let browser: Browser;
let page: Page;
let visitor: Visitor;
let ear: Listener;

test.beforeAll(async ({ launchOptions }) => {
  if (!existsSync(CLIPS)) throw new Error('no clips are built: npm run speech -- --part common');
  village = await openVillage({ form: 'source', screens: 'browser' });
  browser = await chromium.launch({
    ...launchOptions,
    // As the kiosk shell does: a headphone that is plugged in speaks before anything was touched.
    args: [...(launchOptions.args ?? []), '--autoplay-policy=no-user-gesture-required'],
  });
  page = await (await browser.newContext({ viewport: { width: 1080, height: 1920 } })).newPage();
  ear = await listenAt(page);
  await openScreen(page, village.stack.screenUrl);
  visitor = visitorOn(page, 'zh', 'voice');
});

test.afterAll(async () => {
  await browser?.close();
  await village?.stop();
});

const jack = (on: boolean) => village.dock.order({ order: 'set-sensor', sensor: 'audio-jack', on });

test('over the loudspeaker nothing is said until somebody asks; a private page asks first', async () => {
  await visitor.sees(zh.attract.title);
  await ear.hearsNothing(1_500);
  await visitor.taps(zh.aloud.listen);
  await ear.hears(zh.attract.title);
  await visitor.taps(zh.aloud.stop);
  await expect(page.locator('[data-voice="silent"]')).toHaveCount(1);

  // A page that is left is heard to the end of its clip, and no further.
  await visitor.taps(zh.aloud.listen);
  await visitor.taps(zh.key.noCard);
  await visitor.sees(zh.noCard.title);
  const left = (await ear.said()).length;
  await expect(page.locator('[data-voice="silent"]')).toHaveCount(1);
  expect(await ear.said(left)).toEqual([]);
  await visitor.taps(zh.key.leave);
  await visitor.sees(zh.attract.title);

  await village.dock.lay('mother');
  await visitor.sees(/张/);
  await visitor.taps(/我的办件/);
  const before = (await ear.said()).length;
  await visitor.taps(zh.aloud.listen);
  await expect(page.getByText(zh.aloud.ask)).toBeVisible();
  await visitor.shows('asks');
  expect(await ear.said(before)).toEqual([]);
  await visitor.taps(zh.aloud.no);
  await ear.hearsNothing(1_000);
  await visitor.taps(zh.aloud.listen);
  await visitor.taps(zh.aloud.yes);
  await expect.poll(async () => (await ear.said(before)).length).toBeGreaterThan(0);
  await visitor.shows('speaking');
  await visitor.taps(zh.key.leave);
  await village.dock.lift();
  await expect(page.locator('[data-voice="silent"]')).toHaveCount(1);
});

test('with a headphone, and by what is said alone: a matter from the first page to its slip', async () => {
  const words = wordsOf(visitor, 'old-age-allowance');
  await visitor.sees(zh.attract.title);
  await jack(true);
  await ear.hears(zh.attract.title);
  await village.dock.lay('mother');
  await ear.hears('张女士');
  await ear.chooses('养老');
  await ear.chooses(new RegExp(`^${words.name}`));
  await ear.chooses(words.basis('self'));
  await ear.hears(zh.shared.consentTitle);
  await ear.chooses(zh.shared.notAgreeFill);
  await ear.hears(words.asks('pay-to'));
  await ear.hears(zh.question.touch);
  await ear.chooses(words.choice('pay-to', 'passbook'));
  await ear.hears(words.asks('lives'));
  // What was touched is told whoever comes back, and stands.
  await ear.chooses(zh.key.back);
  await ear.hears('已选');
  await ear.chooses(zh.key.next);
  await ear.hears(words.asks('lives'));
  await ear.chooses(words.choice('lives', 'as-on-card'));
  await ear.hears(words.asks('phone'));
  await ear.dials('13900000000');
  await ear.chooses(zh.key.next);
  await ear.hears(zh.check.title);
  await ear.hears('139 0000 0000');
  await ear.hears(words.asks('true-words'));
  await ear.chooses(zh.question.declareSubmit);
  await ear.hears(zh.kept.printed);
  expect((await ear.said()).join('')).not.toMatch(/星/);
  expect(await village.dock.waitForSlip(1)).not.toEqual([]);
});

test('taken out, it is silent in the middle of a word, and stays so', async () => {
  await ear.chooses(zh.key.done);
  await ear.hears(zh.goodbye.title);
  await village.dock.lift();
  await visitor.sees(zh.attract.title);
  await ear.hears(zh.attract.title);
  await jack(false);
  await expect(page.locator('[data-voice="silent"]')).toHaveCount(1);
  await ear.hearsNothing(1_000);
  await visitor.taps(zh.key.noCard);
  await visitor.sees(zh.noCard.title);
  await ear.hearsNothing(1_000);
});
