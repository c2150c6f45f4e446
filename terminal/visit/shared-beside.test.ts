/** What the state knows of the person where they would type it, and what it knows of last year: one touch each. */

import { describe, expect, it } from 'vitest';
import { err } from '../../base/result.ts';
import type { Bench } from './testing/bench.ts';
import { foundAnswer, settle } from './testing/fake-queries.ts';
import { answerAll } from './testing/fill-in.ts';
import { ELDER, NEIGHBOUR } from './testing/people.ts';
import { agree, bigBench, pageAs, start } from './testing/shared-bench.ts';

const PHONE = '13900000000';
const BEFORE = { kind: 'member', 'who-asks': 'bank', get: 'village' };

function atPhone(): Bench {
  const bench = bigBench();
  bench.lay(ELDER);
  start(bench, 'village-certificate');
  answerAll(bench, BEFORE);
  expect(pageAs(bench, 'question').question.id).toBe('phone');
  return bench;
}

describe('a telephone number that the state knows', () => {
  it('is offered with its words beside the keys, and stands by the touch that agrees to them', async () => {
    const bench = atPhone();
    const { offer } = pageAs(bench, 'question');
    expect(offer?.words.zh).toContain('只为这件事');
    expect(bench.act({ type: 'consent', agree: true })).toEqual({ ok: true });
    expect(bench.keeper.contents()).toMatchObject([{ kind: 'consent', words: offer?.words.zh }]);
    bench.keeper.deliverAll();
    await settle();
    expect(pageAs(bench, 'fetched').state).toBe('asking');
    await bench.queries.answer(foundAnswer([{ phone: PHONE }]));
    const { facts } = pageAs(bench, 'check');
    expect(facts.find(({ questionId }) => questionId === 'phone')).toMatchObject({
      value: { zh: '139****0000' },
      source: 'shared',
    });
    expect(bench.act({ type: 'submit', declares: 'true-words' })).toEqual({ ok: true });
    expect(bench.keeper.firstCase()).toMatchObject({
      answers: { phone: PHONE },
      evidence: [{ type: 'shared', dataSet: 'contact-number', questions: ['phone'], disputed: [] }],
    });
  });

  it('is exchanged by one touch, and back leads past the page where nothing was typed', async () => {
    const bench = atPhone();
    await agree(bench);
    await bench.queries.answer(foundAnswer([{ phone: PHONE }]));
    bench.act({ type: 'back' });
    expect(pageAs(bench, 'question').question.id).toBe('get');
    bench.act({ type: 'answer', questionId: 'get', value: 'village' });
    expect(bench.act({ type: 'dispute', questionId: 'phone' })).toEqual({ ok: true });
    expect(pageAs(bench, 'question')).toMatchObject({ question: { id: 'phone' }, value: null, offer: null });
    answerAll(bench, { phone: '13800138000' });
    expect(pageAs(bench, 'check').facts.find(({ questionId }) => questionId === 'phone')).toMatchObject({
      value: { zh: '138 0013 8000' },
      source: 'answer',
    });
  });

  it('is typed where nothing is known of it, or nobody waits', async () => {
    const bench = atPhone();
    await agree(bench);
    await bench.queries.answer(err('offline'));
    expect(pageAs(bench, 'fetched').state).toBe('offline');
    bench.act({ type: 'go-on', choice: null });
    expect(pageAs(bench, 'question')).toMatchObject({ question: { id: 'phone' }, offer: null });
    bench.act({ type: 'back' });
    expect(pageAs(bench, 'question').question.id).toBe('get');
  });

  it('is not offered without network, nor agreed to on another page', () => {
    const bench = atPhone();
    bench.world.online = false;
    bench.authority.refresh();
    expect(pageAs(bench, 'question').offer).toBeNull();
    expect(bench.act({ type: 'consent', agree: true })).toMatchObject({ ok: false });
    bench.world.online = true;
    bench.act({ type: 'back' });
    expect(bench.act({ type: 'consent', agree: true })).toMatchObject({ ok: false });
  });
});

const REPORT = { village: '沙溪镇董村', area: '3.2 亩', farmed: '都种了', crops: '水稻、蔬菜', phone: PHONE };

describe('what was reported last year', () => {
  async function reported(record: Readonly<Record<string, string | null>>): Promise<Bench> {
    const bench = bigBench();
    bench.lay(NEIGHBOUR);
    start(bench, 'farmland-subsidy');
    await agree(bench);
    await bench.queries.answer(foundAnswer([record]));
    return bench;
  }
  const shared = (bench: Bench) =>
    pageAs(bench, 'question')
      .filled.filter(({ source }) => source === 'shared')
      .map(({ value }) => value.zh);

  it('is shown with the one question that is left, and asked no more', async () => {
    const bench = await reported(REPORT);
    expect(pageAs(bench, 'question').question.id).toBe('changed');
    expect(shared(bench)).toEqual(['沙溪镇董村', '3.2 亩', '都种了', '水稻、蔬菜', '139****0000']);
    answerAll(bench, { changed: 'none' });
    expect(bench.act({ type: 'submit', declares: 'true-words' })).toEqual({ ok: true });
    expect(bench.keeper.firstCase()).toMatchObject({
      answers: { village: '330624108248', crops: ['rice', 'vegetables'], state: 'all', phone: PHONE },
    });
  });

  it('tells a telephone of nobody but whoever hands it in', async () => {
    const bench = bigBench();
    bench.lay(NEIGHBOUR);
    start(bench, 'farmland-subsidy', 'family');
    bench.lay(ELDER);
    bench.act({ type: 'answer', questionId: 'member-card', value: null });
    await agree(bench);
    await bench.queries.answer(foundAnswer([REPORT]));
    expect(shared(bench)).toEqual(['沙溪镇董村', '3.2 亩', '都种了', '水稻、蔬菜']);
  });

  it('is asked where it names a place or a crop that is none of ours', async () => {
    const bench = await reported({ ...REPORT, village: '别县别村', crops: '水稻、咖啡' });
    expect(pageAs(bench, 'question').question.id).toBe('village');
    expect(shared(bench)).toEqual(['3.2 亩', '都种了', '139****0000']);
  });
});
