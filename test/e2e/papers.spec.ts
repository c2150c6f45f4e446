/** Papers at a machine: consent, what will be printed, a printer that wants a hand, and the sheet taken. */
import { expect, type Page, test } from '@playwright/test';
import { zh } from '../../renderer/src/words/zh.ts';
import { findLeaks } from '../journeys/leaks.ts';
import { previewsProof } from '../journeys/papers.ts';
import type { Village } from '../journeys/village.ts';
import { arrive, inOneVillage } from '../journeys/visit.ts';
import type { Visitor } from '../journeys/visitor.ts';

let village: Village;
let page: Page;
let visitor: Visitor;
inOneVillage('papers', (here) => {
  ({ village, page, visitor } = here);
});

const says = (words: string | RegExp) => expect(page.getByText(words).first()).toBeVisible();

test('a certificate is shown, waits for its printer, is printed and taken, and leaves nothing behind', async () => {
  test.slow();
  await arrive(visitor);
  await village.dock.lay('mother');
  await visitor.sees(/(上午|中午|下午|晚上)好/);
  await previewsProof(visitor);
  await says('张*');
  await visitor.shows('print');

  const { documentPrinter } = await village.dock.state();
  await village.dock.order({
    order: 'set-document-printer-faults',
    faults: { ...documentPrinter.faults, jammed: true },
  });
  await visitor.sees(zh.print.preview);
  await says(zh.print.printerDown);
  await village.dock.order({ order: 'mend-document-printer' });
  await visitor.taps(zh.print.go);
  await visitor.sees(/^请取走 \d+ 张纸$/);
  await visitor.shows('print-take');
  expect((await village.dock.state()).documentPrinter).toMatchObject({ waiting: [] });
  await visitor.taps(zh.print.taken);
  await visitor.sees(zh.print.doneTitle);
  await visitor.taps(zh.key.done);
  await village.dock.lift();
  await arrive(visitor);
  expect(await page.content()).not.toContain('张*');
  expect(findLeaks([village.folder], ['张桂兰', '330699194103121024'])).toEqual([]);
});
