/** A case looked up by its slip, without a card: scanned or typed, with and without a network. */
import { expect, type Page, test } from '@playwright/test';
import { zh } from '../../renderer/src/words/zh.ts';
import { getSlipQr, slipText } from '../journeys/dock.ts';
import { applyForAllowance } from '../journeys/matters.ts';
import { signInWhereFirst } from '../journeys/staff.ts';
import type { Village } from '../journeys/village.ts';
import { arrive, inOneVillage } from '../journeys/visit.ts';
import type { Visitor } from '../journeys/visitor.ts';

let village: Village;
let page: Page;
let visitor: Visitor;
inOneVillage('slips', (here) => {
  ({ village, page, visitor } = here);
});

/** What the slip of the first test bears. */
const slip = { qr: '', number: '', code: '' };

const scan = (text: string) => village.dock.order({ order: 'scan-code', text });
const says = (words: string) => expect(page.getByText(words, { exact: true }).first()).toBeVisible();
const inGroups = (number: string) => new RegExp(number.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1\\s$2\\s$3'));

/** Steps up without a card, to the page that waits for a slip. */
async function asksForSlip(): Promise<void> {
  await arrive(visitor);
  await visitor.taps(zh.key.noCard);
  await visitor.taps(new RegExp(zh.slip.open));
  await visitor.sees(zh.slip.title);
}

async function types(number: string, code: string): Promise<void> {
  await visitor.taps(new RegExp(zh.slip.byHand));
  await visitor.sees(zh.slip.number);
  await visitor.dials(number);
  await visitor.sees(zh.slip.code);
  await visitor.dials(code);
}

test('a slip scanned while its case is on its way, after it arrived, and when it was taken up', async ({
  browser,
}) => {
  test.slow();
  await arrive(visitor);
  await village.dock.network('cut');
  await village.dock.lay('mother');
  await visitor.sees(/张女士/);
  await applyForAllowance(visitor, { show: false });
  await visitor.sees(zh.kept.printed);
  const paper = await village.dock.waitForSlip(1);
  slip.qr = getSlipQr(paper);
  await visitor.taps(zh.key.done);
  await village.dock.lift();

  await asksForSlip();
  await visitor.shows('slip-lookup');
  await scan(slip.qr);
  await says(zh.slip.genuine);
  await says(zh.slip.offline);
  await visitor.shows('slip-offline');
  slip.number = (await page.getByRole('heading', { level: 1 }).innerText()).replaceAll(/\D/g, '');
  expect(slip.number).toMatch(/^\d{12}$/);
  const digits = slipText(paper).replaceAll(/[^\d\n]/g, '');
  slip.code = digits.split('\n').find((line) => /^\d{6}$/.test(line)) ?? '';

  await village.dock.network('on');
  const desk = await signInWhereFirst(browser, village.stack, 'old-age-allowance');
  const row = desk.getByRole('row').filter({ hasText: '一件事项' });
  await expect(async () => {
    // Whoever waits there touches the screen now and then, and is not taken for gone.
    await page.getByRole('heading', { level: 1 }).click();
    await desk.reload();
    await expect(row).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 60_000 });
  // The line that was cut may have to be tried again.
  await expect(async () => {
    await visitor.taps(zh.slip.again);
    await expect(page.getByText(zh.slip.asOf, { exact: true }).first()).toBeVisible({ timeout: 6_000 });
  }).toPass({ timeout: 60_000 });
  // What comes after may be quick: then it is a step of the past.
  const arrived = new RegExp(`${zh.stage.delivered}|${zh.past.delivered}`);
  await expect(page.getByRole('listitem').filter({ hasText: arrived })).toBeVisible();
  await visitor.shows('slip-delivered');

  await row.getByRole('link').click();
  const accept = desk.getByRole('button', { name: '受理', exact: true });
  await accept.click();
  await expect(accept).toHaveCount(0);
  await scan(slip.qr);
  await expect(page.getByText(zh.stage.accepted)).toBeVisible();
  await says(zh.slip.genuine);
  expect(await page.content()).not.toMatch(/张\*|张女士|张桂|高龄|330699/);
  await visitor.shows('slip-accepted');
  await visitor.taps(zh.key.leave);
});

test('number and code typed find the same; a wrong code finds nothing', async () => {
  await asksForSlip();
  await types(slip.number, slip.code);
  await visitor.sees(inGroups(slip.number));
  await expect(page.getByText(zh.stage.accepted)).toBeVisible();
  await expect(page.getByText(zh.slip.genuine)).toHaveCount(0);
  await visitor.taps(zh.key.backPlain);
  const wrong = String((Number(slip.code) + 1) % 1_000_000).padStart(6, '0');
  await types(slip.number, wrong);
  await says(zh.slip['not-found']);
  await visitor.shows('slip-not-found');
  await visitor.taps(zh.key.leave);
});

test('a code that is no slip is said to be none, and nothing of it shows; without a scanner the number is asked for', async () => {
  await asksForSlip();
  await scan('{ENTER}<b>330624260000123</b>\u001b[2J');
  await expect(page.getByRole('alert')).toContainText('这个码不对');
  expect(await page.content()).not.toContain('330624260000123');
  await visitor.shows('slip-wrong-code');
  await village.dock.order({ order: 'unplug', device: 'code-scanner' });
  await visitor.sees(zh.code.down);
  await visitor.shows('slip-no-scanner');
  await village.dock.order({ order: 'plug', device: 'code-scanner' });
  await visitor.sees(zh.slip.title);
  await scan(slip.qr);
  await says(zh.slip.genuine);
  await visitor.taps(zh.key.leave);
});
