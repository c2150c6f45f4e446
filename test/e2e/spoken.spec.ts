/** Words said where they might have been written: from the microphone the cabinet names to the desk that plays them. */
import { expect, test } from '@playwright/test';
import { zh } from '../../renderer/src/words/zh.ts';
import { checkWebm } from '../../terminal/cases/webm.ts';
import { type Filmed, openFilmed } from '../journeys/filmed.ts';
import { goToMatter, wordsOf } from '../journeys/matters.ts';
import { opensFromList, signInWhereFirst } from '../journeys/staff.ts';
import { arrive } from '../journeys/visit.ts';
import { type Visitor, visitorOn } from '../journeys/visitor.ts';

test.describe.configure({ mode: 'serial', timeout: 180_000 });

let filmed: Filmed;
let visitor: Visitor;

test.beforeAll(async ({ browser: drawing, launchOptions }) => {
  filmed = await openFilmed({ drawing, launchOptions });
  visitor = visitorOn(filmed.page, 'zh', 'spoken');
});

test.afterAll(() => filmed?.stop());

/** Speaks for two seconds and hands it in. */
async function says(): Promise<void> {
  await visitor.taps(zh.voice.offer);
  await visitor.taps(zh.voice.start);
  await filmed.page.getByText(zh.voice.left.replace('{{n}}', '59')).waitFor();
  await visitor.taps(zh.voice.stop);
  await visitor.taps(zh.voice.use);
}

test('a problem is reported without writing a word', async () => {
  const { page } = filmed;
  const words = wordsOf(visitor, 'problem-report');
  await arrive(visitor);
  await visitor.taps(zh.key.noCard);
  await goToMatter(visitor, 'problem-report');
  await visitor.taps(zh.key.start);
  await visitor.chooses(words.choice('what', 'lamp'));
  await visitor.taps(new RegExp(zh.village.here));
  for (const question of ['place', 'words']) {
    await visitor.sees(words.asks(question));
    await says();
  }
  await visitor.sees(words.asks('photo'));
  // What was said stands when one comes back, and may be said anew.
  await visitor.taps(zh.key.back);
  await visitor.sees(words.asks('words'));
  await expect(page.getByText(zh.voice.held)).toBeVisible();
  await visitor.goesOn();
  await visitor.taps(zh.photo.skip);
  await visitor.chooses(zh.question.no);
  await visitor.sees(zh.check.title);
  await expect(page.getByText(/^说的话，\d\s秒/)).toHaveCount(2);
  await visitor.shows('check');
  await page.getByRole('button', { name: /^听/ }).first().click();
  await visitor.taps(zh.key.submit);
  await visitor.sees(zh.kept.printed);
  expect(filmed.handedIn.map((webm) => checkWebm(webm, 60).ok)).toEqual([true, true]);
});

test('the desk hears it under the name of what was asked', async ({ browser }) => {
  const desk = await signInWhereFirst(browser, filmed.village.stack, 'problem-report');
  await opensFromList(desk, '反映问题');
  const played = desk.locator('audio[controls]');
  await expect(async () => {
    await desk.reload();
    await expect(played).toHaveCount(2, { timeout: 500 });
  }).toPass({ timeout: 60_000 });
  const sources = await played.evaluateAll((all) => all.map((one) => one.getAttribute('src') ?? ''));
  for (const [at, source] of sources.entries()) {
    const file = await desk.request.get(new URL(source, desk.url()).href);
    expect(new Uint8Array(await file.body())).toEqual(filmed.handedIn[at]);
  }
  const labels = await played.evaluateAll((all) =>
    all.map((one) => [
      one.getAttribute('aria-label'),
      one.closest('dd')?.previousElementSibling?.textContent,
    ]),
  );
  for (const [label, term] of labels) expect(label).toBe(term);
});
