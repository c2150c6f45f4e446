/** What the state keeps, standing as answers: asked for once, marked, disputed, and in no draft. */
import { describe, expect, it } from 'vitest';
import { sampleQuestion } from '../../catalog/testing/sample-matter.ts';
import type { Bench } from './testing/bench.ts';
import { foundAnswer } from './testing/fake-queries.ts';
import { answerAll } from './testing/fill-in.ts';
import { NEIGHBOUR } from './testing/people.ts';
import { agree, bigBench, kinds, pageAs, SECRET, soundMatter, start } from './testing/shared-bench.ts';

const RECORD = {
  employer: SECRET,
  fromMonth: '2020-01',
  endedOn: '2026-05-31',
  reason: null,
  state: '已离开',
};
const REST = { 'why-left': 'ended', wants: 'any', train: false, phone: '13800138000', 'true-words': true };
describe('what saves questions', () => {
  async function fetched(records = [RECORD]): Promise<Bench> {
    const bench = bigBench();
    bench.lay(NEIGHBOUR);
    start(bench, 'unemployment-registration');
    await agree(bench);
    await bench.queries.answer(foundAnswer(records));
    return bench;
  }

  it('is agreed to before the questions, and stands as answers, marked as fetched', async () => {
    const bench = bigBench();
    bench.lay(NEIGHBOUR);
    start(bench, 'unemployment-registration');
    expect(pageAs(bench, 'consent').saves.map(({ zh }) => zh)).toEqual(['上一家单位', '离开的日子']);
    await agree(bench);
    expect(pageAs(bench, 'fetched')).toMatchObject({ state: 'asking', choices: [] });
    await bench.queries.answer(foundAnswer([RECORD]));
    expect(pageAs(bench, 'question')).toMatchObject({ question: { id: 'why-left' }, step: 1 });
    expect(pageAs(bench, 'question').filled.filter(({ source }) => source === 'shared')).toMatchObject([
      { value: { zh: SECRET } },
      { value: { zh: '2026年5月31日' } },
    ]);
    answerAll(bench, REST);
    const { facts } = pageAs(bench, 'check');
    expect(facts.filter(({ source }) => source === 'shared')).toMatchObject([
      { questionId: 'employer', value: { zh: SECRET }, from: { zh: '县人力社保局' } },
      { questionId: 'ended-on' },
    ]);
    expect(bench.act({ type: 'submit' })).toEqual({ ok: true });
    const filed = bench.keeper.firstCase();
    expect(filed.answers).toMatchObject({ employer: SECRET, 'ended-on': '2026-05-31' });
    expect(filed.evidence).toContainEqual({
      ...{ type: 'shared', dataSet: 'employment-record', consentId: expect.any(Uint8Array) },
      ...{ questions: ['employer', 'ended-on'], disputed: [] },
    });
    expect(bench.logged).toEqual([{ name: 'visit.shared-filled', fields: { questions: 2 } }]);
    expect(bench.saved).toEqual([{ dataSet: 'employment-record', questions: 2, papers: 1 }]);
  });

  it('is disputed by asking the question, and the case says so', async () => {
    const bench = await fetched();
    answerAll(bench, REST);
    expect(bench.act({ type: 'dispute', questionId: 'why-left' })).toMatchObject({
      error: { code: 'not-here' },
    });
    expect(bench.act({ type: 'dispute', questionId: 'employer' })).toEqual({ ok: true });
    expect(pageAs(bench, 'question')).toMatchObject({ question: { id: 'employer' }, value: null });
    answerAll(bench, { employer: '别家茶厂' });
    expect(bench.act({ type: 'submit' })).toEqual({ ok: true });
    expect(bench.keeper.firstCase()).toMatchObject({
      answers: { employer: '别家茶厂' },
      evidence: [{ type: 'shared', questions: ['ended-on'], disputed: ['employer'] }],
    });
  });

  it('is chosen from where there are several, or left', async () => {
    const other = { ...RECORD, employer: '样例县示例茶业公司', endedOn: '2024-03-01' };
    const bench = await fetched([RECORD, other]);
    expect(pageAs(bench, 'fetched')).toMatchObject({
      choices: [{}, [{ value: { zh: other.employer } }, {}]],
    });
    bench.act({ type: 'go-on', choice: 1 });
    answerAll(bench, REST);
    bench.act({ type: 'submit' });
    expect(bench.keeper.firstCase().answers).toMatchObject({
      employer: other.employer,
      'ended-on': '2024-03-01',
    });

    const left = await fetched([RECORD, other]);
    left.act({ type: 'go-on', choice: null });
    expect(pageAs(left, 'question').question.id).toBe('employer');
  });

  it('is asked where the person does not agree, nothing came, or nobody waits any longer', async () => {
    const refused = bigBench();
    refused.lay(NEIGHBOUR);
    start(refused, 'unemployment-registration');
    refused.act({ type: 'consent', agree: false });
    expect(pageAs(refused, 'question')).toMatchObject({ question: { id: 'employer' }, step: 1 });
    expect(kinds(refused)).toEqual([]);

    const bench = bigBench();
    bench.lay(NEIGHBOUR);
    start(bench, 'unemployment-registration');
    await agree(bench);
    bench.act({ type: 'go-on', choice: null });
    expect(pageAs(bench, 'question').question.id).toBe('employer');
    expect(bench.queries.asked[0]?.signal.aborted).toBe(true);
    expect(kinds(bench)).toEqual(['consent.withdrawn']);
    // The page that asked for it is not come back to.
    bench.act({ type: 'back' });
    expect(bench.page().kind).toBe('matter');
  });

  it('is not offered without network: the questions are asked', () => {
    const bench = bigBench();
    bench.world.online = false;
    bench.lay(NEIGHBOUR);
    start(bench, 'unemployment-registration');
    expect(pageAs(bench, 'question').question.id).toBe('employer');
  });

  it('takes only what the question would take', async () => {
    const bench = await fetched([{ ...RECORD, endedOn: '1999-01-01' }]);
    const { filled } = pageAs(bench, 'question');
    expect(filled.filter(({ source }) => source === 'shared').map(({ questionId }) => questionId)).toEqual([
      'employer',
    ]);
  });

  it('is in no draft, and asked for again on another consent', async () => {
    const bench = await fetched();
    answerAll(bench, { 'why-left': 'ended' });
    bench.act({ type: 'leave' });
    bench.lay(NEIGHBOUR);
    expect(bench.page()).toMatchObject({ kind: 'home', draft: { step: 1 } });
    bench.act({ type: 'resume-draft' });
    expect(bench.page().kind).toBe('consent');
    bench.act({ type: 'consent', agree: false });
    expect(pageAs(bench, 'question').question.id).toBe('employer');
  });

  it('never fills what is hidden, nor a question on whose account the person is not known yet', async () => {
    const matter = soundMatter({
      questions: [
        sampleQuestion('broken', 'yes-no'),
        { ...sampleQuestion('since', 'date'), when: { question: 'broken', is: true } },
      ],
      shared: [
        {
          ...{ dataSet: 'employment-record', fills: { since: 'endedOn' } },
          consent: { zh: '同意查', en: 'May be looked up' },
        },
      ],
    });
    const bench = bigBench([matter]);
    bench.lay(NEIGHBOUR);
    start(bench, 'bench-repair');
    expect(pageAs(bench, 'question').question.id).toBe('broken');
    answerAll(bench, { broken: true });
    expect(bench.page().kind).toBe('consent');
  });
});
