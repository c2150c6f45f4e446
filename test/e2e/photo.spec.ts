/** A photograph, from the camera to the case: with the camera the cabinet names, small enough, and still legible. */
import { expect, type Page, test } from '@playwright/test';
import { checkJpeg } from '../../catalog/jpeg.ts';
import { PHOTO_LIMITS } from '../../catalog/photo.ts';
import { zh } from '../../renderer/src/words/zh.ts';
import { type Filmed, openFilmed } from '../journeys/filmed.ts';
import { goToMatter, wordsOf } from '../journeys/matters.ts';
import { FILM, lookAt } from '../journeys/sample-paper.ts';
import { looksUntil, opensFromList, signInWhereFirst } from '../journeys/staff.ts';
import { arrive } from '../journeys/visit.ts';
import { type Visitor, visitorOn } from '../journeys/visitor.ts';

test.describe.configure({ mode: 'serial' });

let filmed: Filmed;
let page: Page;
let visitor: Visitor;

test.beforeAll(async ({ browser: drawing, launchOptions }) => {
  filmed = await openFilmed({ drawing, launchOptions });
  ({ page } = filmed);
  visitor = visitorOn(page, 'zh', 'photo');
});

test.afterAll(() => filmed?.stop());

/** How the camera's picture on the page is doing: `live`, `ended`, or nothing where none is shown. */
const pictureState = () =>
  page.evaluate<string | undefined>(`(() => {
    globalThis.lastStream = document.querySelector('video')?.srcObject ?? globalThis.lastStream;
    return globalThis.lastStream?.getVideoTracks()[0].readyState;
  })()`);

async function goToPhoto(): Promise<void> {
  const words = wordsOf(visitor, 'problem-report');
  await arrive(visitor);
  await visitor.taps(zh.key.noCard);
  await goToMatter(visitor, 'problem-report');
  await visitor.taps(zh.key.start);
  await visitor.chooses(words.choice('what', 'lamp'));
  await visitor.taps(new RegExp(zh.village.here));
  const keyboard = page.getByLabel(zh.typing.letters, { exact: true });
  for (const question of ['place', 'words']) {
    await visitor.sees(words.asks(question));
    for (const letter of 'qiao') await keyboard.getByRole('button', { name: letter, exact: true }).click();
    await page
      .getByLabel(zh.typing.candidates, { exact: true })
      .getByRole('button', { name: '桥', exact: true })
      .click();
    await visitor.goesOn();
  }
  await visitor.sees(words.asks('photo'));
}

test('the camera the cabinet names is open while its page stands, and not a moment longer', async () => {
  await goToPhoto();
  await expect(page.getByRole('button', { name: zh.photo.take })).toBeVisible();
  await visitor.shows('live');
  expect(await pictureState()).toBe('live');
  await visitor.taps(zh.key.leave);
  await visitor.sees(zh.attract.title);
  expect(await pictureState()).toBe('ended');
});

test('a photograph is taken, looked at, taken again and handed in, small and legible', async () => {
  await goToPhoto();
  await expect(page.getByRole('button', { name: zh.photo.take })).toBeVisible();
  expect(await pictureState()).toBe('live');
  await visitor.taps(zh.photo.take);
  await expect(page.getByRole('img', { name: zh.photo.taken })).toBeVisible();
  expect(await pictureState()).toBe('ended');
  await visitor.shows('still');
  await visitor.taps(zh.photo.again);
  await visitor.taps(zh.photo.take);
  await visitor.taps(zh.photo.use);
  await visitor.sees(wordsOf(visitor, 'problem-report').asks('wants-answer'));

  const [jpeg, ...more] = filmed.handedIn;
  expect(more).toEqual([]);
  if (jpeg === undefined) throw new Error('no photograph went over the line');
  expect(jpeg.length).toBeLessThanOrEqual(PHOTO_LIMITS.maxBytes);
  expect(checkJpeg(jpeg)).toMatchObject({ ok: true });
  const seen = await lookAt(page, jpeg);
  expect(Math.max(seen.width, seen.height)).toBeGreaterThanOrEqual(1600);
  expect(seen.width / seen.height).toBeCloseTo(FILM.width / FILM.height, 2);
  expect(seen.table).toBeGreaterThan(80);
  expect(seen.table).toBeLessThan(115);
  expect(seen.paper).toBeGreaterThan(225);
  expect(seen.contrast).toBeGreaterThan(100);
});

test('the photograph is shown again, and the case is kept with it', async () => {
  await visitor.taps(zh.key.back);
  await expect(page.getByRole('img', { name: zh.photo.held })).toBeVisible();
  await visitor.shows('held');
  await visitor.goesOn();
  await visitor.chooses(zh.question.no);
  await visitor.sees(zh.check.title);
  await expect(page.getByText('1 张照片')).toBeVisible();
  await visitor.shows('check');
  await visitor.taps(zh.key.submit);
  await visitor.sees(zh.kept.printed);
  await visitor.taps(zh.key.done);
});

test('the desk sees the photograph beside the case', async ({ browser }) => {
  const desk = await signInWhereFirst(browser, filmed.village.stack, 'problem-report');
  await opensFromList(desk, '反映问题');
  const picture = desk.locator('a.picture img');
  await looksUntil(desk, picture);
  const shown = await desk.request.get(new URL((await picture.getAttribute('src')) ?? '', desk.url()).href);
  expect(new Uint8Array(await shown.body())).toEqual(filmed.handedIn[0]);
  await desk.screenshot({ path: 'test-results/screens/photo/desk-case.png', fullPage: true });
});
