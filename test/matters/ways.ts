/** The way through each kind of matter, once everything it asks was answered: where it ends, and what is left of it. */
import { expect } from 'vitest';
import type { Answers, Matter } from '../../catalog/schema.ts';
import { type CaseContent, caseContentSchema } from '../../sync/contents.ts';
import type { Page } from '../../terminal/api.ts';
import type { Bench } from '../../terminal/visit/testing/bench.ts';
import { foundAnswer, settle } from '../../terminal/visit/testing/fake-queries.ts';
import { type Filler, fillIn, type Given } from './fill-in.ts';
import type { Holder } from './people.ts';

/** Somebody who opened a matter and began it. */
export interface Walk extends Filler {
  /** Whose card was laid; null where none was. */
  readonly holder: Holder | null;
}

type PageOf<K extends Page['kind']> = Extract<Page, { kind: K }>;
type Way = (walk: Walk) => Promise<void>;

/** By kind of matter. */
export const WAYS: Readonly<Record<Matter['kind'], Way>> = {
  apply: toKept,
  report: toKept,
  book: toKept,
  pay: toPaid,
  print: toPaper,
  query: toRecords,
  guide: async ({ bench, matter }) => {
    bench.act({ type: 'open-guide', guideId: matter.guide[0]?.id ?? '' });
    pageAs(bench, 'guide');
  },
};

/** The page shown, which must be of this kind. */
export function pageAs<K extends Page['kind']>(bench: Bench, kind: K): PageOf<K> {
  const page = bench.page();
  expect(page.kind).toBe(kind);
  return page as PageOf<K>;
}

/** What is kept of a matter: the whole case, as the platform will read it. */
export function keptCase(bench: Bench, matter: Matter): CaseContent {
  const cases = bench.keeper.contents().filter(({ kind }) => kind === 'case.submitted');
  const found = cases.map((one) => caseContentSchema.parse(one)).find((one) => one.matter[0] === matter.id);
  if (found === undefined) throw new Error(`no case of ${matter.id} is kept`);
  return found;
}

/** What a biller says is owed, and how its payment stands once it was paid. */
const BILL = {
  ...{ bill: 'SAMPLE-1', owner: '陈*初', address: '沙溪镇样板村****', period: '2026年5月' },
  ...{ amountFen: 8640, state: 'due', case: null },
};
const POSTED = {
  ...{ state: 'posted', code: null, amountFen: 8640, secondsLeft: 0 },
  ...{ receipt: '00000001', number: '830625120047' },
};

/** To the bill, which is kept before it is paid, and to the receipt. */
async function toPaid(walk: Walk): Promise<void> {
  const { bench, matter } = walk;
  const given = await fillIn(walk);
  pageAs(bench, 'bill');
  await bench.queries.answer(foundAnswer([BILL]));
  expect(bench.keeper.contents()).toEqual([]);
  expect(bench.act({ type: 'pay-bill', index: 0 })).toEqual({ ok: true });
  expect(pageAs(bench, 'payment').state).toBe('sending');
  const kept = keptCase(bench, matter);
  expectFiled(walk, given, kept);
  expect(kept.bill).toEqual({ reference: BILL.bill, amountFen: BILL.amountFen });
  await bench.queries.answer(foundAnswer([POSTED]));
  expect(pageAs(bench, 'payment')).toMatchObject({ state: 'posted', receipt: POSTED.receipt });
}

/** Answers, hands in, and finds in the journal what was answered and nothing else. */
async function toKept(walk: Walk): Promise<void> {
  const given = await fillIn(walk);
  pageAs(walk.bench, 'check');
  expect(walk.bench.act({ type: 'submit' })).toEqual({ ok: true });
  const kept = pageAs(walk.bench, 'kept');
  expect(kept.localNumber).toMatch(/^\d{12}$/);
  expectFiled(walk, given, keptCase(walk.bench, walk.matter));
}

function expectFiled(
  { bench, matter, basis, holder, records }: Walk,
  given: Given,
  content: CaseContent,
): void {
  expect(content.matter.slice(0, 2)).toEqual([matter.id, matter.version]);
  expect(content).toMatchObject({ basis, assurance: assuranceOf(matter, basis) });
  expect(content.submitter?.name).toBe(basis === 'open' ? undefined : holder?.name);
  expect(content.attachments).toHaveLength(given.files.length);
  for (const file of bench.keeper.attached()) expect(file.bytes.length).toBeGreaterThan(0);
  for (const [id, holderLaid] of Object.entries(given.cards))
    expect(content.answers[id]).toMatchObject({ name: holderLaid.name });
  const fetched = fetchedAnswers(matter, content, records);
  const isText = (id: string) => matter.questions.some((one) => one.id === id && one.type === 'text');
  const files = Object.fromEntries(
    given.files.map((id, at) => [id, isText(id) ? { spoken: at, seconds: 3 } : at]),
  );
  const cards = Object.fromEntries(Object.keys(given.cards).map((id) => [id, content.answers[id]]));
  expect(content.answers).toEqual({ ...fetched, ...given.answers, ...files, ...cards });
}

/** Of the answers, those that the case says were fetched: each must be what its field said. */
function fetchedAnswers(matter: Matter, content: CaseContent, [record = {}]: Filler['records']): Answers {
  const questions = content.evidence.flatMap(({ type, questions: ids }) =>
    type === 'shared' ? (ids as readonly string[]) : [],
  );
  const fields = Object.assign({}, ...matter.shared.map(({ fills }) => fills)) as Record<string, string>;
  return Object.fromEntries(questions.map((id) => [id, record[fields[id] ?? '']])) as Answers;
}

function assuranceOf(matter: Matter, basis: Filler['basis']): Matter['assurance'] {
  if (basis === 'open') return 'open';
  return matter.assurance === 'card+proof' ? 'card+proof' : 'card';
}

/** To the page that shows what would be printed, where the person agrees that it is fetched. */
async function toPaper(walk: Walk): Promise<void> {
  await fillIn({ ...walk, agrees: true });
  pageAs(walk.bench, 'print');
}

/** To the answer: agreed to and asked of the state, asked of whoever tells anyone, or looked up in what came with the catalog. */
async function toRecords(walk: Walk): Promise<void> {
  const { bench, matter, records } = walk;
  const { source } = matter;
  if (source === 'own-cases') return void pageAs(bench, 'my-cases');
  await fillIn({ ...walk, agrees: true });
  const asksAnyone = typeof source === 'object' && 'open' in source;
  if (asksAnyone) await bench.queries.answer(foundAnswer(records));
  await settle();
  const shown = pageAs(bench, 'records');
  expect(['found', 'nothing', 'none-fits']).toContain(shown.state);
  if (typeof source === 'object' && !('local' in source))
    expect(shown).toMatchObject({ state: 'found', total: 1 });
}
