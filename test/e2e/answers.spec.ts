/** Every type of question once, by touch, in a real browser; what the county holds is what was answered. */
import { fileURLToPath } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { bankCheckDigit, bankNumberText } from '../../catalog/bank-account.ts';
import { checkJpeg } from '../../catalog/jpeg.ts';
import { zh } from '../../renderer/src/words/zh.ts';
import { checkWebm } from '../../terminal/cases/webm.ts';
import { type Hands, handsAt } from '../journeys/answering-hands.ts';
import { type Filmed, openFilmed } from '../journeys/filmed.ts';
import { opensFromList, signInAtDesk } from '../journeys/staff.ts';
import type { Village } from '../journeys/village.ts';
import { arrive } from '../journeys/visit.ts';
import { type Visitor, visitorOn } from '../journeys/visitor.ts';

test.describe.configure({ mode: 'serial' });

/** The specimen's number, of nobody. */
const NUMBER = '11010519491231002X';
const CARD = `621700123456789${bankCheckDigit('621700123456789')}`;

let filmed: Filmed;
let village: Village;
let page: Page;
let visitor: Visitor;
let hands: Hands;

test.beforeAll(async ({ browser: drawing, launchOptions }) => {
  const catalogDir = fileURLToPath(new URL('../journeys/every-question', import.meta.url));
  filmed = await openFilmed({ drawing, launchOptions, catalogDir });
  ({ village, page } = filmed);
  visitor = visitorOn(page, 'zh', 'answers');
  hands = handsAt(page);
});

test.afterAll(() => filmed?.stop());

test('choices, numbers, days and words', async () => {
  await arrive(visitor);
  await village.dock.lay('mother');
  await visitor.taps(/样样都问/);
  await expect(page.getByText(zh.material.title)).toBeVisible();
  await visitor.taps(zh.key.start);
  await visitor.chooses('红的');
  await hands.picks('梨');
  await hands.picks('桃');
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
  await hands.presses('13900000000');
  await visitor.goesOn();
  await visitor.sees('身份证号是多少？');
  await hands.presses(NUMBER);
  await visitor.goesOn();
  await visitor.sees('帮手叫什么？');
  await hands.writesByHand('陈晓');
  await visitor.shows('handwriting');
  await expect(page.getByRole('status', { name: zh.typing.text })).toHaveText('陈晓');
  await visitor.goesOn();
  await visitor.sees('还要说什么？');
  await hands.writes(['qiao', '桥']);
  await visitor.goesOn();
});

test('a place, money and a bank card, whose wrong digit is refused', async () => {
  await visitor.sees('在哪个村？');
  await visitor.taps(new RegExp(zh.village.here));
  await visitor.sees('住在哪里？');
  await visitor.taps(new RegExp(zh.village.here));
  await visitor.sees(zh.address.detail);
  await hands.writes(['qiao', '桥']);
  await visitor.taps(zh.key.back);
  await visitor.goesOn();
  await expect(page.getByRole('status', { name: zh.typing.text })).toHaveText('桥');
  await visitor.goesOn();
  await visitor.sees('一个月挣多少？');
  await hands.presses('4400.5');
  await expect(page.getByText('四千四百元五角')).toBeVisible();
  await visitor.shows('amount');
  await visitor.goesOn();
  await visitor.sees('打到哪张卡？');
  await visitor.taps('农业银行');
  await hands.presses(`${CARD.slice(0, -1)}${(Number(CARD.at(-1)) + 1) % 10}`);
  await visitor.goesOn();
  await expect(page.getByText('卡号不对')).toBeVisible();
  await hands.key(zh.pad.erase).click();
  await hands.presses(CARD.slice(-1));
  await visitor.shows('bank');
  await visitor.goesOn();
});

test('a family: somebody added, taken out by mistake, put back', async () => {
  await visitor.sees('家里还有谁？');
  await visitor.taps(zh.members.add);
  await visitor.taps('儿子女儿');
  await hands.writes(['chen', '陈'], ['ming', '明']);
  await visitor.goesOn();
  await visitor.sees(zh.members.number);
  await hands.presses(NUMBER);
  await visitor.goesOn();
  await visitor.sees('家里还有谁？');
  await hands.key(zh.members.removeOf.replace('{{name}}', '儿子女儿\u00a0陈明')).click();
  await expect(page.getByText(zh.members.none)).toBeVisible();
  await visitor.taps(zh.members.undo);
  await visitor.shows('family');
  await visitor.taps(zh.members.done);
});

test('an appointment, a card, a code, a photograph, a signature, spoken words', async () => {
  await visitor.sees('想约哪天？');
  await visitor.taps(/^\d+月\d+日$/);
  await visitor.sees(zh.slot.time);
  await visitor.shows('slot');
  await visitor.taps(/^\d\d:\d\d$/);
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
  await hands.signs();
  await visitor.shows('signature');
  await visitor.taps(zh.signature.use);

  await visitor.sees('请说几句');
  await visitor.taps(zh.voice.start);
  await expect(page.getByText(zh.voice.recording)).toBeVisible();
  await visitor.shows('voice-recording');
  // Nobody ends it before it holds a word.
  await expect(page.getByText(zh.voice.left.replace('{{n}}', '18'))).toBeVisible();
  await visitor.taps(zh.voice.stop);
  await expect(hands.key(zh.voice.play)).toBeVisible();
  await visitor.shows('voice-taken');
  await visitor.taps(zh.voice.play);
  await visitor.taps(zh.voice.use);
  await visitor.sees(zh.check.title);
  await expect(page.getByText('上面都是真的')).toBeVisible();
  const [photograph, signature, recording, ...more] = filmed.handedIn;
  expect(more).toEqual([]);
  for (const picture of [photograph, signature])
    expect(checkJpeg(picture ?? new Uint8Array())).toMatchObject({ ok: true });
  expect(checkWebm(recording ?? new Uint8Array(), 20)).toMatchObject({ ok: true });
});

test('all of it is looked at, changed at will, and kept', async () => {
  await visitor.taps(zh.key.back);
  await visitor.sees('请说几句');
  await expect(page.getByText(zh.voice.held)).toBeVisible();
  await visitor.taps(zh.voice.play);
  await visitor.goesOn();
  await visitor.sees(zh.check.title);
  await visitor.shows('check');
  await visitor.declaresAndSubmits();
  await visitor.sees(zh.kept.printed);
  await visitor.taps(zh.key.done);
});

test('the town holds what was answered', async ({ browser: office }) => {
  const town = await signInAtDesk(office, village.stack, 'town');
  await opensFromList(town, '样样都问');
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
  expect([...(await fetched('a.picture img')), ...(await fetched('audio'))]).toEqual(filmed.handedIn);
  await town.screenshot({ path: 'test-results/screens/answers/desk-case.png', fullPage: true });
});
