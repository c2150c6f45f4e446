/**
 * Ways out of the screens, each tried in a real Chromium that is started and bounded as on a machine without
 * Electron, and each found dead. `docs/lockdown.md` has the list.
 */
import { expect, test } from '@playwright/test';
import { zh } from '../../renderer/src/words/zh.ts';
import { visitorOn } from '../journeys/visitor.ts';
import { HOSTILE_CODES } from './codes.ts';
import { hasDisplay } from './display.ts';
import { fingersOn } from './fingers.ts';
import { BUTTONS, KEYS } from './hands.ts';
import { isUnderPolicies, type Kiosk, openKiosk } from './kiosk.ts';
import { SCRIPTED, type Scripted } from './scripted.ts';
import { type Watch, watchForEscapes } from './signs.ts';

let kiosk: Kiosk;
let watch: Watch;

if (!hasDisplay()) process.stdout.write('escapes: no Xvfb and xdotool here, none tried\n');
else if (!isUnderPolicies) process.stdout.write('escapes: no namespace of mounts here, none tried\n');
else register();

function register(): void {
  test.describe.configure({ mode: 'serial' });
  test.beforeAll(async () => {
    kiosk = await openKiosk();
    await kiosk.page.locator('[data-page="attract"]').waitFor();
    const { page, context, display } = kiosk;
    watch = await watchForEscapes({ page, context, windows: display.windows });
  });
  test.afterAll(() => kiosk?.stop());

  test('what is struck on the display comes to the page', async () => {
    const { page, display } = kiosk;
    await page.evaluate(
      "addEventListener('keydown', ({ key }) => { document.body.dataset.struck = key; }, { once: true })",
    );
    display.strikes('x');
    await expect(page.locator('body')).toHaveAttribute('data-struck', 'x');
  });

  test('the names on cards break no page', async () => {
    const { page, village } = kiosk;
    const visitor = visitorOn(page, 'zh', 'escapes');
    await visitor.sees(zh.attract.title);
    for (const card of ['dotted-name', 'strange-name', 'longest-name', 'foreign-2023']) {
      await village.dock.lay(card);
      await page.locator('[data-page="home"]').waitFor();
      expect(await page.evaluate<string[]>(OUTSIDE), card).toEqual([]);
      expect(await page.locator(FIELDS).count()).toBe(0);
      expect(await page.locator('body').innerText()).not.toMatch(NO_LETTERS);
      await visitor.taps(zh.key.leave);
      await page.locator('[data-page="goodbye"]').waitFor();
      await village.dock.lift();
    }
    expect(await watch.signs()).toEqual([]);
  });

  for (const [group, keys] of Object.entries(KEYS)) {
    test(`keys: ${group}`, () => findsNone(keys, async (strokes) => kiosk.display.strikes(strokes)));
  }

  test('buttons of a mouse', () =>
    findsNone(BUTTONS.map(String), async (button) => kiosk.display.clicks(Number(button))));

  test('wheels, drags and files let fall', async () => {
    const { display, page } = kiosk;
    const drag = (to: readonly [string, string]) => {
      display.does('mousemove', '300', '300', 'mousedown', '1', 'mousemove', ...to, 'mouseup', '1');
    };
    const held = (key: string, ...words: string[]) =>
      display.does('keydown', key, ...words, 'keyup', key) === '' ? undefined : 'it spoke';
    const glass = await page.context().newCDPSession(page);
    const file = { items: [], files: ['/etc/hostname'], dragOperationsMask: 1 };
    const attempts: Readonly<Record<string, () => unknown>> = {
      'Ctrl and the wheel': () => held('ctrl', 'click', '4', 'click', '4', 'click', '5'),
      'Alt and the wheel': () => held('alt', 'click', '4', 'click', '5'),
      'Shift and the wheel': () => held('shift', 'click', '4', 'click', '5'),
      'the wheel': () => display.does('click', '4', 'click', '5'),
      'words dragged over': () => drag(['800', '900']),
      'a drag out of the window': () => drag(['1079', '1919']),
      'three quick clicks': () => display.does('mousemove', '300', '300', 'click', '--repeat', '3', '1'),
      'a file let fall': async () => {
        for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
          await glass.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data: file });
      },
    };
    await findsNone(Object.keys(attempts), async (what) => attempts[what]?.());
  });

  test('fingers: two to ten, from every edge, long and apart', async () => {
    const fingers = await fingersOn(kiosk.page);
    const spread = (count: number, px: number) =>
      Array.from({ length: count }, (_, index) => {
        const turn = (2 * Math.PI * index) / count;
        return { x: 540 + px * Math.cos(turn), y: 900 + px * Math.sin(turn) };
      });
    const edges = {
      'from the left': [
        { x: 1, y: 900 },
        { x: 900, y: 900 },
      ],
      'from the right': [
        { x: 1078, y: 900 },
        { x: 100, y: 900 },
      ],
      'from above': [
        { x: 540, y: 1 },
        { x: 540, y: 1500 },
      ],
      'from below': [
        { x: 540, y: 1918 },
        { x: 540, y: 300 },
      ],
    } as const;
    const attempts: Readonly<Record<string, () => Promise<void>>> = {
      ...Object.fromEntries(
        [2, 3, 5, 10].flatMap((count) => [
          [`${count} fingers apart`, () => fingers.move(spread(count, 120), spread(count, 420))],
          [`${count} fingers together`, () => fingers.move(spread(count, 420), spread(count, 120))],
        ]),
      ),
      ...Object.fromEntries(
        Object.entries(edges).map(([name, [from, to]]) => [name, () => fingers.move([from], [to])]),
      ),
      'two fingers from the left': () =>
        fingers.move(
          [
            { x: 1, y: 800 },
            { x: 1, y: 1000 },
          ],
          [
            { x: 900, y: 800 },
            { x: 900, y: 1000 },
          ],
        ),
      'three fingers down': () =>
        fingers.move(
          [300, 500, 700].map((x) => ({ x, y: 200 })),
          [300, 500, 700].map((x) => ({ x, y: 1500 })),
        ),
      'a long press on words': () => fingers.rests({ x: 300, y: 300 }, LONG_PRESS_MS),
      'a long press on nothing': () => fingers.rests({ x: 10, y: 1900 }, LONG_PRESS_MS),
      'two quick taps': async () => {
        await fingers.rests({ x: 300, y: 300 }, 20);
        await fingers.rests({ x: 300, y: 300 }, 20);
      },
    };
    await findsNone(Object.keys(attempts), async (what) => attempts[what]?.());
  });

  test('codes held before the scanner do nothing but be codes', async () => {
    await findsNone(Object.keys(HOSTILE_CODES), async (what) => {
      await kiosk.village.dock.order({ order: 'scan-code', text: HOSTILE_CODES[what] ?? '', end: 'crlf' });
    });
  });

  for (const [group, all] of Object.entries(SCRIPTED)) {
    test(`scripts: ${group}`, () =>
      findsNone(
        all.map(({ what }) => what),
        async (what) => runs(all.find((each) => each.what === what)),
      ));
  }
}

/** Tries each, and looks for signs after each; nothing may be found. */
async function findsNone(
  attempts: readonly string[],
  tries: (attempt: string) => Promise<unknown>,
): Promise<void> {
  const escaped: string[] = [];
  for (const attempt of attempts) {
    const got = await tries(attempt);
    await kiosk.page.waitForTimeout(SETTLE_MS);
    const signs = [...(typeof got === 'string' && got !== '' ? [got] : []), ...(await watch.signs())];
    if (signs.length > 0) escaped.push(`${attempt}: ${signs.join('; ')}`);
  }
  expect(escaped).toEqual([]);
}

/** What a browser would fill in, remember, spell, compose in, or follow. */
const FIELDS =
  'input:not([type=checkbox], [type=radio], [type=range]), textarea, select, form, a[href], [contenteditable], iframe, embed, object';

/** What a name may bring that turns, hides or piles up what stands beside it. */
const NO_LETTERS = /[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]|\p{Mn}/u;

/** In the page: words that leave the screen, or the key they stand on. */
const OUTSIDE = `(() => {
  const found = [];
  const frame = document.querySelector('[data-page]').getBoundingClientRect();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(node);
    const key = node.parentElement.closest('button, h1');
    for (const rect of range.getClientRects()) {
      const around = key ? key.getBoundingClientRect() : frame;
      const isInside = rect.left >= around.left - 2 && rect.right <= around.right + 2 && rect.right <= frame.right + 2;
      if (!isInside && rect.width > 1) found.push(node.textContent.trim());
    }
  }
  return found;
})()`;

/** Longer than any browser takes to show a menu for a finger that rests. */
const LONG_PRESS_MS = 900;

/** What a browser opens, it opens within this time. */
const SETTLE_MS = 60;

async function runs(scripted: Scripted | undefined): Promise<unknown> {
  const script = scripted?.script ?? '';
  return kiosk.page.evaluate(`(async () => { ${script} })().catch(() => undefined)`);
}
