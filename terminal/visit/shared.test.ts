/** What the state keeps, read and used within a visit: consent, answers, disputes, and what is left of it afterwards. */
import { describe, expect, it } from 'vitest';
import { err } from '../../base/result.ts';
import { sampleQuestion } from '../../catalog/testing/sample-matter.ts';
import { projectCatalog } from '../../test/project-catalog.ts';
import type { Bench } from './testing/bench.ts';
import { foundAnswer, settle } from './testing/fake-queries.ts';
import { answerAll } from './testing/fill-in.ts';
import { ELDER, NEIGHBOUR } from './testing/people.ts';
import { agree, bigBench, kinds, pageAs, SECRET, soundMatter, start } from './testing/shared-bench.ts';
import { START_MS } from './testing/site.ts';

const CATALOG = projectCatalog();

/** A query that asks for a year: matters of the project may come to ask for something else. */
const PAYMENTS = soundMatter({
  ...{
    kind: 'query',
    offline: 'online',
    source: { shared: 'insurance-payments', consent: { zh: '同意查', en: 'Yes' } },
  },
  questions: [
    sampleQuestion('year', 'quantity', {
      min: 2020,
      max: 2026,
      unit: { zh: '年', en: 'years', enOne: 'year' },
    }),
  ],
});

const NOTHING = {
  schema: 1,
  outcome: 'nothing',
  from: { zh: '县里', en: 'County' },
  asOfMs: START_MS,
} as const;

type Answered = Parameters<Bench['queries']['answer']>[0];
describe('a query of what is kept of a person', () => {
  it('says what, from whom and on which words, then keeps the consent, asks, and shows what came', async () => {
    const bench = bigBench();
    bench.lay(ELDER);
    expect(start(bench, 'pension-received')).toEqual({ ok: true });
    expect(pageAs(bench, 'consent')).toMatchObject({
      name: { zh: '养老金发放' },
      from: { zh: '县人力社保局' },
      saves: [],
      online: true,
    });
    expect(kinds(bench)).toEqual([]);
    bench.act({ type: 'consent', agree: true });
    expect(pageAs(bench, 'records')).toMatchObject({ state: 'asking', records: [] });
    expect(bench.keeper.contents()[0]).toMatchObject({
      kind: 'consent',
      person: { number: ELDER.number, name: ELDER.name },
      dataSets: [{ id: 'pension-benefit', from: '县人力社保局' }],
      purpose: '个人享受养老金情况查询',
      words: expect.stringContaining('查什么：养老金发放（月份、'),
    });
    expect(bench.keeper.contents()[0]).not.toHaveProperty('submitter');
    expect(bench.queries.asked).toEqual([]);
    bench.keeper.deliverAll();
    await settle();
    expect(bench.queries.asked[0]?.query).toMatchObject({
      about: { number: ELDER.number },
      dataSet: 'pension-benefit',
      parameters: [],
    });
    await bench.queries.answer(foundAnswer([{ month: '2026-05', note: null }]));
    expect(pageAs(bench, 'records')).toMatchObject({
      state: 'found',
      asOfMs: START_MS,
      personal: true,
      total: 1,
      records: [[{ value: { zh: '2026-05' } }, { value: { zh: '—' } }]],
    });
  });

  it('asks with what was answered, and for consent anew when something else is asked', async () => {
    const bench = bigBench([PAYMENTS]);
    bench.lay(ELDER);
    start(bench, 'bench-repair');
    answerAll(bench, { year: 2025 });
    await agree(bench);
    expect(bench.queries.asked[0]?.query.parameters).toEqual([{ name: 'year', value: '2025' }]);
    bench.act({ type: 'back' });
    answerAll(bench, { year: 2024 });
    expect(pageAs(bench, 'consent').words.zh).toContain('同意');
    expect(bench.queries.asked[0]?.signal.aborted).toBe(true);
    await agree(bench);
    expect(bench.queries.asked[1]?.query.parameters).toEqual([{ name: 'year', value: '2024' }]);
  });

  it('turns pages, and no further than there are', async () => {
    const bench = bigBench();
    bench.lay(ELDER);
    start(bench, 'pension-received');
    await agree(bench);
    const months = Array.from({ length: 20 }, (_, at) => ({ month: `${2000 + at}-01`, fen: at }));
    await bench.queries.answer(foundAnswer(months));
    expect(pageAs(bench, 'records')).toMatchObject({ page: 0, pages: 3, total: 20 });
    bench.act({ type: 'turn-page', page: 2 });
    expect(pageAs(bench, 'records').records).toHaveLength(4);
    bench.act({ type: 'turn-page', page: 99 });
    expect(pageAs(bench, 'records').page).toBe(2);
    // "Back" leads out of the answer, not from page to page.
    bench.act({ type: 'back' });
    expect(bench.page().kind).toBe('matter');
  });

  it.each<[Answered, string, boolean]>([
    [err('offline'), 'offline', true],
    [err('too-many'), 'too-many', true],
    [err('not-offered'), 'unavailable', true],
    [err('no-answer'), 'unavailable', true],
    [{ ok: true, value: NOTHING }, 'nothing', false],
    [{ ok: true, value: { schema: 1, outcome: 'later', afterS: 30 } }, 'later', true],
    [{ ok: true, value: { schema: 1, outcome: 'unavailable' } }, 'unavailable', true],
    [{ ok: true, value: { schema: 1, outcome: 'refused', reason: 'no-consent' } }, 'refused', false],
  ])('tells %j as %s', async (answer, state, mayAskAgain) => {
    const bench = bigBench();
    bench.lay(ELDER);
    start(bench, 'pension-received');
    await agree(bench);
    await bench.queries.answer(answer);
    expect(pageAs(bench, 'records')).toMatchObject({ state, mayAskAgain, records: [] });
    bench.act({ type: 'ask-again' });
    await settle();
    expect(bench.queries.asked).toHaveLength(mayAskAgain ? 2 : 1);
  });

  it('keeps nothing and asks nobody where the person does not agree', async () => {
    const bench = bigBench();
    bench.lay(ELDER);
    start(bench, 'pension-received');
    bench.act({ type: 'consent', agree: false });
    await settle();
    expect(pageAs(bench, 'records')).toMatchObject({ state: 'not-agreed', mayAskAgain: false });
    expect([kinds(bench), bench.queries.asked]).toEqual([[], []]);
  });

  it('cannot begin without network, and says so before', () => {
    const bench = bigBench();
    bench.world.online = false;
    bench.lay(ELDER);
    expect(start(bench, 'pension-received')).toMatchObject({ error: { code: 'matter-not-available' } });
    expect(pageAs(bench, 'matter').blocked).toMatchObject({
      code: 'needs-network',
      words: { zh: expect.stringMatching(/再来.*86120000/) },
    });
  });

  it('asks about another only on the card they laid, and says who agreed for them', async () => {
    const bench = bigBench();
    bench.lay(NEIGHBOUR);
    start(bench, 'land-contract-query', 'family');
    bench.lay(ELDER);
    bench.act({ type: 'answer', questionId: 'member-card', value: null });
    answerAll(bench, { relation: 'parent', 'member-agrees': true });
    expect(pageAs(bench, 'consent').head.forWhom).toEqual({ zh: '欧阳*', en: '欧阳*' });
    bench.act({ type: 'consent', agree: true });
    expect(bench.keeper.contents()[0]).toMatchObject({
      kind: 'consent',
      ...{ person: { number: ELDER.number }, basis: 'family', submitter: { number: NEIGHBOUR.number } },
    });
    bench.keeper.deliverAll();
    await settle();
    expect(bench.queries.asked[0]?.query.about).toMatchObject({ number: ELDER.number });
  });

  it('looks nobody up by a number that was only typed', () => {
    const typed = soundMatter({
      ...{
        kind: 'query',
        offline: 'online',
        source: { shared: 'household', consent: { zh: '同意查', en: 'Yes' } },
      },
      bases: [
        {
          basis: 'guardian',
          label: { zh: '查孩子的', en: 'For a child' },
          evidence: [{ type: 'number', question: 'child-number' }],
        },
      ],
      questions: [sampleQuestion('child-name', 'name'), sampleQuestion('child-number', 'id-number')],
    });
    const bench = bigBench([typed]);
    bench.lay(NEIGHBOUR);
    bench.act({ type: 'go', to: 'find' });
    bench.act({ type: 'open-matter', matterId: typed.id });
    expect(bench.act({ type: 'start', basis: 'guardian' })).toMatchObject({
      error: { code: 'basis-not-allowed', words: { zh: expect.stringContaining('身份证') } },
    });
  });

  it('lets go of everything with the visit, and takes back what nobody used', async () => {
    const bench = bigBench();
    bench.lay(ELDER);
    start(bench, 'pension-received');
    await agree(bench);
    bench.act({ type: 'leave' });
    await bench.queries.answer(foundAnswer([{ note: SECRET }]));
    expect(bench.queries.asked[0]?.signal.aborted).toBe(true);
    expect(kinds(bench)).toEqual(['consent.withdrawn']);
    expect(JSON.stringify(bench.view())).not.toContain(SECRET);
    bench.lay(ELDER);
    expect(bench.page()).toMatchObject({ kind: 'home', draft: null });
  });

  it('is no draft when it is set down', () => {
    const bench = bigBench([PAYMENTS]);
    bench.lay(ELDER);
    start(bench, 'bench-repair');
    answerAll(bench, { year: 2025 });
    bench.act({ type: 'home' });
    expect(bench.page()).toMatchObject({ kind: 'home', draft: null });
  });
});

describe('what is open to anyone, or came with the catalog', () => {
  it('is asked without card and consent, as soon as its page is reached', async () => {
    const bench = bigBench();
    bench.act({ type: 'go', to: 'no-card' });
    expect(start(bench, 'doctor-lookup', 'open')).toEqual({ ok: true });
    answerAll(bench, { 'person-name': '张三' });
    expect(pageAs(bench, 'records')).toMatchObject({ state: 'asking', personal: false });
    expect(bench.queries.asked[0]?.query).toEqual({
      about: null,
      dataSet: 'health-workers',
      parameters: [{ name: 'person-name', value: '张三' }],
    });
    await bench.queries.answer(foundAnswer([{ name: '张三', licence: '1' }]));
    expect(pageAs(bench, 'records')).toMatchObject({ state: 'found', total: 1 });
    bench.act({ type: 'turn-page', page: 0 });
    expect(bench.queries.asked).toHaveLength(1);
    expect(kinds(bench)).toEqual([]);
  });

  it('is filtered from what is here, with its day, without network', () => {
    const bench = bigBench();
    bench.world.online = false;
    bench.act({ type: 'go', to: 'no-card' });
    expect(start(bench, 'bus-timetable', 'open')).toEqual({ ok: true });
    const question = pageAs(bench, 'question').question;
    const [choice] = question.type === 'one-of' ? question.choices : [];
    bench.act({ type: 'answer', questionId: question.id, value: choice?.value ?? '' });
    const page = pageAs(bench, 'records');
    expect(page).toMatchObject({ state: 'found', sample: true, asOfDay: '2026-11-01', asOfMs: null });
    const data = CATALOG.localData.find(({ id }) => id === 'bus-times');
    expect(page.total).toBeGreaterThan(0);
    expect(page.total).toBeLessThan(data?.rows.length ?? 0);
  });
});

describe('what is kept of me', () => {
  it('names the consents of this visit, and takes them back', async () => {
    const bench = bigBench();
    bench.lay(ELDER);
    start(bench, 'pension-received');
    await agree(bench);
    await bench.queries.answer(foundAnswer([{ note: SECRET }]));
    bench.act({ type: 'go', to: 'kept-of-me' });
    const page = pageAs(bench, 'kept-of-me');
    expect(page.consents).toMatchObject([{ name: { zh: '养老金发放' }, withdrawn: false }]);
    const fetchId = page.consents[0]?.fetchId ?? 0;
    expect(bench.act({ type: 'withdraw-consent', fetchId: fetchId + 1 })).toMatchObject({ ok: false });
    expect(bench.act({ type: 'withdraw-consent', fetchId })).toEqual({ ok: true });
    expect(pageAs(bench, 'kept-of-me').consents).toMatchObject([{ withdrawn: true }]);
    bench.act({ type: 'withdraw-consent', fetchId });
    expect(kinds(bench)).toEqual(['consent.withdrawn']);
    bench.act({ type: 'leave' });
    bench.lay(ELDER);
    bench.act({ type: 'go', to: 'kept-of-me' });
    expect(pageAs(bench, 'kept-of-me').consents).toEqual([]);
  });

  it('does not name what a private matter looked up', async () => {
    const bench = bigBench();
    bench.lay(ELDER);
    start(bench, 'relief-status');
    await agree(bench);
    await bench.queries.answer(foundAnswer([{ note: SECRET }]));
    bench.act({ type: 'go', to: 'kept-of-me' });
    const matter = CATALOG.matters.find(({ id }) => id === 'relief-status');
    expect(pageAs(bench, 'kept-of-me').consents).toMatchObject([
      { name: matter?.neutral, from: { zh: '县里的部门' } },
    ]);
  });

  const EARLIER = {
    consent: '0a'.repeat(16),
    ...{ dataSet: 'pension-benefit', matter: 'pension-received', from: '县人社局' },
    ...{ givenS: 1_780_000_000, withdrawn: false },
  };
  const earlierOf = (bench: Bench) => pageAs(bench, 'kept-of-me').earlier;

  it('tells of earlier visits what the platform remembers, and takes one back', async () => {
    const bench = bigBench();
    bench.lay(ELDER);
    bench.act({ type: 'go', to: 'kept-of-me' });
    expect(earlierOf(bench)).toEqual({ at: 'asking' });
    expect(bench.queries.consentsAskedOf).toEqual([ELDER.number]);
    const secret = { ...EARLIER, consent: '0b'.repeat(16), matter: 'relief-status', dataSet: 'relief' };
    const broken = { ...EARLIER, consent: 'no entry' };
    await bench.queries.answerConsents(foundAnswer([EARLIER, secret, broken]));
    expect(earlierOf(bench)).toMatchObject({
      at: 'told',
      consents: [
        { no: 0, from: { zh: expect.any(String) }, atMs: 1_780_000_000_000, withdrawn: false },
        { no: 1, name: { zh: '一件事项' }, from: { zh: '县里的部门' } },
      ],
    });
    expect(JSON.stringify(earlierOf(bench))).not.toContain('relief');
    expect(bench.act({ type: 'withdraw-earlier-consent', no: 2 })).toMatchObject({ ok: false });
    for (const _twice of [1, 2])
      expect(bench.act({ type: 'withdraw-earlier-consent', no: 0 })).toEqual({ ok: true });
    expect(earlierOf(bench)).toMatchObject({ consents: [{ withdrawn: true }, { withdrawn: false }] });
    expect(bench.keeper.contents()).toMatchObject([{ kind: 'consent.withdrawn', by: 'person' }]);

    bench.act({ type: 'back' });
    expect(bench.act({ type: 'withdraw-earlier-consent', no: 1 })).toMatchObject({ ok: false });
    bench.act({ type: 'go', to: 'kept-of-me' });
    expect(earlierOf(bench)).toEqual({ at: 'asking' });
  });

  it('says that it needs network for those, asks once there is some, and says when nobody answers', async () => {
    const bench = bigBench();
    bench.world.online = false;
    bench.lay(ELDER);
    bench.act({ type: 'go', to: 'kept-of-me' });
    expect(earlierOf(bench)).toEqual({ at: 'needs-network' });
    expect(bench.queries.consentsAskedOf).toEqual([]);
    bench.world.online = true;
    bench.authority.refresh();
    expect(earlierOf(bench)).toEqual({ at: 'asking' });
    await bench.queries.answerConsents({ ok: false, error: 'no-answer' });
    expect(earlierOf(bench)).toEqual({ at: 'trouble' });
  });

  it('forgets what came for a page that was left, also when it comes late', async () => {
    const bench = bigBench();
    bench.lay(ELDER);
    bench.act({ type: 'go', to: 'kept-of-me' });
    bench.act({ type: 'leave' });
    await bench.queries.answerConsents(foundAnswer([EARLIER]));
    bench.lay({ ...ELDER, number: '330699193503124021' });
    bench.act({ type: 'go', to: 'kept-of-me' });
    expect(earlierOf(bench)).toEqual({ at: 'asking' });
  });

  it('is for whoever laid a card', () => {
    const bench = bigBench();
    bench.act({ type: 'go', to: 'no-card' });
    expect(bench.act({ type: 'go', to: 'kept-of-me' })).toMatchObject({ ok: false });
  });
});
