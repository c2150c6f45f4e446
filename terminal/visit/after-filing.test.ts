import { describe, expect, it } from 'vitest';
import { collectionContentSchema, withdrawalContentSchema } from '../../sync/contents.ts';
import type { Progress } from '../keeper.ts';
import { kept, openCase, page, step, withCase } from './testing/filed-case.ts';
import { ELDER } from './testing/people.ts';
import { jpegOf } from './testing/photos.ts';
import { WHOLE_CATALOG } from './testing/site.ts';

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
