/**
 * A code from the phone in the place of a card: a case by it, followed from another phone by its slip; codes that open
 * nothing; with and without a network; and what a card does in between.
 */
import { expect, type Page, test } from '@playwright/test';
import { zh } from '../../renderer/src/words/zh.ts';
import { getSlipQr, slipText } from '../journeys/dock.ts';
import { givesPhone, goToMatter, wordsOf } from '../journeys/matters.ts';
import { signInAtDesk } from '../journeys/staff.ts';
import type { Village } from '../journeys/village.ts';
import { arrive, inOneVillage } from '../journeys/visit.ts';
import type { Visitor } from '../journeys/visitor.ts';

let village: Village;
let page: Page;
let visitor: Visitor;
inOneVillage('phone-code', (here) => {
  ({ village, page, visitor } = here);
});

/** The daughter, second in the sample's list of people. */
const DAUGHTER = { at: 1, greeting: /陈女士/, name: '陈秀英', number: '330699196809252244' };
const phone = zh.code.phone;
const MATTER = 'id-card-replacement';
const words = () => wordsOf(visitor, MATTER);

/** From the first page to the one that waits for a code. */
async function asksForCode(): Promise<void> {
  await arrive(visitor);
  await visitor.taps(phone.open);
  await visitor.sees(phone.title);
}

const scan = (text: string) => village.dock.order({ order: 'scan-code', text });
const says = (text: string) => expect(page.getByText(text, { exact: true }).first()).toBeVisible();

async function codeShown(): Promise<string> {
  return (await fetch(`${village.stack.phoneUrl}/${DAUGHTER.at}/code`)).text();
}

test('a case by a code, its slip followed from another phone, and what the desk reads', async ({
  browser,
}) => {
  test.slow();
  await asksForCode();
  await visitor.shows('phone-code');
  await village.dock.phone(DAUGHTER.at);
  await visitor.sees(DAUGHTER.greeting);
  await says(phone.opens);
  await visitor.shows('home-by-phone');

  await goToMatter(visitor, MATTER);
  await visitor.taps(zh.key.start);
  await visitor.sees(words().asks('reason'));
  await visitor.chooses(words().choice('reason', 'broken'));
  await visitor.sees(words().asks('away'));
  await visitor.chooses(zh.question.no);
  await visitor.sees(words().asks('time'));
  await visitor.taps(/\d+月\d+日/);
  await visitor.sees(zh.slot.time);
  await visitor.taps(/^\d{1,2}:[03]0$/);
  await visitor.sees(words().asks('phone'));
  await givesPhone(visitor);
  await visitor.taps(zh.key.submit);
  await visitor.sees(zh.kept.printed);
  const slip = await village.dock.waitForSlip(1);
  expect(slipText(slip)).not.toContain(DAUGHTER.number);
  const [number = ''] = /\d{4} \d{4} \d{4}/.exec(slipText(slip)) ?? [];
  expect(number).not.toBe('');
  await visitor.taps(zh.key.done);

  const county = await signInAtDesk(browser, village.stack, 'county');
  const line = county.getByRole('row').filter({ hasText: number });
  // The province's case centre may have taken it up already.
  await expect(async () => {
    for (const show of ['new', 'open']) {
      await county.goto(`${village.stack.deskUrl}/?show=${show}`);
      if (await line.isVisible()) return;
    }
    expect(await county.getByRole('main').innerText()).toContain(number);
  }).toPass({ timeout: 60_000 });
  await line.getByRole('link').click();
  await expect(county.getByText('亮了手机码，没有刷身份证')).toBeVisible();
  await expect(county.getByText(/浙里办（示例）的码，县里当场核过/)).toBeVisible();
  await county.context().close();

  // The fragment of the address is sent nowhere, and what the page says names nobody.
  const other = await (await browser.newContext()).newPage();
  const asked: string[] = [];
  other.on('request', (request) => asked.push(`${request.url()} ${request.postData() ?? ''}`));
  await other.goto(getSlipQr(slip));
  await expect(other.getByText('这张回执是本县的机器出的')).toBeVisible();
  await expect(other.getByText(/提交，县里已收到/)).toBeVisible();
  const shown = await other.content();
  for (const word of [DAUGHTER.name, DAUGHTER.number, '身份证补换领']) expect(shown).not.toContain(word);
  expect(new URL(other.url()).hash).toBe('');
  expect(asked.some((request) => request.includes(DAUGHTER.number))).toBe(false);
  await other.context().close();
});

test('a code that was used, forged, or is none opens nothing and says why', async () => {
  await asksForCode();
  const code = await codeShown();
  await scan(`${code.slice(0, -20)}AAAA${code.slice(-16)}`);
  await says(phone.trouble.forged);
  await scan('https://pay.invalid/1');
  await says(phone.trouble['not-a-code']);
  await scan(code);
  await visitor.sees(DAUGHTER.greeting);
  await visitor.taps(zh.key.leave);
  await asksForCode();
  await scan(code);
  await says(phone.trouble.used);
  await visitor.shows('phone-code-used');
  await visitor.taps(zh.key.leave);
});

test('without network a signed code is read here, and one that only its maker can read is not', async () => {
  test.slow();
  await arrive(visitor);
  await village.dock.network('cut');
  await expect(async () => {
    await asksForCode();
    await village.dock.phone(DAUGHTER.at, 'unread');
    await expect(page.getByText(phone.trouble.offline)).toBeVisible({ timeout: 8_000 });
  }).toPass({ timeout: 60_000 });
  await village.dock.phone(DAUGHTER.at);
  await visitor.sees(DAUGHTER.greeting);
  await visitor.taps(zh.key.leave);
  await village.dock.network('on');
});

test('a card of somebody else blanks the page, a fresh code goes on, and their own card opens what it opens', async () => {
  await asksForCode();
  await village.dock.phone(DAUGHTER.at);
  await visitor.sees(DAUGHTER.greeting);
  await village.dock.lay('mother');
  await visitor.sees(zh.secondCard.title);
  await expect(page.getByText(/陈/)).toHaveCount(0);
  await visitor.taps(new RegExp(zh.secondCard.same));
  await visitor.sees(phone.again);
  await village.dock.phone(DAUGHTER.at);
  await visitor.sees(DAUGHTER.greeting);
  await village.dock.lift();
  await village.dock.lay('daughter');
  await says(zh.bar.cardRead);
  await visitor.taps(zh.home.noCases);
  await visitor.taps(zh.key.leave);
  await village.dock.lift();
});
