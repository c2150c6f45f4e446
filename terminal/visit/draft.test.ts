import { describe, expect, it } from 'vitest';
import { type Bench, createBench } from './testing/bench.ts';
import { ALLOWANCE, ASSISTANCE, answerAll, opened } from './testing/fill-in.ts';
import { ELDER, NEIGHBOUR } from './testing/people.ts';
import { PROJECT_CATALOG } from './testing/site.ts';
import { TIMEOUTS } from './timeouts.ts';

const some = { 'pay-to': 'social-card', lives: 'as-on-card' } as const;

function leftUnfinished(leave: (bench: Bench) => void): Bench {
  const bench = createBench();
  bench.lay(ELDER);
  opened(bench, 'old-age-allowance', 'self');
  answerAll(bench, some);
  leave(bench);
  return bench;
}

const offered = { kind: 'home', draft: { name: { zh: '高龄津贴' }, step: 3 } };

describe('an unfinished matter', () => {
  it.each([
    ['leaving at once', (bench: Bench) => void bench.act({ type: 'leave' })],
    ['walking away', (bench: Bench) => bench.clock.advance(TIMEOUTS.idleMs + TIMEOUTS.stillThereMs)],
    ['a stop of the terminal', (bench: Bench) => bench.authority.stop()],
    [
      'the machine going out of service',
      (bench: Bench) => {
        bench.world.service = 'store';
        bench.authority.refresh();
      },
    ],
  ])('is offered again after %s', (_how, leave) => {
    const before = leftUnfinished(leave);
    const bench = createBench({ keeper: before.keeper });
    bench.lay(ELDER);
    expect(bench.page()).toMatchObject(offered);
  });

  it('is written with each answer, so that a crash loses none', () => {
    const crashed = leftUnfinished(() => {});
    const bench = createBench({ keeper: crashed.keeper.crash() });
    bench.lay(ELDER);
    expect(bench.page()).toMatchObject(offered);
    expect(bench.act({ type: 'resume-draft' })).toEqual({ ok: true });
    expect(bench.page()).toMatchObject({ kind: 'question', question: { id: 'phone' } });
    answerAll(bench, ALLOWANCE);
    bench.act({ type: 'submit' });
    expect(bench.keeper.firstCase().answers).toEqual(ALLOWANCE);
  });

  it('keeps what was being typed when the person left', () => {
    const bench = leftUnfinished((one) => {
      one.act({ type: 'typing', questionId: 'phone', value: '1380013' });
      one.act({ type: 'leave' });
    });
    bench.lay(ELDER);
    bench.act({ type: 'resume-draft' });
    expect(bench.page()).toMatchObject({ question: { id: 'phone' }, value: '1380013' });
  });

  it('is offered on home after it was set down there, and to nobody else', () => {
    const bench = leftUnfinished((one) => void one.act({ type: 'home' }));
    expect(bench.page()).toMatchObject(offered);
    bench.act({ type: 'leave' });
    bench.lay(NEIGHBOUR);
    expect(bench.page()).toMatchObject({ kind: 'home', draft: null });
  });

  it('is gone when it is not wanted, and when its case is kept', () => {
    const bench = leftUnfinished((one) => void one.act({ type: 'home' }));
    bench.act({ type: 'drop-draft' });
    expect(bench.page()).toMatchObject({ kind: 'home', draft: null });
    opened(bench, 'old-age-allowance', 'self');
    answerAll(bench, ALLOWANCE);
    bench.act({ type: 'submit' });
    bench.act({ type: 'leave' });
    bench.lay(ELDER);
    expect(bench.page()).toMatchObject({ kind: 'home', draft: null, caseCount: 1 });
  });

  it('does not name a private matter', () => {
    const bench = createBench();
    bench.lay(ELDER);
    opened(bench, 'temporary-assistance', 'self');
    answerAll(bench, { trouble: ASSISTANCE.trouble });
    bench.act({ type: 'home' });
    expect(bench.page()).toMatchObject({ kind: 'home', draft: { name: { zh: '一件事项' } } });
    expect(JSON.stringify(bench.page())).not.toContain('临时救助');
  });

  it("asks again for another person's card", () => {
    const bench = createBench();
    bench.lay(NEIGHBOUR);
    opened(bench, 'old-age-allowance', 'family');
    bench.lay(ELDER);
    bench.act({ type: 'answer', questionId: 'elder-card', value: null });
    answerAll(bench, { relation: 'parent' });
    bench.act({ type: 'leave' });
    bench.lay(NEIGHBOUR);
    expect(bench.page()).toMatchObject({ kind: 'home', draft: { step: 1 } });
    bench.act({ type: 'resume-draft' });
    expect(bench.page()).toMatchObject({ question: { id: 'elder-card' }, value: null });
    expect(JSON.stringify(bench.view())).not.toContain('欧阳');
  });

  it('goes on at what is open once that card is laid, and leads nobody past what they answered', () => {
    const bench = createBench();
    bench.world.online = false;
    const laysElder = () => {
      bench.lay(ELDER);
      bench.act({ type: 'answer', questionId: 'elder-card', value: null });
    };
    bench.lay(NEIGHBOUR);
    opened(bench, 'old-age-allowance', 'family');
    laysElder();
    answerAll(bench, { relation: 'parent', 'pay-to': 'passbook', lives: 'as-on-card' });
    bench.act({ type: 'leave' });
    bench.lay(NEIGHBOUR);
    bench.act({ type: 'resume-draft' });
    laysElder();
    expect(bench.page()).toMatchObject({ question: { id: 'phone' } });
    answerAll(bench, { phone: '13900000000', 'elder-agrees': true });
    expect(JSON.stringify(bench.page())).toContain('父亲或母亲');
    // What is changed from there asks what follows from it.
    bench.act({ type: 'change', questionId: 'lives' });
    bench.act({ type: 'answer', questionId: 'lives', value: 'other-village' });
    expect(bench.page()).toMatchObject({ question: { id: 'village' } });
  });

  it('keeps only the answers a newer matter still takes', () => {
    const bench = leftUnfinished((one) => void one.act({ type: 'leave' }));
    bench.world.catalog = {
      ...PROJECT_CATALOG,
      matters: PROJECT_CATALOG.matters.map((matter) => ({
        ...matter,
        questions: matter.questions.filter(({ id }) => id !== 'pay-to'),
      })),
    };
    bench.lay(ELDER);
    bench.act({ type: 'resume-draft' });
    answerAll(bench, ALLOWANCE);
    expect(bench.act({ type: 'submit' })).toEqual({ ok: true });
    expect(bench.keeper.contents()[0]).not.toHaveProperty('answers.pay-to');
  });

  it('is dropped, with a word, when its matter is gone', () => {
    const bench = leftUnfinished((one) => void one.act({ type: 'leave' }));
    bench.lay(ELDER);
    bench.world.catalog = { ...PROJECT_CATALOG, matters: [] };
    expect(bench.act({ type: 'resume-draft' })).toMatchObject({
      ok: false,
      error: { code: 'unknown-matter' },
    });
    bench.act({ type: 'leave' });
    bench.world.catalog = PROJECT_CATALOG;
    bench.lay(ELDER);
    expect(bench.page()).toMatchObject({ kind: 'home', draft: null });
  });
});

it('is no draft any more when its case was kept just before the terminal died', () => {
  const dying = leftUnfinished((one) => answerAll(one, ALLOWANCE));
  dying.keeper.loseDraftDrops();
  dying.slips.answer = () => new Promise(() => {});
  dying.act({ type: 'submit' });
  const bench = createBench({ keeper: dying.keeper.crash() });
  bench.lay(ELDER);
  expect(bench.page()).toMatchObject({ kind: 'home', draft: null, caseCount: 1, slipsOwed: 1 });
});

it('keeps the filled-in matter on its page when there is no room to keep the case', () => {
  const bench = createBench();
  bench.lay(ELDER);
  opened(bench, 'old-age-allowance', 'self');
  bench.keeper.fill(true);
  answerAll(bench, ALLOWANCE);
  expect(bench.page()).toMatchObject({ kind: 'check' });
  expect(bench.act({ type: 'submit' })).toMatchObject({ ok: false, error: { code: 'store-full' } });
  expect(bench.page()).toMatchObject({ kind: 'check', problem: { code: 'store-full' } });
  bench.keeper.fill(false);
  expect(bench.act({ type: 'submit' })).toEqual({ ok: true });
});
