/** What anyone may do without a card, and what is refused in time: a report by touch, a banquet too late. */
import { expect, type Page, test } from '@playwright/test';
import { addDays, isoDate } from '../../base/calendar.ts';
import { zh } from '../../renderer/src/words/zh.ts';
import { getSlipQr, slipText } from '../journeys/dock.ts';
import { goToMatter, wordsOf } from '../journeys/matters.ts';
import { opensForm, opensFromList, presses, signInWhereFirst } from '../journeys/staff.ts';
import type { Village } from '../journeys/village.ts';
import { arrive, inOneVillage } from '../journeys/visit.ts';
import type { Visitor } from '../journeys/visitor.ts';

let village: Village;
let page: Page;
let visitor: Visitor;
inOneVillage('open', (here) => {
  ({ village, page, visitor } = here);
});

/** Writes Chinese words by pinyin, choosing the candidate that is meant. */
async function writes(words: readonly { readonly pinyin: string; readonly word: string }[]): Promise<void> {
  const keyboard = page.getByLabel(zh.typing.letters, { exact: true });
  for (const { pinyin, word } of words) {
    for (const letter of pinyin) await keyboard.getByRole('button', { name: letter, exact: true }).click();
    await page
      .getByLabel(zh.typing.candidates, { exact: true })
      .getByRole('button', { name: word, exact: true })
      .click();
  }
}

test('a problem is reported with no card, in words written by touch, and reaches the desk', async ({
  browser,
}) => {
  const words = wordsOf(visitor, 'problem-report');
  await arrive(visitor);
  await visitor.taps(zh.key.noCard);
  await goToMatter(visitor, 'problem-report');
  await visitor.taps(zh.key.start);
  await visitor.sees(words.asks('what'));
  await visitor.chooses(words.choice('what', 'lamp'));
  await visitor.sees(words.asks('village'));
  await visitor.shows('question-village');
  await visitor.taps(new RegExp(zh.village.here));
  await visitor.sees(words.asks('place'));
  await writes([
    { pinyin: 'cun', word: '村' },
    { pinyin: 'kou', word: '口' },
  ]);
  await visitor.shows('question-text');
  await visitor.goesOn();
  await visitor.sees(words.asks('words'));
  await writes([
    { pinyin: 'deng', word: '灯' },
    { pinyin: 'bu', word: '不' },
    { pinyin: 'liang', word: '亮' },
  ]);
  await visitor.goesOn();
  // This cabinet names no camera: the page says so, and it goes on without.
  await visitor.sees(words.asks('photo'));
  await expect(page.getByText(zh.photo.missing)).toBeVisible();
  await visitor.shows('question-photo-missing');
  await visitor.taps(zh.photo.skip);
  await visitor.sees(words.asks('wants-answer'));
  await visitor.chooses(zh.question.no);
  await visitor.sees(zh.check.title);
  await visitor.shows('check-report');
  await visitor.taps(zh.key.submit);
  await visitor.sees(zh.kept.printed);
  const slip = await village.dock.waitForSlip(1);
  expect(slipText(slip)).toContain('反映问题');
  await visitor.taps(zh.key.done);

  const desk = await signInWhereFirst(browser, village.stack, 'problem-report');
  await opensFromList(desk, '反映问题');
  await expect(desk.getByText('灯不亮', { exact: true })).toBeVisible();

  // The village mends it and photographs it, in whatever size and form its camera makes.
  await presses(desk, '受理');
  await opensForm(desk, '办结');
  await desk.getByLabel('结果（村民会看到；不写就是“办好了”）').fill('灯泡换了');
  const photograph = await desk.screenshot();
  await desk
    .getByLabel(/修好了的照片/)
    .setInputFiles({ name: 'lamp.png', mimeType: 'image/png', buffer: photograph });
  await expect(desk.getByText(/照片好了/)).toBeVisible();
  await presses(desk, '办好了');
  await expect(desk.getByRole('img', { name: '修好了的照片' })).toBeVisible();

  // Whoever reported it looks the slip up, and sees it.
  await arrive(visitor);
  await visitor.taps(zh.key.noCard);
  await visitor.taps(new RegExp(zh.slip.open));
  await village.dock.order({ order: 'scan-code', text: getSlipQr(slip) });
  await expect(page.getByText('灯泡换了')).toBeVisible();
  const seen = page.getByRole('img', { name: zh.notice.result.picture });
  await expect(seen).toHaveAttribute('aria-busy', 'false');
  const size = await seen.evaluate((canvas) => [
    Number(canvas.getAttribute('width')),
    Number(canvas.getAttribute('height')),
  ]);
  expect(Math.max(...size)).toBeGreaterThan(300);
  await visitor.shows('slip-picture');
  await visitor.taps(zh.key.leave);
});

test('a banquet the day after tomorrow is refused with no network, with the number to call', async () => {
  const words = wordsOf(visitor, 'village-banquet');
  await village.dock.network('cut');
  await arrive(visitor);
  await village.dock.lay('young-man');
  await visitor.sees(/林先生/);
  await village.dock.lift();
  await goToMatter(visitor, 'village-banquet');
  await visitor.taps(zh.key.start);
  await visitor.sees(words.asks('day'));
  await visitor.taps(zh.date.afterTomorrow);
  await visitor.goesOn();
  await expect(page.getByRole('alert').getByText(/12315/)).toHaveCount(1);
  await visitor.sees(words.asks('day'));
  await visitor.shows('banquet-too-late');

  const inTenDays = addDays(isoDate(Date.now()), 10);
  if (inTenDays.slice(0, 7) !== isoDate(Date.now()).slice(0, 7)) {
    await visitor.taps(zh.date.following);
  }
  await page
    .getByRole('button', { name: new RegExp(`^(.*\\D)?${Number(inTenDays.slice(8))}日?$`) })
    .first()
    .click();
  await visitor.goesOn();
  await visitor.sees(words.asks('occasion'));
  await visitor.taps(zh.key.leave);
  await village.dock.network('on');
});
