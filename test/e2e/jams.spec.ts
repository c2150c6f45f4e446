/** What befalls the printer before, during and after a slip: nothing is said that is not so, nothing owed is lost. */
import { expect, type Page, test } from '@playwright/test';
import { zh } from '../../renderer/src/words/zh.ts';
import { slipText } from '../journeys/dock.ts';
import { answerAllowance, applyForAllowance, goToMatter, wordsOf } from '../journeys/matters.ts';
import type { Village } from '../journeys/village.ts';
import { arrive, inOneVillage } from '../journeys/visit.ts';
import type { Visitor } from '../journeys/visitor.ts';

let village: Village;
let page: Page;
let visitor: Visitor;
inOneVillage('jams', (here) => {
  ({ village, page, visitor } = here);
});

const slipsOut = async () => (await village.dock.state()).printer.slips.map((lines) => slipText(lines));

/** Mends the printer, and asks for the slip until it prints: it is looked at every other second. */
async function printAgain(): Promise<void> {
  await village.dock.order({ order: 'mend-printer' });
  const again = page.getByRole('button', { name: zh.kept.again });
  await expect(async () => {
    await again.click({ timeout: 500 });
    await expect(again).toBeHidden({ timeout: 500 });
  }).toPass();
}

test('a jam in the middle, then no more paper: the whole slip is printed again, as a copy', async () => {
  await arrive(visitor);
  await village.dock.lay('mother');
  await visitor.sees(/张女士/);
  await village.dock.order({ order: 'fail-printer-after', lines: 5, faults: { jammed: true } });
  await applyForAllowance(visitor, { show: false });
  await visitor.sees(zh.kept.unknown);
  const number = await page.getByText(/\d{4} \d{4} \d{4}/).textContent();
  expect((await village.dock.state()).printer.uncut).toHaveLength(5);

  await village.dock.order({ order: 'fail-printer-after', lines: 12, faults: { paper: 'out' } });
  await printAgain();
  await expect.poll(async () => (await village.dock.state()).printer.faults.paper).toBe('out');
  await visitor.sees(zh.kept.unknown);
  await printAgain();
  await visitor.sees(zh.kept.printed);
  const slips = await slipsOut();
  const last = slips.at(-1) ?? '';
  for (const words of ['副本', /\d{4} \d{4} \d{4}/.exec(number ?? '')?.[0] ?? 'none', '查办到哪一步'])
    expect(last).toContain(words);
  expect(slips[0]).not.toContain('副本');
  // No slip holds lines of two.
  for (const text of slips) expect(text.split('办的事').length).toBeLessThanOrEqual(2);
  await visitor.taps(zh.key.done);
  await village.dock.lift();
});

test('a cover open before the matter starts is said; the slip printed once it is shut is no copy', async () => {
  await village.dock.order({ order: 'tear-paper' });
  await village.dock.order({ order: 'set-printer-faults', faults: { coverOpen: true } });
  await village.dock.lay('mother');
  await visitor.sees(/张女士/);
  await goToMatter(visitor, 'old-age-allowance');
  await expect(page.getByText(zh.matter.noSlip)).toBeVisible();
  await visitor.taps(wordsOf(visitor, 'old-age-allowance').basis('self'));
  await answerAllowance(visitor, { show: false });
  await visitor.declaresAndSubmits();
  await visitor.sees(zh.kept['no-printer']);
  // Shut again; paper near its end prints as ever.
  await village.dock.order({ order: 'set-printer-faults', faults: { coverOpen: false, paper: 'low' } });
  await visitor.sees(zh.kept['not-printed']);
  // A printer whose cover was just shut may need a moment: whoever reads that nothing came out taps once more.
  const nothing = page.getByRole('heading', { name: zh.kept['not-printed'], level: 1 });
  await expect(async () => {
    if (await nothing.isVisible()) await visitor.taps(zh.kept.again);
    await expect(page.getByRole('heading', { name: zh.kept.printed, level: 1 })).toBeVisible({
      timeout: 6_000,
    });
  }).toPass({ timeout: 40_000 });
  const [only, ...more] = await slipsOut();
  expect(more).toEqual([]);
  expect(only).not.toContain('副本');
  await visitor.taps(zh.key.done);
  await village.dock.lift();
  await village.dock.order({ order: 'mend-printer' });
});
