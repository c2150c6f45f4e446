import { fileURLToPath } from 'node:url';
import { beforeEach, expect, it } from 'vitest';
import { readFolder } from '../../base/node/read-folder.ts';
import { invariant, ok } from '../../base/result.ts';
import { loadCatalog } from '../../catalog/load.ts';
import type { QueryContent } from '../../sync/contents.ts';
import type { Page } from '../api.ts';
import { type Bench, createBench } from './testing/bench.ts';
import { settle } from './testing/fake-queries.ts';
import { SPECIMEN } from './testing/people.ts';

const CATALOG = loadCatalog(readFolder(fileURLToPath(new URL('../../catalog/', import.meta.url))));
const ACCOUNT = '3306990001';
const origin = { from: { zh: '新昌县', en: 'The county' }, asOfMs: 1 };
const found = (record: Record<string, string | number | null>): QueryContent => ({
  ...{ schema: 1, outcome: 'found', ...origin, records: [record] },
  fields: [{ id: 'state', label: { zh: '状态', en: 'State' }, type: 'text' }],
});
const BILL = {
  ...{ bill: 'PW-1', owner: '陈*初', address: '沙溪镇董村****', period: '2026年10月' },
  ...{ amountFen: 8640, state: 'due', case: null },
};
const CODE = 'https://pay.example.cn/pay/1';
const payment = (state: string, more: Record<string, string | number | null> = {}) =>
  found({
    ...{ state, code: state === 'open' ? CODE : null, amountFen: 8640, secondsLeft: 280 },
    ...{ receipt: null, number: '830625120047', ...more },
  });

let bench: Bench;
beforeEach(() => {
  bench = createBench();
  bench.world.catalog = CATALOG;
});

type PageOf<K extends Page['kind']> = Extract<Page, { kind: K }>;
function shown<K extends Page['kind']>(kind: K): PageOf<K> {
  const page = bench.page();
  invariant(page.kind === kind, `${kind} is shown, not ${page.kind}`);
  return page as PageOf<K>;
}

/** To the page of the bill, by typing the account. */
function asksForBill(): void {
  bench.act({ type: 'go', to: 'no-card' });
  bench.act({ type: 'open-matter', matterId: 'power-bill' });
  bench.act({ type: 'start', basis: 'open' });
  bench.act({ type: 'typing', questionId: 'account', value: ACCOUNT });
  bench.act({ type: 'answer', questionId: 'account', value: ACCOUNT });
}

const told = (content: QueryContent) => bench.queries.answer(ok(content));
const polls = async () => {
  bench.clock.advance(2_000);
  await settle();
};

async function paysBill(): Promise<void> {
  asksForBill();
  await told(found(BILL));
  expect(bench.act({ type: 'pay-bill', index: 0 })).toEqual({ ok: true });
}

const words = (nth: number) => JSON.stringify(bench.slips.printed[nth]?.blocks);

it('shows whose bill it is before anything is kept', async () => {
  asksForBill();
  expect(shown('bill').state).toBe('asking');
  expect(bench.queries.asked[0]?.query).toMatchObject({
    about: null,
    parameters: [
      { name: 'biller', value: 'power' },
      { name: 'account', value: ACCOUNT },
    ],
  });
  await told(found(BILL));
  expect(shown('bill').bills).toEqual([
    {
      owner: '陈*初',
      address: '沙溪镇董村****',
      period: '2026年10月',
      amountFen: 8640,
      state: 'due',
      forCash: false,
    },
  ]);
  expect(bench.keeper.contents()).toEqual([]);
  expect(JSON.stringify(bench.page())).not.toContain(ACCOUNT);
});

it('keeps the case first, shows the code, and prints the receipt when the platform says so', async () => {
  await paysBill();
  expect(shown('payment').state).toBe('sending');
  expect(bench.keeper.contents().map(({ kind, bill }) => [kind, bill])).toEqual([
    ['case.submitted', { reference: 'PW-1', amountFen: 8640 }],
  ]);
  expect(bench.slips.printed).toEqual([]);
  await told({ schema: 1, outcome: 'nothing', ...origin });
  await polls();
  await told(payment('open'));
  expect(shown('payment')).toMatchObject({ state: 'open', code: CODE, secondsLeft: 280, lost: false });
  await polls();
  await told(payment('paid'));
  expect(shown('payment')).toMatchObject({ state: 'paid', code: null });
  await polls();
  await told(payment('posted', { receipt: '00000001' }));
  expect(shown('payment')).toMatchObject({ state: 'posted', receipt: '00000001' });
  expect(bench.slips.printed).toHaveLength(1);
  expect(words(0)).toContain('缴好了');
  expect(words(0)).toContain('00000001');
  expect(words(0)).not.toContain(ACCOUNT);
  bench.clock.advance(10_000);
  expect(bench.queries.asked).toHaveLength(5);
});

it('says not to pay again while nobody can be asked, and prints that when the person leaves', async () => {
  await paysBill();
  await told(payment('open'));
  await polls();
  await bench.queries.answer({ ok: false, error: 'offline' });
  expect(shown('payment')).toMatchObject({ state: 'open', lost: true, code: null });
  bench.act({ type: 'leave' });
  expect(bench.slips.printed).toHaveLength(1);
  expect(words(0)).toContain('请先不要再付');
  expect(JSON.stringify(bench.view())).not.toContain('陈');
  const asked = bench.queries.asked.length;
  bench.clock.advance(60_000);
  expect(bench.queries.asked).toHaveLength(asked);
});

it('goes on by itself when the line is back, and says what is true', async () => {
  await paysBill();
  await bench.queries.answer({ ok: false, error: 'offline' });
  await polls();
  await told(payment('unpaid'));
  expect(shown('payment')).toMatchObject({ state: 'unpaid', lost: false });
  expect(words(0)).toContain('没有收钱');
});

it('shows a payment begun here again instead of a second one', async () => {
  asksForBill();
  await told(found({ ...BILL, state: 'being-paid', case: 'ab'.repeat(16) }));
  expect(shown('bill').bills[0]?.state).toBe('begun-here');
  bench.act({ type: 'pay-bill', index: 0 });
  expect(bench.keeper.contents()).toEqual([]);
  await told(payment('open'));
  expect(shown('payment')).toMatchObject({ code: CODE, localNumber: '830625120047', slipCode: null });
});

it('pays nothing that is not due, or was not shown', async () => {
  asksForBill();
  expect(bench.act({ type: 'pay-bill', index: 0 })).toMatchObject({ ok: false });
  await told(found({ ...BILL, state: 'being-paid' }));
  expect(bench.act({ type: 'pay-bill', index: 0 })).toMatchObject({ ok: false });
  expect(bench.act({ type: 'pay-bill', index: 1 })).toMatchObject({ ok: false });
  expect(bench.keeper.contents()).toEqual([]);
});

it('says in plain words that there is no such account, and lets it be changed', async () => {
  asksForBill();
  await told({ schema: 1, outcome: 'nothing', ...origin });
  expect(shown('bill').state).toBe('unknown');
  bench.act({ type: 'back' });
  expect(shown('question').question.id).toBe('account');
  bench.act({ type: 'typing', questionId: 'account', value: '3306990002' });
  bench.act({ type: 'answer', questionId: 'account', value: '3306990002' });
  expect(shown('bill').state).toBe('asking');
});

it('looks up what the subject owes by their own number, and takes the amount that was asked for', async () => {
  bench.lay(SPECIMEN);
  bench.act({ type: 'find', words: '' });
  bench.act({ type: 'go', to: 'find' });
  bench.act({ type: 'open-matter', matterId: 'resident-pension-payment' });
  bench.act({ type: 'start', basis: 'self' });
  for (const [questionId, value] of [
    ['year', 'this'],
    ['amount', 50_000],
    ['phone', '13800138000'],
  ] as const)
    bench.act({ type: 'answer', questionId, value });
  expect(bench.queries.asked.at(-1)?.query.parameters).toContainEqual({
    name: 'account',
    value: SPECIMEN.number,
  });
  await told(found({ ...BILL, owner: '张*', address: null, period: '', amountFen: null }));
  expect(shown('bill').bills[0]?.amountFen).toBe(50_000);
  bench.act({ type: 'pay-bill', index: 0 });
  expect(bench.keeper.contents().at(-1)?.bill).toEqual({ reference: 'PW-1', amountFen: 50_000 });
});
