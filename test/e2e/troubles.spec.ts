/** Every expected trouble has a screen of its own, and the machine goes on by itself. */
import { expect, type Page, test } from '@playwright/test';
import { zh } from '../../renderer/src/words/zh.ts';
import { crashDevices } from '../journeys/devices-crash.ts';
import { goToMatter } from '../journeys/matters.ts';
import type { Village } from '../journeys/village.ts';
import { arrive, inOneVillage } from '../journeys/visit.ts';
import type { Visitor } from '../journeys/visitor.ts';

let village: Village;
let page: Page;
let visitor: Visitor;
inOneVillage('troubles', (here) => {
  ({ village, page, visitor } = here);
});

const CARD_TROUBLES = [
  { name: 'card-pulled', title: zh.trouble['lay-again'].title, fault: { type: 'pulled' }, command: 'read' },
  {
    name: 'unreadable',
    title: zh.trouble.unreadable.title,
    fault: { type: 'status', sw3: 0x32 },
    command: 'select',
  },
  {
    name: 'wrong-card',
    title: zh.trouble['wrong-card'].title,
    fault: { type: 'status', sw3: 0x40 },
    command: 'select',
  },
] as const;

for (const { name, title, fault, command } of CARD_TROUBLES) {
  test(`a card that cannot be read: ${name}`, async () => {
    await arrive(visitor);
    await village.dock.order({ order: 'fail-reader', fault, command });
    await village.dock.lay('mother');
    await visitor.sees(title);
    await visitor.shows(name);
    await village.dock.lift();
    await visitor.sees(zh.attract.title);
  });
}

test('a card that has expired opens what needs none, and says where to renew it', async () => {
  await arrive(visitor);
  await village.dock.lay('expired');
  await visitor.sees(zh.expired.title);
  await visitor.shows('expired');
  await expect(page.getByRole('button', { name: /反映问题/ })).toBeVisible();
  await expect(page.getByRole('button', { name: /高龄津贴/ })).toHaveCount(0);
  await visitor.taps(zh.key.leave);
  await village.dock.lift();
});

test('no paper is said before a matter starts, and the matter can still be done', async () => {
  await village.dock.order({ order: 'set-printer-faults', faults: { paper: 'out' } });
  await arrive(visitor);
  await village.dock.lay('mother');
  await visitor.sees(/张女士/);
  await goToMatter(visitor, 'old-age-allowance');
  await expect(page.getByText(zh.matter.noSlip)).toBeVisible();
  await visitor.shows('matter-no-paper');
  await visitor.taps(zh.key.leave);
  await village.dock.lift();
  await village.dock.order({ order: 'mend-printer' });
});

test('a reader whose plug is pulled is told, and comes back by itself', async () => {
  await arrive(visitor);
  await village.dock.order({ order: 'unplug', device: 'card-reader' });
  await visitor.sees(zh.attract.down);
  await visitor.shows('reader-down');
  await village.dock.order({ order: 'plug', device: 'card-reader' });
  await visitor.sees(zh.attract.title);
});

test('a screen that loses the terminal asks to wait, and comes back to the invitation', async () => {
  await arrive(visitor);
  await village.dock.lay('mother');
  await visitor.sees(/张女士/);
  await village.killTerminal();
  await visitor.sees(zh.attract.title);
  await expect(page.getByText('张')).toHaveCount(0);
  await village.dock.lift();
});

test('a devices process that dies leaves the page and the half-filled matter alone, and is back', () =>
  crashDevices({ village, page, visitor }));

test('every other page a person can come to', async () => {
  await arrive(visitor);
  await visitor.shows('attract');
  await visitor.taps(zh.key.noCard);
  await visitor.shows('no-card');
  await visitor.taps(zh.noCard.emergency);
  await visitor.shows('emergency');
  await visitor.taps(zh.key.backPlain);
  await visitor.taps(zh.noCard.lostCard);
  await visitor.shows('lost-card');
  await visitor.taps(zh.key.backPlain);
  await visitor.taps(zh.key.help);
  await visitor.shows('agent');
  await visitor.taps(zh.key.backPlain);
  await goToMatter(visitor, 'policy-guide');
  await visitor.shows('guides');
  await visitor.taps('养老');
  await visitor.shows('guide-list');
  await visitor.taps(/高龄津贴/);
  await visitor.shows('guide');
  await visitor.taps(zh.key.leave);
});
