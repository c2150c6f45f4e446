/**
 * An agent between two residents, and what a page taken over by others could try then: nothing of the one before is left,
 * on the page, among its objects, behind its back key, in its search, its storage or the printer; nothing is done for
 * anybody without evidence, whatever is written on the screen's line.
 */

import { expect, type Page, test } from '@playwright/test';
import { zh } from '../../renderer/src/words/zh.ts';
import { type Action, actionSchema } from '../../terminal/api.ts';
import { type AgentHands, agentAt } from '../journeys/agent.ts';
import { type Forger, forgerIn } from '../journeys/forger.ts';
import { findLeaks } from '../journeys/leaks.ts';
import { previewsProof } from '../journeys/papers.ts';
import { openScreen } from '../journeys/touches.ts';
import { openVillage, type Village } from '../journeys/village.ts';
import { type Visitor, visitorOn } from '../journeys/visitor.ts';

test.describe.configure({ mode: 'serial' });

/** The sample mother, as pages may show her, and as she is. */
const SHOWN = /张\*|张女士|张桂|33069919410312/;
const PERSON = ['张桂兰', '330699194103121024'];
/** What she looked for. */
const SOUGHT = 'canbao';

/** Acts for somebody, each as it would be sent where it is allowed. */
const ON_BEHALF: readonly Action[] = [
  { type: 'start', basis: 'self' },
  { type: 'start', basis: 'family' },
  { type: 'start', basis: 'agent' },
  { type: 'answer', questionId: 'phone', value: '13900000000' },
  { type: 'change', questionId: 'phone' },
  { type: 'prove', method: 'face' },
  { type: 'prove-code', code: '123456' },
  { type: 'consent', agree: true },
  { type: 'go-on', choice: null },
  { type: 'turn-page', page: 0 },
  { type: 'dispute', questionId: 'phone' },
  { type: 'withdraw-consent', fetchId: 1 },
  { type: 'withdraw-earlier-consent', no: 1 },
  { type: 'bundle', matterId: 'old-age-allowance', chosen: true },
  { type: 'pay-bill', index: 0 },
  { type: 'cash', command: { do: 'open', index: 0 } },
  { type: 'cash', command: { do: 'taken' } },
  { type: 'cash', command: { do: 'returned' } },
  { type: 'cash', command: { do: 'resume' } },
  { type: 'submit' },
  { type: 'submit', declares: 'true-words' },
  { type: 'rate', grade: 5 },
  { type: 'open-rating' },
  { type: 'skip-rating' },
  { type: 'print-slip' },
  { type: 'print' },
  { type: 'paper-taken' },
  { type: 'open-case', ref: 'case-1' },
  { type: 'not-me' },
  { type: 'supplement' },
  { type: 'open-withdrawal' },
  { type: 'withdraw' },
  { type: 'open-collection' },
  { type: 'collect' },
  { type: 'open-result' },
  { type: 'resume-draft' },
  { type: 'drop-draft' },
  { type: 'end-authority', ref: 'authority-1' },
  { type: 'go', to: 'my-cases' },
  { type: 'go', to: 'last-use' },
  { type: 'go', to: 'kept-of-me' },
  { type: 'agent', command: { do: 'hand-back' } },
  { type: 'agent', command: { do: 'entrust' } },
  { type: 'agent', command: { do: 'absent', ref: 'absent-1' } },
];
/** Everything else an action can be: it leads about, or is the agent's or the machine's own. */
const FOR_NOBODY: readonly Action['type'][] = [
  ...([
    'touch',
    'language',
    'set',
    'leave',
    'home',
    'back',
    'find',
    'typing',
    'ask-again',
    'notice',
  ] as const),
  ...(['open-category', 'open-matter', 'open-guides', 'open-guide', 'drop-proof', 'second-card'] as const),
  ...(['slip-by-hand', 'slip-number', 'slip-code', 'upkeep'] as const),
];

let village: Village;
let page: Page;
let visitor: Visitor;
let agent: AgentHands;
let forger: Forger;

test.beforeAll(async ({ browser }) => {
  village = await openVillage({ form: 'source', screens: 'browser' });
  page = await (await browser.newContext({ viewport: { width: 1080, height: 1920 } })).newPage();
  forger = await forgerIn(page);
  await openScreen(page, village.stack.screenUrl, { isHurried: true });
  visitor = visitorOn(page, 'zh', 'agent-alone');
  agent = agentAt(village, visitor);
});
test.afterAll(() => village?.stop());

test('nothing of a resident is left for the next one, or for the agent', async () => {
  test.slow();
  const pagesBefore = await page.evaluate(() => history.length);
  await agent.registers();
  await village.dock.lift();
  await village.dock.lay('mother');
  await visitor.sees(/张/);
  await visitor.taps(zh.find.open);
  const letters = page.getByLabel(zh.typing.letters, { exact: true });
  for (const letter of SOUGHT) await letters.getByRole('button', { name: letter, exact: true }).click();
  await expect(page.getByText(SOUGHT).first()).toBeVisible();
  await visitor.taps(zh.key.backPlain);
  await previewsProof(visitor);
  expect(await page.content()).toMatch(SHOWN);
  expect(await inObjects()).not.toEqual([]);
  await visitor.taps(zh.print.go);
  await visitor.sees(/^请取走 \d+ 张纸$/);
  await visitor.taps(zh.print.taken);
  await agent.goesToNext();
  await village.dock.lift();

  const isClean = async (where: string) => expect(await page.content(), where).not.toMatch(SHOWN);
  await isClean('the page');
  for (let back = 0; back < 3; back += 1) {
    await forger.forges({ type: 'back' });
    await isClean('behind the back key');
  }
  await page.keyboard.press('Alt+ArrowLeft');
  await isClean('behind the browser’s own back key');
  expect(await page.evaluate(() => history.length)).toBe(pagesBefore);

  expect((await forger.forges({ type: 'go', to: 'find' })).ok).toBe(true);
  await expect(letters).toBeVisible();
  await isClean('the search');
  await expect(page.getByText(SOUGHT)).toHaveCount(0);
  await forger.forges({ type: 'home' });

  const stored = await page.context().storageState({ indexedDB: true });
  const more = await page.evaluate(async () => [
    { ...sessionStorage },
    { ...localStorage },
    await caches.keys(),
  ]);
  expect(JSON.stringify([stored, more])).not.toMatch(SHOWN);
  // The engine may keep a masked name for a while after its page; the whole one and the number never come there.
  const kept = await inObjects();
  for (const words of PERSON) expect(kept.join()).not.toContain(words);
  expect((await village.dock.state()).documentPrinter.waiting).toEqual([]);
  const { terminal, mirror, run } = village.stack.folders;
  expect(findLeaks([terminal, mirror, run], PERSON)).toEqual([]);
});

test('every kind of action is tried, or is for nobody', () => {
  const tried = new Set<string>([...ON_BEHALF.map(({ type }) => type), ...FOR_NOBODY, 'go', 'agent']);
  const all = actionSchema.options.map(({ shape }) => shape.type.value);
  expect(all.filter((type) => !tried.has(type))).toEqual([]);
});

test('without a resident no act on behalf is taken, whatever is written on the line', async () => {
  for (const action of ON_BEHALF)
    expect((await forger.forges(action)).ok, `alone: ${JSON.stringify(action)}`).toBe(false);
  // A matter may be looked at by anybody; whatever it asks to begin with is refused.
  for (const matterId of ['old-age-allowance', 'benefit-proof-of-life', 'insurance-proof']) {
    expect((await forger.forges({ type: 'open-matter', matterId })).ok).toBe(true);
    for (const basis of ['self', 'family', 'agent'] as const)
      expect((await forger.forges({ type: 'start', basis })).ok, `${matterId} ${basis}`).toBe(false);
    await forger.forges({ type: 'home' });
  }
  await forger.forges({ type: 'leave' });
  await visitor.sees(zh.attract.title);
});

/** Words of hers among the page's objects, after the browser let go of what it could. */
async function inObjects(): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  const pieces: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => pieces.push(chunk));
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  const { strings } = JSON.parse(pieces.join('')) as { readonly strings: readonly string[] };
  return strings.filter((text) => SHOWN.test(text)).map((text) => text.slice(0, 200));
}
