import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { supplementContentSchema } from '../../sync/contents.ts';
import type { Action } from '../api.ts';
import { createBench } from './testing/bench.ts';
import {
  ASKED_MS,
  asks,
  BOOK,
  kept,
  openCase,
  PHONE,
  page,
  settle,
  step,
  withCase,
} from './testing/filed-case.ts';
import { ALLOWANCE } from './testing/fill-in.ts';
import { ELDER, NEIGHBOUR } from './testing/people.ts';
import { jpegOf } from './testing/photos.ts';

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
