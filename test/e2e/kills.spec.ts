/** Nothing lost, nothing doubled, nothing left: SIGKILL in every moment of a submit, with the platform away. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { zh } from '../../renderer/src/words/zh.ts';
import { findLeaks } from '../journeys/leaks.ts';
import { applyForAllowance, SAMPLE_PHONE } from '../journeys/matters.ts';
import { signInWhereFirst } from '../journeys/staff.ts';
import type { Village } from '../journeys/village.ts';
import { arrive, inOneVillage } from '../journeys/visit.ts';
import type { Visitor } from '../journeys/visitor.ts';

/** The sample mother's name and number, as `drivers/simulator/cards.ts` makes them. */
const PERSON = ['张桂兰', '330699194103121024', '董村 12 号', SAMPLE_PHONE];

let village: Village;
let page: Page;
let visitor: Visitor;
inOneVillage('kills', (here) => {
  ({ village, page, visitor } = here);
});

/** How many cases home says this card has here. */
async function countCases(): Promise<number> {
  await arrive(visitor);
  await village.dock.lay('mother');
  await visitor.sees(/张女士/);
  const row = page.getByRole('button', { name: /^我的办件/ });
  const count = Number(/\d+/.exec((await row.textContent()) ?? '')?.[0] ?? 0);
  await visitor.taps(zh.key.leave);
  await village.dock.lift();
  return count;
}

/** Fills the matter in and submits it; the terminal dies once `moment` has come. */
async function submitAndKill(moment: () => Promise<unknown>): Promise<void> {
  await arrive(visitor);
  await village.dock.lay('mother');
  await visitor.sees(/张女士/);
  await village.dock.lift();
  const drop = page.getByRole('button', { name: zh.home.drop });
  if (await drop.isVisible()) await visitor.taps(zh.home.drop);
  await applyForAllowance(visitor, { show: false, submit: false });
  await visitor.declaresAndSubmits();
  await moment();
  await village.killTerminal();
  await visitor.sees(zh.attract.title);
}

/** The printer has begun a slip and not cut it. */
async function slipIsPrinting(): Promise<void> {
  while ((await village.dock.state()).printer.uncut.length === 0) await page.waitForTimeout(5);
}

test('with the platform away, what was kept is kept once, whenever the terminal is killed', async ({
  browser,
}) => {
  test.setTimeout(420_000);
  await village.stack.killPlatform();

  await arrive(visitor);
  await village.dock.lay('mother');
  await visitor.sees(/张女士/);
  await applyForAllowance(visitor, { show: false });
  await visitor.sees(zh.kept.printed);
  await visitor.taps(zh.key.done);
  await village.dock.lift();
  await village.killTerminal();
  expect(await countCases()).toBe(1);

  for (const afterMs of [0, 8, 60]) await submitAndKill(() => page.waitForTimeout(afterMs));
  await submitAndKill(slipIsPrinting);
  const kept = await countCases();
  expect(kept).toBeGreaterThanOrEqual(2);
  expect(kept).toBeLessThanOrEqual(5);

  await village.stack.startPlatform();
  const desk = await signInWhereFirst(browser, village.stack, 'old-age-allowance');
  await expect(async () => {
    await desk.reload();
    await expect(desk.getByRole('row').filter({ hasText: '一件事项' })).toHaveCount(kept, { timeout: 1_000 });
  }).toPass({ timeout: 120_000 });

  // No more comes, whatever is offered again.
  await village.killTerminal();
  await page.waitForTimeout(5_000);
  await desk.reload();
  await expect(desk.getByRole('row').filter({ hasText: '一件事项' })).toHaveCount(kept);
  expect(await countCases()).toBe(kept);
});

test('a slip that may have been lost is offered at the next visit, and printed as a copy', async () => {
  await arrive(visitor);
  await village.dock.lay('mother');
  await visitor.sees(/张女士/);
  await visitor.taps(/我的办件/);
  await visitor.shows('my-cases-slip-owed');
  const before = (await village.dock.state()).printer.slips.length;
  await visitor.taps(new RegExp(zh.cases.slipOwed));
  await visitor.sees(zh.prove.title);
  await village.dock.lift();
  await village.dock.lay('mother');
  await expect(page.getByText(zh.case.history)).toBeVisible();
  await visitor.shows('case-slip-owed');
  await visitor.taps(new RegExp(`${zh.case.unknown}|${zh.case.print}`));
  const copy = await village.dock.waitForSlip(before + 1);
  expect(JSON.stringify(copy)).toContain('副本');
  await visitor.taps(zh.key.leave);
  await village.dock.lift();
});

test('no file of the terminal holds anything of the person, and the search would find it', async () => {
  const { terminal, mirror, run } = village.stack.folders;
  expect(findLeaks([terminal, mirror, run], PERSON)).toEqual([]);

  const control = join(village.folder, 'control');
  mkdirSync(control);
  writeFileSync(join(control, 'a.bin'), Buffer.from(`x${PERSON[0]}y`, 'utf16le'));
  writeFileSync(join(control, 'b.bin'), Buffer.from(`zz${PERSON[1]}yy`).toString('base64'));
  expect(findLeaks([control], PERSON)).toHaveLength(2);
});
