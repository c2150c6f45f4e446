/**
 * Draws every page in every state, in both languages, sizes and themes, takes a picture of each and compares it with
 * the one somebody found good, and holds what a picture cannot be trusted for: axe finds nothing, no words are cut,
 * broken or too small, every target is big enough for any finger and far enough from the next, and the document's
 * title says what kind of page stands (WCAG 2.2, 2.4.2), in its language, and nothing else.
 */
import { fileURLToPath } from 'node:url';
import { expect, type Page } from '@playwright/test';
import { DOUBLE_TAP_MS } from '../../renderer/src/act.ts';
import { VIEW_NAMES } from '../../renderer/src/gallery/views.ts';
import { en } from '../../renderer/src/words/en.ts';
import { zh } from '../../renderer/src/words/zh.ts';
import { writeByHand } from '../journeys/handwriting.ts';
import { test } from './gallery-test.ts';
import { type Greys, isSame, keep, readKept } from './kept-pictures.ts';
import { JUDGED_STATES, nameOfState, type ScreenState, STATES } from './states.ts';
import { openState, takePicture } from './take-picture.ts';
import { spaced, titleOf } from './titles.ts';
import { findViolations } from './violations.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pictures = `${root}test-results/screens`;

test.describe.configure({ mode: 'parallel' });

async function open(page: Page, name: string, language: ScreenState['language']): Promise<void> {
  await openState(page, name, { language, size: 'normal', theme: 'normal' });
}

for (const name of VIEW_NAMES) {
  test(name, async ({ gallery: page }) => {
    const drawn = new Map<string, Greys>();
    const found: string[] = [];
    for (const state of STATES) {
      await openState(page, name, state);
      drawn.set(nameOfState(state), await takePicture(page, name, state));
      const wrong = await page.evaluate<string[]>('measure()');
      if (JUDGED_STATES.has(state)) wrong.push(...(await findViolations(page)));
      found.push(...wrong.map((each) => `${nameOfState(state)}: ${each}`));
      expect(spaced(await page.title()), nameOfState(state)).toBe(titleOf(name, state.language));
    }
    expect(found).toEqual([]);
    if (process.env.KEEP_PICTURES === '1') keep(name, drawn);
    const kept = readKept(name);
    const changed = [...drawn].filter(([state, greys]) => !isSame(kept.get(state) ?? greys, greys));
    expect(
      changed.map(([state]) => state),
      'look at test-results/screens; where it is as it should be, KEEP_PICTURES=1 keeps it',
    ).toEqual([]);
  });
}

test('a picture of every view in every state is kept', () => {
  const missing = VIEW_NAMES.filter((name) => readKept(name).size < STATES.length);
  expect(missing, 'KEEP_PICTURES=1 keeps them').toEqual([]);
});

test('the not-me question in a dialog', async ({ gallery: page }) => {
  await open(page, 'last-use', 'zh');
  await page.getByRole('button', { name: '不是我办的' }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await page.screenshot({ path: `${pictures}/zh/last-use-confirm.png`, animations: 'disabled' });
  expect(await page.evaluate('measure()')).toEqual([]);
  expect(await findViolations(page)).toEqual([]);
  await page.getByRole('button', { name: '我再想想' }).click();
  await expect(page.getByRole('alertdialog')).toBeHidden();
});

test('pinyin becomes characters', async ({ gallery: page }) => {
  await open(page, 'question-name', 'zh');
  for (const letter of 'chenxiao') await page.getByRole('button', { name: letter, exact: true }).click();
  await page.screenshot({ path: `${pictures}/zh/question-name-typing.png`, animations: 'disabled' });
  await page.getByRole('button', { name: '陈', exact: true }).click();
  await page.getByRole('button', { name: '晓', exact: true }).click();
  await expect(page.getByRole('status', { name: '写好的字' })).toHaveText('陈晓');
});

test('a whole sentence by pinyin, its words one by one, and nothing of it is kept', async ({
  gallery: page,
}) => {
  const key = (name: string) => page.getByRole('button', { name, exact: true });
  const written = page.getByRole('status', { name: zh.typing.text });
  await open(page, 'question-address-detail', 'zh');
  const before = await written.innerText();
  for (const letter of 'ludenghuaile') await key(letter).click();
  await page.screenshot({ path: `${pictures}/zh/question-sentence-typing.png`, animations: 'disabled' });
  expect(await page.evaluate('measure()')).toEqual([]);
  expect(await findViolations(page)).toEqual([]);
  await expect(key('路灯坏了')).toBeVisible();
  await key('路灯').click();
  await expect(written).toHaveText(`${before}路灯huaile`);
  await key('坏了').click();
  await expect(written).toHaveText(`${before}路灯坏了`);
  const kept = `Promise.all([indexedDB.databases(), caches.keys()]).then((lists) =>
    [localStorage.length, sessionStorage.length, document.cookie.length, ...lists.map((each) => each.length)])`;
  expect(await page.evaluate(kept)).toEqual([0, 0, 0, 0, 0]);
  await open(page, 'attract', 'zh');
  await open(page, 'question-address-detail', 'zh');
  await expect(written).toHaveText(before);
});

test('a finger writes characters, in every state of the screen', async ({ gallery: page }) => {
  for (const state of STATES) {
    const words = (state.language === 'zh' ? zh : en).typing;
    await openState(page, 'question-name', state);
    await page.getByRole('button', { name: words.hand, exact: true }).click();
    await expect(page.getByText(words.handEmpty)).toBeVisible();
    const square = page.getByRole('img', { name: words.square, exact: true });
    await lookAt('blank');
    await writeByHand(page, square, '陈');
    await page.getByRole('button', { name: words.undoStroke, exact: true }).click();
    await page.getByRole('button', { name: words.clearInk, exact: true }).click();
    await writeByHand(page, square, '陈');
    await lookAt('ink');
    const candidates = page.getByLabel(words.candidates, { exact: true });
    await expect(candidates.getByRole('button')).toHaveCount(8);
    await lookAt('candidates');
    await candidates.getByRole('button', { name: '陈', exact: true }).click();
    await expect(page.getByRole('status', { name: words.text })).toHaveText('陈');
    await expect(candidates).toBeHidden();

    async function lookAt(what: string) {
      await page.evaluate('document.fonts.ready');
      await takePicture(page, `question-name-hand-${what}`, state);
      const wrong = [...(await page.evaluate<string[]>('measure()')), ...(await findViolations(page))];
      expect.soft(wrong, `${nameOfState(state)}: ${what}`).toEqual([]);
    }
  }
});

test('a day far back is found by decade, year, month and day', async ({ gallery: page }) => {
  await open(page, 'question-date-far', 'zh');
  for (const name of ['1950 年代', '1951年', '10月']) {
    await page.getByRole('button', { name, exact: true }).click();
  }
  await page.getByRole('button', { name: '1951年10月21日' }).click();
  await expect(page.locator('output').first()).toHaveText('1951年10月21日');
});

test('number and code stand together where there is no slip', async ({ gallery: page }) => {
  await open(page, 'kept-no-printer', 'zh');
  await expect(page.getByText('办件号8306 2512 0047')).toBeVisible();
  await expect(page.getByText('查询码402917')).toBeVisible();
  await open(page, 'kept', 'zh');
  await expect(page.getByText('查询码')).toHaveCount(0);
});

test('a step whose time nobody knows stands without one', async ({ gallery: page }) => {
  await open(page, 'case-delivered', 'zh');
  const steps = page.getByRole('listitem');
  await expect(steps).toHaveText(['县里已收到', /机器收下.*\d+:\d\d/]);
});

for (const language of ['zh', 'en'] as const) {
  test(`a paper is framed by itself, and by taps alone, in ${language}`, async ({ gallery: page }) => {
    const { photo } = { zh, en }[language];
    const key = (name: string) => page.getByRole('button', { name, exact: true });
    await open(page, 'question-photo-paper', language);
    await key(photo.take).click();
    await expect(page.getByRole('img', { name: photo.taken })).toBeVisible();
    const picture = await page.locator('canvas').boundingBox();
    const frame = await page.locator('canvas + div').boundingBox();
    const share = (frame?.width ?? 0) / (picture?.width ?? 1);
    // The sample paper is half as wide as the picture; a little is left around it.
    expect(share).toBeGreaterThan(0.5);
    expect(share).toBeLessThan(0.62);
    await page.screenshot({
      path: `${pictures}/${language}/question-photo-still.png`,
      animations: 'disabled',
    });
    expect(await page.evaluate('measure()')).toEqual([]);
    expect(await findViolations(page)).toEqual([]);
    await key(photo.smaller).click();
    expect((await page.locator('canvas + div').boundingBox())?.width).toBeLessThan(frame?.width ?? 0);
    await key(photo.whole).click();
    await expect(key(photo.whole)).toHaveCount(0);
    await page.waitForTimeout(DOUBLE_TAP_MS);
    await key(photo.again).click();
    await expect(key(photo.take)).toBeVisible();
  });
}

test('what does not fit is reached by keys alone', async ({ gallery: page }) => {
  await open(page, 'matter-many', 'en');
  await page.getByRole('button', { name: 'More below' }).click();
  await expect(page.getByRole('button', { name: 'Back up' })).toBeVisible();
  await expect(page.getByText(en.matter.sample)).toBeInViewport();
});

test('a wide window shows the whole portrait page', async ({ gallery: page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(page, 'home', 'zh');
  const box = await page.locator('[data-page]').boundingBox();
  expect(box?.height).toBeCloseTo(800, 0);
  expect(box?.width).toBeCloseTo(450, 0);
  await page.screenshot({ path: `${pictures}/zh/home-in-wide-window.png` });
  await page.setViewportSize({ width: 1080, height: 1920 });
});
