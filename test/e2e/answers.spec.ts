/** Every type of question once, by touch, in a real browser; what the county holds is what was answered. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import { findBase64Url } from '../../base/bytes.ts';
import { bankCheckDigit, bankNumberText } from '../../catalog/bank-account.ts';
import { zh } from '../../renderer/src/words/zh.ts';
import { checkJpeg } from '../../terminal/cases/jpeg.ts';
import { checkWebm } from '../../terminal/cases/webm.ts';
import { filmPaper } from '../journeys/sample-paper.ts';
import { signInAtDesk } from '../journeys/staff.ts';
import { openVillage, type Village } from '../journeys/village.ts';
import { arrive } from '../journeys/visit.ts';
import { type Visitor, visitorOn } from '../journeys/visitor.ts';

test.describe.configure({ mode: 'serial' });

/** What Chromium calls the first of its fake microphones. */
const MICROPHONE = 'Fake Audio Input 1';
/** The specimen's number, of nobody. */
const NUMBER = '11010519491231002X';
const CARD = `621700123456789${bankCheckDigit('621700123456789')}`;

let folder: string;
let village: Village;
let browser: Browser;
let page: Page;
let visitor: Visitor;
/** What the screen handed to the terminal, as it went over the line: photograph, signature, recording. */
const handedIn: Uint8Array[] = [];

test.beforeAll(async ({ browser: drawing, launchOptions }) => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-film-'));
  const film = join(folder, 'paper.y4m');
  const easel = await drawing.newPage();
  await filmPaper(easel, film);
  await easel.close();
  village = await openVillage({
    form: 'source',
    screens: 'browser',
    cameraLabel: film,
    microphoneLabel: MICROPHONE,
    catalogDir: fileURLToPath(new URL('../journeys/every-question', import.meta.url)),
  });
  browser = await chromium.launch({
    ...launchOptions,
    args: [
      ...(launchOptions.args ?? []),
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ],
  });
  page = await (await browser.newContext({ viewport: { width: 1080, height: 1920 } })).newPage();
  page.on('websocket', (line) =>
    line.on('framesent', ({ payload }) => {
      const sent = /"bytes":"([\w-]{1000,})"/.exec(String(payload))?.[1];
      const bytes = sent === undefined ? undefined : findBase64Url(sent);
      if (bytes !== undefined) handedIn.push(bytes);
    }),
  );
  await page.goto(village.stack.screenUrl ?? '');
  visitor = visitorOn(page, 'zh', 'answers');
});

test.afterAll(async () => {
  await browser?.close();
  await village?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const key = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });

/** Chooses one, and waits with going on. */
async function picks(label: string, role: 'radio' | 'checkbox' = 'radio'): Promise<void> {
  await page.getByRole(role, { name: label }).locator('xpath=ancestor::label').click();
}

/** Writes one character by its pinyin. */
async function writes(pinyin: string, character: string): Promise<void> {
  const letters = page.getByLabel(zh.typing.letters, { exact: true });
  for (const letter of pinyin) await letters.getByRole('button', { name: letter, exact: true }).click();
  const candidates = page.getByLabel(zh.typing.candidates, { exact: true });
  await candidates.getByRole('button', { name: character, exact: true }).click();
}

async function presses(digits: string): Promise<void> {
  const pad = page.getByLabel(zh.pad.digits, { exact: true });
  for (const digit of digits) {
    const name = digit === '.' ? zh.amount.point : digit;
    await pad.getByRole('button', { name, exact: true }).click();
  }
}

test('choices, numbers, days and words', async () => {
  await arrive(visitor);
  await village.dock.lay('mother');
  await visitor.taps(/样样都问/);
  await expect(page.getByText(zh.material.title)).toBeVisible();
  await visitor.taps(zh.key.start);
  await visitor.chooses('红的');
  await picks('梨', 'checkbox');
  await picks('桃', 'checkbox');
  await visitor.goesOn();
  await visitor.chooses(zh.question.no);
  await visitor.dials('12');
  await visitor.sees('哪天来看？');
  await visitor.taps(zh.date.tomorrow);
  await visitor.goesOn();
  await visitor.sees('从哪个月开始？');
  await page.locator('button[aria-pressed]:not([disabled])').filter({ hasText: /月$/ }).first().click();
  await visitor.goesOn();
  await visitor.sees('电话是多少？');
  await visitor.dials('13900000000');
  await visitor.dials(NUMBER);
  await writes('chen', '陈');
  await writes('xiao', '晓');
  await visitor.goesOn();
  await visitor.sees('还要说什么？');
  await writes('qiao', '桥');
  await visitor.goesOn();
});

test('a place, money and a bank card, whose wrong digit is refused', async () => {
  await visitor.sees('在哪个村？');
  await visitor.taps(new RegExp(zh.village.here));
  await visitor.goesOn();
  await visitor.sees('住在哪里？');
  await visitor.taps(new RegExp(zh.village.here));
  await visitor.goesOn();
  await visitor.sees(zh.address.detail);
  await writes('qiao', '桥');
  await visitor.taps(zh.key.back);
  await visitor.goesOn();
  await expect(page.getByRole('status', { name: zh.typing.text })).toHaveText('桥');
  await visitor.goesOn();
  await visitor.sees('一个月挣多少？');
  await presses('4400.5');
  await expect(page.getByText('四千四百元五角')).toBeVisible();
  await visitor.shows('amount');
  await visitor.goesOn();
  await visitor.sees('打到哪张卡？');
  await picks('农业银行');
  await visitor.goesOn();
  await presses(`${CARD.slice(0, -1)}${(Number(CARD.at(-1)) + 1) % 10}`);
  await visitor.goesOn();
  await expect(page.getByText('卡号不对')).toBeVisible();
  await key(zh.pad.erase).click();
  await presses(CARD.slice(-1));
  await visitor.shows('bank');
  await visitor.goesOn();
});

test('a family: somebody added, taken out by mistake, put back', async () => {
  await visitor.sees('家里还有谁？');
  await visitor.taps(zh.members.add);
  await picks('儿子女儿');
  await visitor.goesOn();
  await writes('chen', '陈');
  await writes('ming', '明');
  await visitor.goesOn();
  await visitor.sees(zh.members.number);
  await presses(NUMBER);
  await visitor.goesOn();
  await visitor.sees('家里还有谁？');
  await key(zh.members.removeOf.replace('{{name}}', '儿子女儿\u00a0陈明')).click();
  await expect(page.getByText(zh.members.none)).toBeVisible();
  await visitor.taps(zh.members.undo);
  await visitor.shows('family');
  await visitor.taps(zh.members.done);
});

test('an appointment, a card, a code, a photograph, a signature, spoken words', async () => {
  await visitor.sees('想约哪天？');
  await visitor.taps(/^\d+月\d+日$/);
  await visitor.goesOn();
  await visitor.sees(zh.slot.time);
  await visitor.taps(/^\d\d:\d\d$/);
  await visitor.shows('slot');
  await visitor.goesOn();
  await visitor.sees('请放邻居的证');
  await village.dock.lay('daughter');
  await expect(page.getByText(zh.personCard.readHow)).toBeVisible();
  await visitor.goesOn();
  await visitor.sees('请扫码');
  await village.dock.order({ order: 'scan-code', text: 'YZ330624', end: 'crlf' });
  await expect(page.getByText(/0624/)).toBeVisible();
  await visitor.goesOn();
  await visitor.sees('请拍样张');
  await visitor.taps(zh.photo.take);
  await visitor.taps(zh.photo.use);

  await visitor.sees('请签名');
  await visitor.taps(zh.signature.use);
  await expect(page.getByText(zh.signature.first)).toBeVisible();
  const area = await page.getByRole('img', { name: zh.signature.area }).boundingBox();
  const { x, y, width, height } = area ?? { x: 0, y: 0, width: 0, height: 0 };
  for (const [from, to] of [
    [0.2, 0.5],
    [0.5, 0.3],
    [0.6, 0.8],
  ] as const) {
    await page.mouse.move(x + width * from, y + height * 0.3);
    await page.mouse.down();
    await page.mouse.move(x + width * to, y + height * 0.7, { steps: 8 });
    await page.mouse.up();
  }
  await visitor.shows('signature');
  await visitor.taps(zh.signature.use);

  await visitor.sees('请说几句');
  await visitor.taps(zh.voice.start);
  await expect(page.getByText(zh.voice.recording)).toBeVisible();
  await visitor.shows('voice-recording');
  await page.waitForTimeout(1_500);
  await visitor.taps(zh.voice.stop);
  await expect(key(zh.voice.play)).toBeVisible();
  await visitor.shows('voice-taken');
  await visitor.taps(zh.voice.play);
  await visitor.taps(zh.voice.use);
  await visitor.sees('上面都是真的');
  const [photograph, signature, recording, ...more] = handedIn;
  expect(more).toEqual([]);
  for (const picture of [photograph, signature])
    expect(checkJpeg(picture ?? new Uint8Array())).toMatchObject({ ok: true });
  expect(checkWebm(recording ?? new Uint8Array(), 20)).toMatchObject({ ok: true });
});

test('all of it is looked at, changed at will, and kept', async () => {
  // The way on was taken when the recording had been handed in, not when the key was touched.
  await page.waitForTimeout(700);
  await visitor.taps(zh.key.back);
  await visitor.sees('请说几句');
  await expect(page.getByText(zh.voice.held)).toBeVisible();
  await visitor.taps(zh.voice.play);
  await visitor.goesOn();
  await visitor.declares();
  await visitor.sees(zh.check.title);
  await visitor.shows('check');
  await visitor.taps(zh.key.submit);
  await visitor.sees(zh.kept.printed);
  await visitor.taps(zh.key.done);
});

test('the town holds what was answered', async ({ browser: office }) => {
  const town = await signInAtDesk(office, village.stack, 'town');
  const row = town.getByRole('row').filter({ hasText: '样样都问' });
  await expect(async () => {
    await town.reload();
    await expect(row).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 60_000 });
  await row.getByRole('link').click();
  await expect(async () => {
    await town.reload();
    await expect(town.locator('a.picture img')).toHaveCount(2, { timeout: 500 });
    await expect(town.locator('audio')).toHaveCount(1, { timeout: 500 });
  }).toPass({ timeout: 60_000 });
  const answers = Object.fromEntries(
    await town
      .locator('dt')
      .evaluateAll((terms) =>
        terms.map((term) => [term.textContent, term.nextElementSibling?.textContent?.trim()]),
      ),
  );
  expect(answers).toMatchObject({
    颜色: '红的',
    果树: '梨、桃',
    是不是: '不是',
    棵数: '12 棵',
    电话: '139 0000 0000',
    证号: NUMBER,
    帮手: '陈晓',
    别的话: '桥',
    村: '沙溪镇董村',
    住处: '沙溪镇董村桥',
    收入: '4,400.50 元',
    银行卡: `农业银行 ${bankNumberText(CARD)}`,
    家里人: `儿子女儿 陈明 ${NUMBER}`,
    码: 'YZ330624',
    声明: '已确认',
  });
  expect(answers.预约).toMatch(/^\d+月\d+日 \d\d:\d\d$/);
  expect(answers.邻居).toContain('陈秀英');
  expect(answers.月份).toMatch(/^20\d\d年\d+月$/);
  const fetched = async (locator: string) => {
    const sources = await town
      .locator(locator)
      .evaluateAll((all) => all.map((one) => one.getAttribute('src')));
    const bodies = sources.map((source) => town.request.get(new URL(source ?? '', town.url()).href));
    return Promise.all((await Promise.all(bodies)).map(async (one) => new Uint8Array(await one.body())));
  };
  expect([...(await fetched('a.picture img')), ...(await fetched('audio'))]).toEqual(handedIn);
  await town.screenshot({ path: 'test-results/screens/answers/desk-case.png', fullPage: true });
});
