/** A matter that wants to know who stands there: by face, by a code, and where nothing can tell. */
import { expect, type Page, test } from '@playwright/test';
import { zh } from '../../renderer/src/words/zh.ts';
import { givesPhone, goToMatter, wordsOf } from '../journeys/matters.ts';
import type { Village } from '../journeys/village.ts';
import { arrive, inOneVillage } from '../journeys/visit.ts';
import type { Visitor } from '../journeys/visitor.ts';

let village: Village;
let page: Page;
let visitor: Visitor;
inOneVillage('proof', (here) => {
  ({ village, page, visitor } = here);
});

const MATTER = 'benefit-proof-of-life';
const words = () => wordsOf(visitor, MATTER);
const prove = zh.provePerson;

/** Somebody lays a card and opens the matter. */
async function opensMatter(card: string): Promise<void> {
  await arrive(visitor);
  await village.dock.lay(card);
  await goToMatter(visitor, MATTER);
}

async function comesToProof(card: string): Promise<void> {
  await opensMatter(card);
  await expect(page.getByText(prove.willBoth)).toBeVisible();
  await visitor.taps(words().basis('self'));
  await visitor.sees(prove.title);
}

async function leaves(): Promise<void> {
  await visitor.taps(zh.key.leave);
  await village.dock.lift();
}

/** Fills the matter in for oneself, from its first question to the kept page. */
async function fillsIn(): Promise<void> {
  await visitor.sees(words().asks('benefits'));
  await page
    .getByRole('checkbox', { name: words().choice('benefits', 'resident-pension') })
    .locator('xpath=ancestor::label')
    .click();
  await visitor.goesOn();
  await visitor.sees(words().asks('lives'));
  await visitor.chooses(words().choice('lives', 'as-on-card'));
  await visitor.sees(words().asks('phone'));
  await givesPhone(visitor);
  await visitor.sees(zh.check.title);
  await visitor.declaresAndSubmits();
  await visitor.sees(zh.kept.printed);
  await visitor.taps(zh.key.done);
  await village.dock.lift();
}

/** Waits for the code on the simulated phone. */
async function codeOnPhone(): Promise<string> {
  await expect.poll(async () => (await village.dock.state()).proof.message?.code).toMatch(/^\d{6}$/);
  return (await village.dock.state()).proof.message?.code ?? '';
}

test('by face: chosen, looked at, and then the matter as any other', async () => {
  await comesToProof('mother');
  await visitor.shows('prove');
  await visitor.taps(new RegExp(prove.face));
  await visitor.sees(prove['look-at-camera']);
  await visitor.shows('prove-face');
  await fillsIn();
});

test('by a code: a wrong guess, then what the phone says', async () => {
  await comesToProof('man-of-70');
  await visitor.taps(new RegExp(prove.phone));
  await visitor.sees(prove.code);
  await expect(page.getByText('139****0000')).toBeVisible();
  const code = await codeOnPhone();
  await visitor.dials(code === '000000' ? '111111' : '000000');
  await expect(page.getByText(prove.wrong)).toBeVisible();
  await visitor.shows('prove-code-wrong');
  await visitor.dials(code);
  await fillsIn();
});

test('not proved: said without blame, and every other way stays open', async () => {
  await village.dock.order({ order: 'set-proof-face', face: 'somebody-else' });
  await comesToProof('mother');
  await visitor.taps(new RegExp(prove.face));
  await expect(page.getByText(prove.failed['no-match'])).toBeVisible();
  await visitor.shows('prove-not-proved');
  await village.dock.order({ order: 'set-proof-phone', onRecord: false });
  await visitor.taps(new RegExp(prove.phone));
  await expect(page.getByText(prove.failed['no-phone'])).toBeVisible();
  await visitor.taps(new RegExp(prove.agent));
  await visitor.sees(zh.agent.title);
  await visitor.taps(zh.key.backPlain);
  await visitor.sees(prove.title);
  await leaves();
  await village.dock.order({ order: 'set-proof-face', face: 'holder' });
  await village.dock.order({ order: 'set-proof-phone', onRecord: true });
});

test('somebody walks away in the middle: the phone forgets its code, the next person begins anew', async () => {
  await comesToProof('mother');
  await visitor.taps(new RegExp(prove.phone));
  await codeOnPhone();
  await leaves();
  await expect.poll(async () => (await village.dock.state()).proof.message).toBeNull();
});

test('where nothing proves a person, the tile and the matter say so and lead to the agent', async () => {
  await village.dock.order({ order: 'unplug', device: 'proof' });
  await arrive(visitor);
  await village.dock.lay('mother');
  await visitor.taps('社保');
  await expect(page.getByText(zh.tile['needs-proof']).first()).toBeVisible();
  await visitor.shows('category-needs-proof');
  await visitor.taps(new RegExp(`^${words().name}`));
  await expect(page.getByText(prove.blockedHow)).toBeVisible();
  await expect(page.getByRole('button', { name: words().basis('self') })).toHaveCount(0);
  await visitor.shows('matter-needs-proof');
  await visitor.taps(new RegExp(prove.agent));
  await visitor.sees(zh.agent.title);
  await leaves();
  await village.dock.order({ order: 'plug', device: 'proof' });
});
