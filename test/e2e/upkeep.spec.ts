/** Whoever looks after the machine: signs in, is told what is wrong in plain words, mends it, and keeps a report. */
import { expect, type Page, test } from '@playwright/test';
import { zh } from '../../renderer/src/words/zh.ts';
import { SAMPLE_PINS } from '../../scripts/stack.ts';
import { slipText } from '../journeys/dock.ts';
import { steadyAt } from '../journeys/touches.ts';
import type { Village } from '../journeys/village.ts';
import { arrive, inOneVillage } from '../journeys/visit.ts';
import type { Visitor } from '../journeys/visitor.ts';

let village: Village;
let page: Page;
let visitor: Visitor;
inOneVillage('upkeep', (here) => {
  ({ village, page, visitor } = here);
});

const words = zh.upkeep;

async function givePin(pin: string): Promise<void> {
  const pad = page.getByLabel(zh.pad.digits, { exact: true });
  for (const digit of pin) await pad.getByRole('button', { name: digit, exact: true }).click();
  await visitor.taps(words.signIn.enter);
}

async function signIn(role: 'caretaker' | 'maintainer'): Promise<void> {
  await arrive(visitor);
  await visitor.taps(words.link);
  await visitor.sees(words.signIn.title);
  await visitor.taps(new RegExp(words.signIn[role]));
  await givePin(SAMPLE_PINS[role]);
}

test('a wrong PIN is told, the right one lets in, and a card ends it', async () => {
  await arrive(visitor);
  await visitor.taps(words.link);
  await visitor.taps(new RegExp(words.signIn.caretaker));
  await visitor.shows('pin');
  await givePin('999999');
  await expect(page.getByText(words.signIn.wrong)).toBeVisible();
  await givePin(SAMPLE_PINS.caretaker);
  await visitor.sees(words.caretaker.title);
  await expect(page.getByText(words.caretaker.well)).toBeVisible();
  await visitor.shows('caretaker');
  await village.dock.lay('mother');
  await visitor.sees(/张女士/);
  await visitor.taps(zh.key.leave);
  await village.dock.lift();
});

test('no paper: what is wrong and what to do, paper in, and a test comes out', async () => {
  await village.dock.order({ order: 'set-printer-faults', faults: { paper: 'out' } });
  await signIn('caretaker');
  await expect(page.getByText(words.reason['paper-out'], { exact: true })).toBeVisible();
  await expect(page.getByText(words.advice['paper-out'])).toBeVisible();
  await visitor.shows('paper-out');
  await village.dock.order({ order: 'mend-printer' });
  await expect(page.getByText(words.caretaker.well)).toBeVisible();
  await visitor.taps(new RegExp(words.caretaker.paper));
  await visitor.sees(words.paper.title);
  await village.dock.order({ order: 'tear-paper' });
  const { length } = (await village.dock.state()).printer.slips;
  await visitor.taps(words.paper.test);
  const slip = slipText(await village.dock.waitForSlip(length + 1));
  expect(slip).toContain('打印测试');
  expect(slip).toContain('123456789012345678901234567890123456789012345678');
  await expect(page.getByText(words.test.slip.printed)).toBeVisible();
  await visitor.taps(words.paper.changed);
  await expect(page.getByText(words.paper.changedAt.replace('{{time}}', ''))).toBeVisible();
  await expect(page.getByText(/大约还能打/)).toBeVisible();
  await visitor.shows('paper');
  await visitor.taps(words.leave);
  await visitor.sees(zh.attract.title);
});

test('a device is restarted, and says how it is', async () => {
  await signIn('maintainer');
  await visitor.sees(words.devices.title);
  await visitor.shows('devices');
  await visitor.taps(/身份证读卡器/);
  await visitor.sees('身份证读卡器');
  await visitor.taps(words.device.restart);
  await expect(
    page.getByText(words.event.restarted.replace('{{role}}', words.signIn.maintainer)),
  ).toBeVisible();
  await expect(page.getByText(words.state.ok, { exact: true }).first()).toBeVisible();
  await visitor.taps(words.leave);
});

test('a readiness report is made by hand and eye, printed, and there after a restart of the terminal', async () => {
  await signIn('maintainer');
  await visitor.taps(new RegExp(words.devices.readiness));
  await visitor.sees(words.readiness.title);
  const others = page
    .getByRole('button', { name: new RegExp(words.readiness.chosen) })
    .filter({ hasNotText: /身份证读卡器|回执打印机/ });
  for (let left = await others.count(); left > 0; left -= 1) {
    await steadyAt(page, others.first());
    await others.first().click();
    await expect(others).toHaveCount(left - 1);
  }
  await village.dock.order({ order: 'tear-paper' });
  await visitor.taps(words.readiness.run);
  await expect(page.getByText(words.test.hand['card-reader'].split('，')[0] ?? '')).toBeVisible();
  await visitor.shows('readiness');
  await village.dock.lay('daughter');
  await visitor.sees(words.report.title);
  await expect(page.getByText(words.report.ready)).toBeVisible();
  await expect(page.getByText(words.test.card.read)).toBeVisible();
  await village.dock.lift();
  await visitor.shows('report');
  const { length } = (await village.dock.state()).printer.slips;
  await visitor.taps(words.report.print);
  expect(slipText(await village.dock.waitForSlip(length + 1))).toContain('上岗检查');
  await expect(page.getByText(words.report.printed)).toBeVisible();

  await village.killTerminal();
  await visitor.sees(zh.attract.title);
  await signIn('maintainer');
  await visitor.taps(new RegExp(words.devices.readiness));
  await visitor.taps(new RegExp(words.readiness.passed));
  await visitor.sees(words.report.title);
  await expect(page.getByText(words.test.card.read)).toBeVisible();
  await visitor.taps(words.leave);
});
