/** What a matter has declared last: on the check page, by the touch that hands it in, and by no other. */
import { describe, expect, it } from 'vitest';
import { type Bench, createBench } from './testing/bench.ts';
import { ALLOWANCE, answerAll, opened } from './testing/fill-in.ts';
import { ELDER, NEIGHBOUR } from './testing/people.ts';

const { 'true-words': _declared, ...ASKED } = ALLOWANCE;

function atCheck(): Bench {
  const bench = createBench();
  bench.lay(ELDER);
  opened(bench, 'old-age-allowance', 'self');
  answerAll(bench, ASKED);
  return bench;
}

describe('what is declared last', () => {
  it('stands where all of it is looked at, not made by anybody yet', () => {
    const page = atCheck().page();
    expect(page).toMatchObject({
      kind: 'check',
      declares: { questionId: 'true-words', words: { zh: '我说的都是真的' } },
    });
    expect(page.kind === 'check' && page.facts.some(({ questionId }) => questionId === 'true-words')).toBe(
      false,
    );
  });

  it('is in the case that the same touch hands in', () => {
    const bench = atCheck();
    expect(bench.act({ type: 'submit', declares: 'true-words' })).toEqual({ ok: true });
    expect(bench.keeper.firstCase().answers).toEqual(ALLOWANCE);
  });

  it.each([undefined, 'phone', 'elder-agrees'])('is made by no touch that says %s', (declares) => {
    const bench = atCheck();
    expect(bench.act({ type: 'submit', declares })).toMatchObject({
      ok: false,
      error: { code: 'incomplete', questionId: 'true-words' },
    });
    expect(bench.page()).toMatchObject({ kind: 'check', declares: { questionId: 'true-words' } });
  });

  it('is made anew where handing in did not come to anything', () => {
    const bench = atCheck();
    bench.keeper.fill(true);
    expect(bench.act({ type: 'submit', declares: 'true-words' })).toMatchObject({ ok: false });
    expect(bench.page()).toMatchObject({ kind: 'check', declares: { questionId: 'true-words' } });
    bench.act({ type: 'home' });
    bench.act({ type: 'resume-draft' });
    expect(bench.page()).toMatchObject({ kind: 'check', declares: { questionId: 'true-words' } });
  });

  it('keeps apart what somebody else agrees to: that has a page of its own', () => {
    const bench = createBench();
    bench.lay(NEIGHBOUR);
    opened(bench, 'old-age-allowance', 'family');
    bench.lay(ELDER);
    const page = bench.page();
    if (page.kind === 'question') bench.act({ type: 'answer', questionId: page.question.id, value: null });
    answerAll(bench, { ...ASKED, relation: 'parent' });
    expect(bench.page()).toMatchObject({ kind: 'question', question: { id: 'elder-agrees' } });
  });
});
