import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  collectionContentSchema,
  supplementContentSchema,
  withdrawalContentSchema,
} from '../../sync/contents.ts';
import type { Action, Page } from '../api.ts';
import type { Progress } from '../keeper.ts';
import { type Bench, createBench } from './testing/bench.ts';
import { ALLOWANCE, ASSISTANCE, answerAll, opened } from './testing/fill-in.ts';
import { ELDER, NEIGHBOUR } from './testing/people.ts';
import { jpegOf } from './testing/photos.ts';
import { WHOLE_CATALOG } from './testing/site.ts';
import type { WatchedKeeper } from './testing/watched-keeper.ts';

const ASKED_MS = 2_000;
const PHONE = { of: 'question', id: 'phone', label: { zh: '电话', en: 'Phone' } };
const BOOK = { of: 'material', id: 'household-book', label: { zh: '户口本', en: 'Household book' } };

const settle = async () => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
};

function page<K extends Page['kind']>(bench: Bench, kind: K): Extract<Page, { kind: K }> {
  const shown = bench.page();
  if (shown.kind !== kind) throw new Error(`expected ${kind}, not ${shown.kind}`);
  return shown as Extract<Page, { kind: K }>;
}

function step(status: Progress['status'], more: Partial<Progress> = {}): Progress {
  return { status, atMs: 1_000, words: null, provinceNumber: null, ...more };
}

function asks(...items: readonly (typeof PHONE)[]): Progress {
  const ask = { items: [...items], by: '2026-06-26', note: '要本年度的' };
  return step('supplement', { atMs: ASKED_MS, words: '请补', ask });
}

/** The elder back with one filed case, about which this came down, on its page. */
async function withCase(
  progress: readonly Progress[],
  matterId: 'old-age-allowance' | 'temporary-assistance' = 'old-age-allowance',
): Promise<Bench> {
  const bench = createBench();
  // Without network nothing is looked up that would be asked.
  bench.world.online = false;
  bench.lay(ELDER);
  opened(bench, matterId, 'self');
  answerAll(bench, matterId === 'old-age-allowance' ? ALLOWANCE : ASSISTANCE);
  expect(bench.act({ type: 'submit' })).toEqual({ ok: true });
  await settle();
  bench.world.online = true;
  const filed = bench.keeper.firstCase();
  for (const one of progress) bench.keeper.bring(filed, one);
  bench.act({ type: 'leave' });
  bench.clock.advance(60_000);
  bench.lay(ELDER);
  return bench;
}

function openCase(bench: Bench): Extract<Page, { kind: 'case' }> {
  if (bench.page().kind === 'home') bench.act({ type: 'go', to: 'my-cases' });
  const line = page(bench, 'my-cases').items[0];
  bench.act({ type: 'open-case', ref: line?.ref ?? '' });
  if (bench.page().kind === 'prove-again') bench.lay(ELDER);
  return page(bench, 'case');
}

function kept(keeper: WatchedKeeper, kind: string) {
  return keeper.contents().filter((content) => content.kind === kind);
}

describe('what a desk asks for', () => {
  it('is a number on home, and stands on the page of its case with the last day', async () => {
    const bench = await withCase([step('accepted'), asks(PHONE, BOOK)]);
    expect(bench.page()).toMatchObject({ kind: 'home', asks: 1, results: 0 });
    expect(JSON.stringify(bench.page())).not.toContain('户口本');
    expect(openCase(bench)).toMatchObject({
      line: { stage: 'supplement' },
      ask: {
        items: [{ zh: '电话' }, { zh: '户口本' }],
        by: '2026-06-26',
        words: '要本年度的',
        canStart: true,
      },
      canWithdraw: true,
    });
  });

  it('stands last once it was supplied, also where the province’s number came between', async () => {
    const bench = await withCase([asks(PHONE), step('registered', { atMs: ASKED_MS + 500 })]);
    openCase(bench);
    bench.act({ type: 'supplement' });
    bench.act({ type: 'answer', questionId: 'phone', value: '13900139000' });
    bench.act({ type: 'submit' });
    const { history } = page(bench, 'case');
    expect(history.map(({ stage }) => stage).slice(-3)).toEqual(['supplement', 'registered', 'answered']);
  });

  it('is asked and nothing else, and is kept without network as what supplements that case', async () => {
    const bench = await withCase([asks(PHONE, BOOK)]);
    bench.world.online = false;
    bench.authority.refresh();
    openCase(bench);
    expect(bench.act({ type: 'supplement' })).toEqual({ ok: true });
    expect(page(bench, 'question')).toMatchObject({
      step: 1,
      steps: 2,
      question: { id: 'phone' },
      filled: [],
    });
    bench.act({ type: 'answer', questionId: 'phone', value: '13900139000' });
    expect(page(bench, 'question').question).toMatchObject({ id: 'material-household-book', type: 'photo' });
    const bytes = jpegOf({});
    expect(bench.act({ type: 'attach', questionId: 'material-household-book', bytes })).toEqual({ ok: true });
    bench.act({ type: 'answer', questionId: 'material-household-book', value: null });
    expect(page(bench, 'check').facts.map(({ label }) => label.zh)).toEqual(['电话', '户口本']);
    expect(bench.act({ type: 'submit' })).toEqual({ ok: true });

    expect(page(bench, 'case')).toMatchObject({
      line: { stage: 'answered' },
      ask: null,
      slip: 'printing',
      history: [{ stage: 'kept' }, { stage: 'delivered' }, { stage: 'supplement' }, { stage: 'answered' }],
    });
    const [content] = kept(bench.keeper, 'case.supplemented');
    const filed = bench.keeper.firstCase();
    expect(supplementContentSchema.parse(content)).toMatchObject({
      caseId: filed.caseId,
      askedMs: ASKED_MS,
      answers: { phone: '13900139000', 'material-household-book': 0 },
      attachments: [[expect.anything(), expect.anything(), 'image/jpeg', expect.anything()]],
    });
    const slip = JSON.stringify(bench.slips.printed.at(-1)?.blocks);
    expect(slip).toContain('补的材料');
    await settle();
    bench.act({ type: 'home' });
    expect(bench.page()).toMatchObject({ kind: 'home', caseCount: 1, asks: 0, draft: null });
    bench.keeper.deliverAll();
    expect(openCase(bench).line.stage).toBe('supplemented');
  });

  it('outlives the machine stopping right after', async () => {
    const bench = await withCase([asks(PHONE)]);
    openCase(bench);
    bench.act({ type: 'supplement' });
    bench.act({ type: 'answer', questionId: 'phone', value: '13900139000' });
    bench.keeper.loseDraftDrops();
    bench.slips.answer = () => new Promise(() => undefined);
    bench.act({ type: 'submit' });
    const again = createBench({ keeper: bench.keeper.crash() });
    again.lay(ELDER);
    expect(again.page()).toMatchObject({ kind: 'home', caseCount: 1, asks: 0, draft: null });
    expect(openCase(again).line.stage).toBe('answered');
    expect(again.act({ type: 'supplement' })).toMatchObject({ ok: false, error: { code: 'not-here' } });
    expect(kept(again.keeper, 'case.supplemented')).toHaveLength(1);
  });

  it('goes on as a draft, from home and from its case, and is no draft once it is asked no more', async () => {
    const bench = await withCase([asks(PHONE, BOOK)]);
    openCase(bench);
    bench.act({ type: 'supplement' });
    bench.act({ type: 'answer', questionId: 'phone', value: '13900139000' });
    bench.act({ type: 'home' });
    expect(page(bench, 'home').draft).toMatchObject({ step: 2 });
    expect(bench.act({ type: 'resume-draft' })).toEqual({ ok: true });
    expect(page(bench, 'question').question.id).toBe('material-household-book');
    bench.act({ type: 'back' });
    bench.act({ type: 'home' });
    openCase(bench);
    bench.act({ type: 'supplement' });
    expect(page(bench, 'question').question.id).toBe('material-household-book');
    bench.act({ type: 'home' });
    bench.keeper.bring(bench.keeper.firstCase(), step('refused', { atMs: 9_000, words: '不符合' }));
    expect(page(bench, 'home').draft).toBeNull();
    expect(bench.act({ type: 'resume-draft' })).toMatchObject({ ok: false });
  });

  it('is declared by the touch that hands it in, where a declaration is asked for', async () => {
    const declaration = { of: 'question', id: 'true-words', label: { zh: '属实', en: 'True' } };
    const bench = await withCase([asks(PHONE, declaration)]);
    openCase(bench);
    bench.act({ type: 'supplement' });
    bench.act({ type: 'answer', questionId: 'phone', value: '13900139000' });
    expect(bench.act({ type: 'submit' })).toMatchObject({ ok: false, error: { code: 'incomplete' } });
    expect(bench.act({ type: 'submit', declares: 'true-words' })).toEqual({ ok: true });
    expect(kept(bench.keeper, 'case.supplemented')[0]).toMatchObject({
      answers: { phone: '13900139000', 'true-words': true },
    });
  });

  it('in words alone is answered in words, and a paper may go with them', async () => {
    const bench = await withCase([step('supplement', { atMs: ASKED_MS, words: '请带户口本来' })]);
    expect(openCase(bench).ask).toMatchObject({ items: [], words: '请带户口本来' });
    bench.act({ type: 'supplement' });
    bench.act({ type: 'answer', questionId: 'words', value: '明天带来' });
    bench.act({ type: 'answer', questionId: 'material-paper', value: null });
    expect(bench.act({ type: 'submit' })).toEqual({ ok: true });
    expect(kept(bench.keeper, 'case.supplemented')[0]).toMatchObject({ answers: { words: '明天带来' } });
  });

  it('is refused by a decision that came meanwhile, and nothing is kept', async () => {
    const bench = await withCase([asks(PHONE)]);
    openCase(bench);
    bench.act({ type: 'supplement' });
    bench.act({ type: 'answer', questionId: 'phone', value: '13900139000' });
    bench.keeper.bring(bench.keeper.firstCase(), step('refused', { atMs: 9_000, words: '不符合' }));
    expect(bench.act({ type: 'submit' })).toMatchObject({
      ok: false,
      error: { words: { zh: '这一件已经不用补了，请看最新的进度' } },
    });
    expect(page(bench, 'case')).toMatchObject({ line: { stage: 'refused' }, ask: null, crossed: null });
    expect(kept(bench.keeper, 'case.supplemented')).toEqual([]);
  });

  it('never takes what was not asked for, however a screen says it', async () => {
    const bench = await withCase([asks(PHONE)]);
    openCase(bench);
    const others = Object.keys(ALLOWANCE).filter((id) => id !== 'phone');
    const forged: Action[] = others.flatMap((questionId): Action[] => [
      { type: 'answer', questionId, value: ALLOWANCE[questionId as keyof typeof ALLOWANCE] },
      { type: 'change', questionId },
      { type: 'typing', questionId, value: 'x' },
      { type: 'dispute', questionId },
    ]);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...forged), { maxLength: 12 }), (actions) => {
        bench.act({ type: 'supplement' });
        for (const action of actions) bench.act(action);
        bench.act({ type: 'answer', questionId: 'phone', value: '13900139000' });
        for (const action of actions) bench.act(action);
        const shown = page(bench, 'check');
        expect(shown.facts.map(({ questionId }) => questionId)).toEqual(['phone']);
        bench.act({ type: 'home' });
        bench.act({ type: 'drop-draft' });
        openCase(bench);
      }),
      { numRuns: 25 },
    );
    bench.act({ type: 'supplement' });
    bench.act({ type: 'answer', questionId: 'phone', value: '13900139000' });
    bench.act({ type: 'submit' });
    expect(
      Object.keys((kept(bench.keeper, 'case.supplemented')[0] as { answers?: object }).answers ?? {}),
    ).toEqual(['phone']);
  });

  it('of a private case opens behind its card alone, and its name stands on no page before', async () => {
    const bench = await withCase([asks(PHONE)], 'temporary-assistance');
    bench.act({ type: 'go', to: 'my-cases' });
    expect(bench.act({ type: 'supplement' })).toMatchObject({ ok: false });
    bench.act({ type: 'open-case', ref: page(bench, 'my-cases').items[0]?.ref ?? '' });
    expect(bench.act({ type: 'supplement' })).toMatchObject({ ok: false });
    bench.lay(NEIGHBOUR);
    expect(bench.act({ type: 'supplement' })).toMatchObject({ ok: false });
    bench.lay(ELDER);
    expect(bench.act({ type: 'supplement' })).toEqual({ ok: true });
  });
});

describe('a matter that was handed in before', () => {
  it('says so before another is begun, and leads to the case; not once it is decided, nor where it is private', async () => {
    const bench = await withCase([step('accepted')]);
    bench.act({ type: 'open-matter', matterId: 'old-age-allowance' });
    const { before } = page(bench, 'matter');
    expect(before).toMatchObject({ stage: 'accepted' });
    expect(bench.act({ type: 'open-case', ref: before?.ref ?? '' })).toEqual({ ok: true });
    expect(page(bench, 'case').line.stage).toBe('accepted');
    bench.act({ type: 'back' });
    expect(page(bench, 'matter').blocked).toBeNull();
    bench.act({ type: 'home' });
    bench.act({ type: 'open-matter', matterId: 'village-banquet' });
    expect(page(bench, 'matter').before).toBeNull();
    expect(bench.act({ type: 'open-case', ref: before?.ref ?? '' })).toMatchObject({ ok: false });

    for (const [status, matterId] of [
      ['finished', 'old-age-allowance'],
      ['accepted', 'temporary-assistance'],
    ] as const) {
      const other = await withCase([step(status)], matterId);
      other.act({ type: 'open-matter', matterId });
      expect(page(other, 'matter').before).toBeNull();
    }
  });
});

describe('taking a case back', () => {
  it('is asked once, kept without network, and said until the platform answers', async () => {
    const bench = await withCase([step('accepted')]);
    bench.world.online = false;
    openCase(bench);
    expect(bench.act({ type: 'withdraw' })).toMatchObject({ ok: false });
    bench.act({ type: 'open-withdrawal' });
    expect(page(bench, 'withdraw')).toMatchObject({ line: { stage: 'accepted' }, books: false });
    bench.act({ type: 'back' });
    expect(kept(bench.keeper, 'case.withdrawn')).toEqual([]);
    bench.act({ type: 'open-withdrawal' });
    expect(bench.act({ type: 'withdraw' })).toEqual({ ok: true });
    expect(page(bench, 'case')).toMatchObject({ line: { stage: 'withdrawing' }, canWithdraw: false });
    expect(bench.act({ type: 'open-withdrawal' })).toMatchObject({ ok: false });
    const { caseId } = bench.keeper.firstCase();
    expect(
      kept(bench.keeper, 'case.withdrawn').map((one) => withdrawalContentSchema.parse(one).caseId),
    ).toEqual([caseId]);
    bench.keeper.bring(bench.keeper.firstCase(), step('withdrawn', { atMs: 9_000 }));
    bench.act({ type: 'back' });
    expect(openCase(bench)).toMatchObject({
      line: { stage: 'withdrawn' },
      crossed: null,
      canWithdraw: false,
    });
  });

  it('is too late where a decision was first, and its person is told which stands', async () => {
    for (const status of ['finished', 'refused'] as const) {
      const bench = await withCase([step('accepted')]);
      openCase(bench);
      bench.act({ type: 'open-withdrawal' });
      bench.act({ type: 'withdraw' });
      bench.keeper.bring(bench.keeper.firstCase(), step(status, { atMs: 9_000 }));
      bench.act({ type: 'back' });
      expect(openCase(bench)).toMatchObject({ line: { stage: status }, crossed: 'withdrawal-late' });
    }
  });

  it('is offered while nothing is decided, and for a case of nobody else’s alone', async () => {
    const can = async (...steps: Progress['status'][]) =>
      openCase(await withCase(steps.map((status) => step(status)))).canWithdraw;
    expect(await can()).toBe(true);
    expect(await can('accepted', 'supplement', 'supplemented')).toBe(true);
    expect(await can('booked')).toBe(true);
    for (const status of ['finished', 'refused', 'withdrawn', 'frozen'] as const) {
      expect(await can(status)).toBe(false);
    }
  });
});

describe('a result', () => {
  const result = { how: 'collect', where: '3 号窗口', matterId: null };

  it('is said on home, and taken by whoever lays the card again', async () => {
    const bench = await withCase([step('accepted'), step('finished', { atMs: 3_000, result })]);
    expect(bench.page()).toMatchObject({ kind: 'home', asks: 0, results: 1 });
    expect(openCase(bench)).toMatchObject({
      result: { how: 'collect', where: '3 号窗口', collected: false },
    });
    expect(bench.act({ type: 'collect' })).toMatchObject({ ok: false });
    bench.act({ type: 'open-collection' });
    expect(bench.page()).toEqual({ kind: 'prove-again', state: 'waiting' });
    expect(bench.act({ type: 'collect' })).toMatchObject({ ok: false });
    bench.lay(ELDER);
    expect(page(bench, 'collect').result.where).toBe('3 号窗口');
    expect(bench.act({ type: 'collect' })).toEqual({ ok: true });
    expect(page(bench, 'question').question).toMatchObject({ id: 'taken', type: 'signature' });
    // Nothing is noted before they signed, and whoever thinks better of it has lost nothing.
    expect(bench.act({ type: 'answer', questionId: 'taken', value: null }).ok).toBe(false);
    bench.act({ type: 'back' });
    bench.act({ type: 'collect' });
    expect(bench.act({ type: 'attach', questionId: 'taken', bytes: jpegOf({}) })).toEqual({ ok: true });
    const { value } = page(bench, 'question');
    expect(bench.act({ type: 'answer', questionId: 'taken', value })).toEqual({ ok: true });
    expect(page(bench, 'check').facts).toMatchObject([{ questionId: 'taken' }]);
    expect(bench.act({ type: 'submit' })).toEqual({ ok: true });
    expect(page(bench, 'case')).toMatchObject({ line: { stage: 'collected' }, result: { collected: true } });
    expect(bench.act({ type: 'open-collection' })).toMatchObject({ ok: false });
    const [taken] = kept(bench.keeper, 'case.collected');
    expect(taken).toMatchObject({ how: 'card+signature', answers: { taken: 0 } });
    expect(collectionContentSchema.parse(taken).attachments).toMatchObject([{ 2: 'image/jpeg' }]);
    bench.act({ type: 'home' });
    expect(bench.page()).toMatchObject({ kind: 'home', results: 0 });
  });

  it('that is printed leads to the matter that prints it, where this machine has one', async () => {
    const prints = WHOLE_CATALOG.matters.find(({ certificate }) => certificate !== undefined);
    const print = { how: 'print', where: null, matterId: prints?.id ?? '' };
    const bench = await withCase([step('finished', { result: print })]);
    bench.world.catalog = WHOLE_CATALOG;
    expect(openCase(bench).result).toMatchObject({ how: 'print', paper: { matterId: prints?.id } });
    bench.act({ type: 'open-result' });
    expect(page(bench, 'matter').head.name).toEqual(prints?.name.short);
    bench.act({ type: 'back' });
    bench.act({ type: 'open-collection' });
    bench.lay(ELDER);
    expect(bench.act({ type: 'collect' })).toEqual({ ok: true });
    expect(page(bench, 'case').result).toMatchObject({ how: 'print', collected: true });
    bench.act({ type: 'home' });
    expect(bench.page()).toMatchObject({ kind: 'home', results: 0 });
    const other = await withCase([step('finished', { result: print })]);
    expect(openCase(other).result).toBeNull();
    expect(other.act({ type: 'open-result' })).toMatchObject({ ok: false });
  });

  it('of what was handed in twice is the other case, by its number', async () => {
    const duplicate = { number: '330624260610000000001' };
    const remedy = { words: '按那一件办', by: null };
    const bench = await withCase([step('refused', { words: '重复', duplicate, remedy })]);
    expect(openCase(bench)).toMatchObject({
      ...{ line: { stage: 'duplicate' }, duplicateOf: duplicate.number, remedy: null, canWithdraw: false },
      history: [{ stage: 'kept' }, { stage: 'delivered' }, { stage: 'duplicate', words: '重复' }],
    });
  });

  it('that is a refusal says what can still be done, and by when', async () => {
    const remedy = { words: '可以申请复查', by: '2026-08-11' };
    const bench = await withCase([step('refused', { words: '不符合', remedy })]);
    expect(openCase(bench)).toMatchObject({ remedy, ask: null, result: null });
  });
});
