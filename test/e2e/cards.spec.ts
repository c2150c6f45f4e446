/** Every kind of card, and everything a reader may answer or do: what the person in front of the screen is told. */
import { expect, type Page, test } from '@playwright/test';
import { zh } from '../../renderer/src/words/zh.ts';
import type { Village } from '../journeys/village.ts';
import { arrive, inOneVillage } from '../journeys/visit.ts';
import type { Visitor } from '../journeys/visitor.ts';

let village: Village;
let page: Page;
let visitor: Visitor;
inOneVillage('cards', (here) => {
  ({ village, page, visitor } = here);
});

const HOME = /^(上午|中午|下午|晚上)好，/;

/** Leaves, and takes the card along: the next person need not wait for the goodbye. */
async function leave(): Promise<void> {
  await visitor.taps(zh.key.leave);
  await village.dock.lift();
  await visitor.sees(zh.goodbye.title);
}

test('what a reader says of itself, or half an answer and then silence: out of service until it is well', async () => {
  await arrive(visitor);
  for (const sw3 of [0x23, 0x60, 0x66]) {
    await village.dock.order({ order: 'fail-reader', fault: { type: 'status', sw3 } });
    await visitor.sees(zh.attract.down);
    await visitor.sees(zh.attract.title);
  }
  for (const [command, type] of [
    ['read', 'half'],
    ['status', 'silence'],
  ] as const)
    await village.dock.order({ order: 'fail-reader', command, fault: { type }, times: 1_000 });
  await village.dock.lay('mother');
  await visitor.sees(zh.attract.down);
  await village.dock.lift();
  await village.dock.order({ order: 'clear-reader-faults' });
  await page.waitForTimeout(700);
  await village.dock.lay('mother');
  await visitor.sees(/张女士/);
  await leave();
});

test('each kind of card opens home, and greets its holder by what it says', async () => {
  for (const [card, address, masked] of [
    ['permit', '黄先生', '黄*'],
    ['foreign-2017', '样先生', '样*'],
    // A Latin name alone, of 46 letters in two pieces.
    ['foreign-2023', '先生', 'S* P* W* A* V* L* N* O* 4*'],
    // A name with a dot, and one with a character of four bytes.
    ['minority', '女士', '阿*·买*'],
    ['rare-name', '李先生', '李*'],
  ] as const) {
    await village.dock.lay(card);
    await visitor.sees(new RegExp(`${HOME.source}${address}$`));
    // The screen keeps a name in one line by signs that nobody sees.
    const shown = new RegExp([...masked].map((sign) => (/[ *·]/.test(sign) ? '.{1,3}' : sign)).join(''));
    await expect(page.getByText(shown).first()).toBeVisible();
    await leave();
  }
});

/** Takes the card away for as long as a reader needs to miss it. */
async function liftForAMoment(): Promise<void> {
  await village.dock.lift();
  await page.waitForTimeout(700);
}

/** What is answered to one command, and what is said of it (domain.md A.5); no two neighbours say the same. */
const REFUSALS = [
  { sw3: 0x31, command: 'select', title: zh.trouble['lay-again'].title },
  { sw3: 0x32, command: 'read', title: zh.trouble.unreadable.title },
  { sw3: 0x41, command: 'read', title: zh.trouble['lay-again'].title },
  { sw3: 0x33, command: 'read', title: zh.trouble.unreadable.title },
  { sw3: 0x81, command: 'select', title: zh.trouble['lay-again'].title },
  { sw3: 0x40, command: 'read', title: zh.trouble['wrong-card'].title },
  { sw3: 0x80, command: 'read', title: zh.trouble['lay-again'].title },
] as const;

test('whatever a reader says of a card has words, and the next card is tried', async () => {
  for (const { sw3, command, title } of REFUSALS) {
    await village.dock.order({ order: 'fail-reader', command, fault: { type: 'status', sw3 } });
    await village.dock.lay('mother');
    await visitor.sees(title);
    await liftForAMoment();
  }
  await village.dock.lay('daughter');
  await visitor.sees(/陈女士/);
  await leave();
});

test('what can be set right is set right without a word', async () => {
  const fail = (command: 'select' | 'read' | 'read-address', ...all: readonly number[]) =>
    Promise.all(
      all.map((sw3) => village.dock.order({ order: 'fail-reader', command, fault: { type: 'status', sw3 } })),
    );
  // Spoilt requests, a lost place, no random number, no added address.
  await fail('select', 0x10, 0x21);
  await fail('read-address', 0x91);
  await village.dock.lay('mother');
  await visitor.sees(/张女士/);
  await leave();
  await fail('select', 0x47);
  await fail('read', 0x11, 0x24);
  await village.dock.lay('young-man');
  await visitor.sees(/林先生/);
  // Left lying it cannot be sensed, and disturbs nobody; laid again it is the same one.
  await page.waitForTimeout(700);
  await visitor.sees(/林先生/);
  await liftForAMoment();
  await village.dock.lay('young-man');
  await page.waitForTimeout(700);
  await visitor.sees(/林先生/);
  await leave();
});

test('one byte in a hundred wrong: it is to be laid again, and is read when the line is quiet', async () => {
  await village.dock.order({ order: 'set-reader-noise', share: 0.01 });
  await village.dock.lay('mother');
  const told = new RegExp(`${zh.trouble['lay-again'].title}|${zh.attract.down}`);
  await expect(page.getByRole('heading', { name: told })).toBeVisible();
  await village.dock.order({ order: 'set-reader-noise', share: 0 });
  await liftForAMoment();
  await village.dock.lay('mother');
  await visitor.sees(/张女士/);
  await leave();
});
