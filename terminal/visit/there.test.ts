import { describe, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { findCardMark } from '../../sync/card-mark.ts';
import { type CaseThere, findCasesThere, recordsOfCase } from '../../sync/cases-there.ts';
import { supplementContentSchema, withdrawalContentSchema } from '../../sync/contents.ts';
import { crypto } from '../testing/keeper-world.ts';
import { type Bench, createBench } from './testing/bench.ts';
import { foundAnswer } from './testing/fake-queries.ts';
import { ASKED_MS, BOOK, kept, openCase, PHONE, page, settle, withCase } from './testing/filed-case.ts';
import { ELDER, NEIGHBOUR, readOf } from './testing/people.ts';
import { jpegOf } from './testing/photos.ts';

const CASE_ID = Uint8Array.from({ length: 16 }, (_, at) => at + 1);

const told = (more: Partial<CaseThere> = {}): CaseThere => ({
  ...{ caseId: CASE_ID, matterId: 'old-age-allowance', localNumber: '830625120047', slipCode: '402917' },
  ...{ submittedMs: 1_000, place: '安山村', status: 'supplement' },
  asked: { askedMs: ASKED_MS, ask: { items: [PHONE, BOOK], by: '2026-06-26', note: '要本年度的' } },
  ...more,
});

/** The elder at their cases, with the platform having told these. */
async function withThere(...cases: readonly CaseThere[]): Promise<Bench> {
  const bench = createBench();
  bench.lay(ELDER);
  bench.act({ type: 'go', to: 'my-cases' });
  await bench.queries.answerThere(foundAnswer(cases.flatMap(recordsOfCase)));
  return bench;
}

function open(bench: Bench, index = 0) {
  const line = page(bench, 'my-cases').there?.items[index];
  expect(bench.act({ type: 'open-case', ref: line?.ref ?? '' })).toEqual({ ok: true });
  return page(bench, 'case');
}

function supply(bench: Bench): void {
  expect(bench.act({ type: 'supplement' })).toEqual({ ok: true });
  bench.act({ type: 'answer', questionId: 'phone', value: '13900139000' });
  const questionId = 'material-household-book';
  expect(bench.act({ type: 'attach', questionId, bytes: jpegOf({}) })).toEqual({ ok: true });
  bench.act({ type: 'answer', questionId, value: null });
}

describe('a case of another machine', () => {
  it('is asked for by the card’s mark while the list of cases stands, and told with what is asked for', async () => {
    const bench = createBench();
    bench.lay(ELDER);
    expect(bench.queries.thereAskedOf).toEqual([]);
    bench.act({ type: 'go', to: 'my-cases' });
    const mark = findCardMark(crypto, readOf(ELDER));
    expect(bench.queries.thereAskedOf).toEqual([toHex(mark!)]);
    expect(page(bench, 'my-cases')).toMatchObject({ items: [], there: { state: 'asking', items: [] } });
    await bench.queries.answerThere(foundAnswer(recordsOfCase(told())));
    expect(page(bench, 'my-cases').there).toMatchObject({
      state: 'known',
      items: [{ name: { zh: expect.any(String) }, place: '安山村', stage: 'supplement', slipOwed: false }],
    });
    expect(open(bench)).toMatchObject({
      ...{ place: '安山村', localNumber: '830625120047', slipCode: '402917', canWithdraw: true },
      ask: {
        items: [{ zh: '电话' }, { zh: '户口本' }],
        ...{ by: '2026-06-26', words: '要本年度的', canStart: true },
      },
      history: [{ stage: 'kept' }, { stage: 'delivered' }, { stage: 'supplement' }],
    });
    // Home names nothing, and asks nothing.
    bench.act({ type: 'home' });
    expect(bench.page()).toMatchObject({ kind: 'home', caseCount: 0, asks: 0 });
    expect(bench.queries.thereAskedOf).toHaveLength(1);
  });

  it('is supplied with what is asked for and nothing else, and says whose card lies there', async () => {
    const bench = await withThere(told());
    open(bench);
    supply(bench);
    expect(page(bench, 'check').facts.map(({ label }) => label.zh)).toEqual(['电话', '户口本']);
    expect(bench.act({ type: 'submit' })).toEqual({ ok: true });
    const [content] = kept(bench.keeper, 'case.supplemented');
    expect(supplementContentSchema.parse(content)).toMatchObject({
      ...{ caseId: CASE_ID, askedMs: ASKED_MS },
      cardMark: findCardMark(crypto, readOf(ELDER)),
      answers: { phone: '13900139000', 'material-household-book': 0 },
    });
    expect(page(bench, 'case')).toMatchObject({ line: { stage: 'answered' }, ask: null, slip: 'printing' });
    expect(JSON.stringify(bench.slips.printed.at(-1)?.blocks)).toContain('补的材料');
    expect(bench.act({ type: 'supplement' })).toMatchObject({ ok: false });
    await settle();
    bench.keeper.deliverAll();
    expect(page(bench, 'case')).toMatchObject({ line: { stage: 'supplemented' } });

    // At the next visit the same is known before the platform is: nothing is supplied twice.
    bench.act({ type: 'leave' });
    bench.clock.advance(60_000);
    bench.lay(ELDER);
    expect(bench.page()).toMatchObject({ kind: 'home', caseCount: 0, asks: 0, draft: null });
    bench.act({ type: 'go', to: 'my-cases' });
    await bench.queries.answerThere(foundAnswer(recordsOfCase(told())));
    expect(open(bench)).toMatchObject({ ask: null, line: { stage: 'supplemented' } });
    expect(bench.act({ type: 'supplement' })).toMatchObject({ ok: false });
  });

  it('is taken back after one question, and not twice', async () => {
    const bench = await withThere(told({ status: 'accepted', asked: null }));
    expect(open(bench)).toMatchObject({ ask: null, canWithdraw: true });
    expect(bench.act({ type: 'withdraw' })).toMatchObject({ ok: false });
    expect(bench.act({ type: 'open-withdrawal' })).toEqual({ ok: true });
    expect(bench.page().kind).toBe('withdraw');
    expect(bench.act({ type: 'withdraw' })).toEqual({ ok: true });
    expect(page(bench, 'case')).toMatchObject({ line: { stage: 'withdrawing' }, canWithdraw: false });
    expect(bench.act({ type: 'open-withdrawal' })).toMatchObject({ ok: false });
    const [content] = kept(bench.keeper, 'case.withdrawn');
    expect(withdrawalContentSchema.parse(content)).toMatchObject({
      ...{ caseId: CASE_ID, cardMark: findCardMark(crypto, readOf(ELDER)) },
    });
  });

  it('is said to be out of sight without network, and asked for once there is some', async () => {
    const bench = createBench();
    bench.world.online = false;
    bench.lay(ELDER);
    bench.act({ type: 'go', to: 'my-cases' });
    expect(page(bench, 'my-cases').there).toEqual({ state: 'offline', items: [] });
    expect(bench.queries.thereAskedOf).toEqual([]);
    bench.world.online = true;
    bench.authority.refresh();
    expect(bench.queries.thereAskedOf).toHaveLength(1);
    await bench.queries.answerThere({ ok: false, error: 'no-answer' });
    expect(page(bench, 'my-cases').there).toEqual({ state: 'no-answer', items: [] });
  });

  it('goes on when the network goes after it was told: the journal waits for it', async () => {
    const bench = await withThere(told());
    open(bench);
    bench.world.online = false;
    bench.authority.refresh();
    supply(bench);
    expect(bench.act({ type: 'submit' })).toEqual({ ok: true });
    expect(kept(bench.keeper, 'case.supplemented')).toHaveLength(1);
  });

  it('is nobody else’s: the next card sees none of it, and answers that come late are let go of', async () => {
    const bench = await withThere(told());
    const { ref } = page(bench, 'my-cases').there?.items[0] ?? {};
    bench.act({ type: 'leave' });
    bench.clock.advance(60_000);
    bench.lay(NEIGHBOUR);
    bench.act({ type: 'go', to: 'my-cases' });
    expect(page(bench, 'my-cases').there).toEqual({ state: 'asking', items: [] });
    expect(bench.act({ type: 'open-case', ref: ref ?? '' })).toMatchObject({ ok: false });
    bench.act({ type: 'leave' });
    await bench.queries.answerThere(foundAnswer(recordsOfCase(told())));
    bench.clock.advance(60_000);
    bench.lay(ELDER);
    bench.act({ type: 'go', to: 'my-cases' });
    expect(page(bench, 'my-cases').there).toEqual({ state: 'asking', items: [] });
  });

  it('opens from the list alone, and does what its page offers and nothing else', async () => {
    const bench = await withThere(told());
    const ref = page(bench, 'my-cases').there?.items[0]?.ref ?? '';
    for (const type of ['supplement', 'open-withdrawal', 'withdraw'] as const)
      expect(bench.act({ type })).toMatchObject({ ok: false });
    bench.act({ type: 'home' });
    expect(bench.act({ type: 'open-case', ref })).toMatchObject({ ok: false });
    bench.act({ type: 'go', to: 'my-cases' });
    open(bench);
    for (const type of ['open-collection', 'collect', 'open-result', 'print-slip', 'withdraw'] as const)
      expect(bench.act({ type })).toMatchObject({ ok: false });
    expect(bench.keeper.contents().filter(({ kind }) => String(kind).startsWith('case.'))).toEqual([]);
  });

  it('is not listed twice where this machine remembers it, nor where its matter is private here', async () => {
    const bench = await withCase([]);
    const own = bench.keeper.firstCase();
    bench.act({ type: 'go', to: 'my-cases' });
    const secret = told({ caseId: CASE_ID, matterId: 'temporary-assistance' });
    const mine = told({ caseId: own.caseId });
    await bench.queries.answerThere(foundAnswer([mine, secret].flatMap(recordsOfCase)));
    expect(page(bench, 'my-cases').there).toEqual({ state: 'known', items: [] });
    expect(openCase(bench).place).toBeNull();
  });

  it('is left without a draft, and the draft of something else stays', async () => {
    const bench = await withThere(told());
    open(bench);
    bench.act({ type: 'supplement' });
    bench.act({ type: 'answer', questionId: 'phone', value: '13900139000' });
    bench.act({ type: 'home' });
    expect(page(bench, 'home').draft).toBeNull();
    bench.act({ type: 'leave' });
    bench.clock.advance(60_000);
    bench.lay(ELDER);
    expect(page(bench, 'home').draft).toBeNull();
  });

  it('that makes no sense is as if nothing was answered', async () => {
    const bench = createBench();
    bench.lay(ELDER);
    bench.act({ type: 'go', to: 'my-cases' });
    const [record] = recordsOfCase(told());
    await bench.queries.answerThere(foundAnswer([{ ...record!, case: 'xy' }]));
    expect(page(bench, 'my-cases').there).toEqual({ state: 'no-answer', items: [] });
  });
});

it('a case survives being records: whole, in words alone, and with nothing asked', () => {
  const cases = [
    told(),
    told({ asked: { askedMs: 5, ask: { items: [], by: null, note: '请带户口本来' } } }),
    told({ status: 'accepted', asked: null }),
  ].map((one, at) => ({ ...one, caseId: Uint8Array.from(CASE_ID, (byte) => byte ^ (at + 1)) }));
  const records = cases.flatMap(recordsOfCase);
  expect(records).toHaveLength(4);
  expect(findCasesThere(records)).toEqual(cases);
  // A thing asked for that is not whole is not left out in silence.
  expect(findCasesThere([{ ...records[0], itemId: null }, records[1]])).toBeUndefined();
});
