import { describe, expect, it } from 'vitest';
import { addDays, isoDate } from '../../base/calendar.ts';
import type { SlipOutcome } from '../../drivers/api.ts';
import { ratingContentSchema } from '../../sync/contents.ts';
import { inFours } from '../slips/blocks.ts';
import { createBench } from './testing/bench.ts';
import { ALLOWANCE, answerAll, opened, REPORT } from './testing/fill-in.ts';
import { ELDER, NEIGHBOUR, readOf, SPECIMEN } from './testing/people.ts';
import { TIMEOUTS } from './timeouts.ts';

describe('the main job', () => {
  it('goes from card to slip for oneself', async () => {
    const bench = createBench();
    expect(bench.page()).toMatchObject({ kind: 'attract', reader: 'ready' });

    bench.lay(ELDER);
    expect(bench.view().holder).toBe('欧阳*');
    expect(bench.page()).toMatchObject({
      kind: 'home',
      greeting: { partOfDay: 'morning', address: { zh: '欧阳先生' } },
      caseCount: 0,
      draft: null,
      lastUse: null,
      remembered: true,
    });
    const home = bench.page();
    expect(home.kind === 'home' && home.likely[0]).toMatchObject({
      matterId: 'old-age-allowance',
      availability: 'open',
      hint: { zh: '可以申请，镇里审核' },
    });

    bench.act({ type: 'open-matter', matterId: 'old-age-allowance' });
    expect(bench.page()).toMatchObject({ kind: 'matter', blocked: null, willPrint: true, willQueue: false });
    bench.act({ type: 'start', basis: 'self' });
    expect(bench.page()).toMatchObject({
      kind: 'question',
      step: 1,
      steps: 3,
      question: { id: 'pay-to' },
      head: { sample: true, forWhom: { zh: '欧阳*' } },
    });
    const { 'true-words': _declared, ...asked } = ALLOWANCE;
    answerAll(bench, asked);

    const check = bench.page();
    if (check.kind !== 'check') throw new Error(`expected the check page, not ${check.kind}`);
    expect(check.facts.map(({ label, value, source }) => [label.zh, value.zh, source])).toEqual([
      ['姓名', '欧阳*', 'card'],
      ['性别', '男', 'card'],
      ['年龄', '88 周岁', 'card'],
      ['住址', '浙江省新昌县沙溪镇样板村 1 号', 'card'],
      ['身份证号', `3${'*'.repeat(16)}${ELDER.number.slice(-1)}`, 'card'],
      ['津贴打到', '社会保障卡', 'answer'],
      ['现在住在', '身份证上的地址', 'answer'],
      ['电话', '138 0013 8000', 'answer'],
    ]);

    expect(bench.act({ type: 'submit', declares: check.declares?.questionId })).toEqual({ ok: true });
    expect(bench.page()).toMatchObject({
      kind: 'kept',
      delivered: false,
      slip: 'printing',
      workingDays: 5,
      hearBy: { date: '2026-06-26', phone: '86120000' },
      rating: { offered: true, given: null },
    });
    await Promise.resolve();
    await Promise.resolve();
    expect(bench.page()).toMatchObject({ kind: 'kept', slip: 'printed' });

    const content = bench.keeper.firstCase();
    expect(content).toMatchObject({
      matter: ['old-age-allowance', 1, expect.any(Uint8Array)],
      submitter: { name: ELDER.name, number: ELDER.number, kind: 'citizen', birth: ELDER.birth, sex: '1' },
      subject: { number: ELDER.number },
      basis: 'self',
      assurance: 'card',
      evidence: [],
      answers: ALLOWANCE,
      actors: [{ role: 'submitter' }],
      attachments: [],
      lang: 'zh',
      place: { village: { code: '330624108999', name: '样板村' } },
    });
    expect(content.caseReplyKey).toHaveLength(32);

    const slip = JSON.stringify(bench.slips.printed[0]);
    expect(slip).toContain('欧阳*');
    expect(slip).toContain('机器已收下，网络通了自动送到镇里');
    expect(slip).toContain('示例');
    expect(slip).toContain('https://example.invalid/s#1.');
    expect(slip).toContain(inFours(content.localNumber));
    expect(slip).toContain(content.slipCode);
    expect(slip).not.toContain(ELDER.number);
    expect(slip).not.toContain(ELDER.name);
    expect(slip).not.toContain('副本');
  });

  it('files for a parent with their card, the relation and a declaration as evidence', () => {
    const bench = createBench();
    bench.lay(NEIGHBOUR);
    opened(bench, 'old-age-allowance', 'family');
    expect(bench.page()).toMatchObject({
      kind: 'question',
      question: { id: 'elder-card' },
      personCard: { state: 'waiting', name: null },
      head: { forWhom: null },
    });

    bench.lay(NEIGHBOUR);
    expect(bench.page()).toMatchObject({ kind: 'question', problem: { code: 'own-card' } });
    bench.lay(ELDER);
    expect(bench.page()).toMatchObject({
      kind: 'question',
      problem: null,
      personCard: { state: 'read', name: '欧阳*' },
    });
    bench.act({ type: 'answer', questionId: 'elder-card', value: null });
    answerAll(bench, { ...ALLOWANCE, relation: 'parent', 'elder-agrees': true });
    expect(bench.page()).toMatchObject({ kind: 'check', head: { forWhom: { zh: '欧阳*' } } });
    expect(bench.act({ type: 'submit' })).toEqual({ ok: true });

    expect(bench.keeper.firstCase()).toMatchObject({
      submitter: { name: NEIGHBOUR.name, number: NEIGHBOUR.number, birth: null, address: null },
      subject: { name: ELDER.name, number: ELDER.number, birth: ELDER.birth },
      basis: 'family',
      evidence: [{ type: 'subject-card' }, { type: 'relation' }, { type: 'declaration' }],
      answers: { 'elder-card': { number: ELDER.number }, relation: 'parent' },
    });
  });

  it('files an open matter for nobody, remembering nothing', () => {
    const bench = createBench();
    expect(opened(bench, 'problem-report', 'open')).toEqual({ ok: true });
    expect(bench.view().holder).toBeNull();
    answerAll(bench, REPORT);
    expect(bench.act({ type: 'submit' })).toEqual({ ok: true });
    expect(bench.page()).toMatchObject({ kind: 'kept', head: { forWhom: null }, rating: { offered: false } });
    expect(bench.keeper.firstCase()).toMatchObject({
      submitter: null,
      subject: null,
      basis: 'open',
      assurance: 'open',
      actors: [],
      caseReplyKey: null,
    });
    expect(bench.act({ type: 'rate', grade: 5 })).toMatchObject({ ok: false, error: { code: 'not-here' } });
  });

  it.each([
    ['printing', { answer: () => new Promise<SlipOutcome>(() => {}) }],
    ['printed', { answer: async (): Promise<SlipOutcome> => ({ outcome: 'printed' }) }],
    [
      'not-printed',
      { answer: async (): Promise<SlipOutcome> => ({ outcome: 'not-printed', reason: 'paper-out' }) },
    ],
    [
      'unknown',
      { answer: async (): Promise<SlipOutcome> => ({ outcome: 'unknown', reason: 'not-answering' }) },
    ],
    ['no-printer', { slipPrinter: 'down' as const }],
  ])('shows the code to look a case up by unless the slip bears it: %s', async (slip, given) => {
    const bench = createBench();
    if ('slipPrinter' in given)
      bench.world.devices = { ...bench.world.devices, slipPrinter: given.slipPrinter };
    else bench.slips.answer = given.answer;
    opened(bench, 'problem-report', 'open');
    answerAll(bench, REPORT);
    bench.act({ type: 'submit' });
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    const onPaper = slip === 'printing' || slip === 'printed';
    const slipCode = onPaper ? null : bench.keeper.firstCase().slipCode;
    expect(bench.page()).toMatchObject({ kind: 'kept', slip, slipCode });
  });

  it('takes one rating, as an entry of its own', () => {
    const bench = createBench();
    bench.lay(ELDER);
    opened(bench, 'old-age-allowance', 'self');
    answerAll(bench, ALLOWANCE);
    bench.act({ type: 'submit' });
    expect(bench.act({ type: 'rate', grade: 4 })).toEqual({ ok: true });
    expect(bench.act({ type: 'rate', grade: 1 })).toMatchObject({ ok: false });
    expect(bench.page()).toMatchObject({ rating: { given: 4 } });
    expect(bench.keeper.contents()).toHaveLength(2);
    expect(ratingContentSchema.parse(bench.keeper.contents()[1])).toMatchObject({ grade: 4 });
  });

  it('speaks English from the attract page to the goodbye, and Chinese to the next person', () => {
    const bench = createBench();
    bench.act({ type: 'language', language: 'en' });
    expect(bench.view().language).toBe('en');
    bench.lay(SPECIMEN);
    expect(bench.view().language).toBe('en');
    opened(bench, 'village-banquet', 'self');
    bench.act({ type: 'leave' });
    expect(bench.view()).toMatchObject({ language: 'en', page: { kind: 'goodbye' } });
    bench.clock.advance(TIMEOUTS.goodbyeMs);
    expect(bench.view()).toMatchObject({ language: 'zh', page: { kind: 'attract' } });
  });

  it('shows the page of a case delivered as soon as the receipt is there', () => {
    const bench = createBench();
    bench.lay(ELDER);
    opened(bench, 'old-age-allowance', 'self');
    answerAll(bench, ALLOWANCE);
    bench.act({ type: 'submit' });
    const before = bench.view().revision;
    bench.keeper.deliverAll();
    bench.authority.refresh();
    expect(bench.page()).toMatchObject({ kind: 'kept', delivered: true });
    expect(bench.view().revision).toBeGreaterThan(before);
  });
});

describe('a card whose time is over', () => {
  const old = { ...NEIGHBOUR, validTo: '2026-06-01' };

  it('opens only what needs no card', () => {
    const bench = createBench();
    bench.lay(old);
    expect(bench.page()).toMatchObject({ kind: 'card-not-valid', why: 'expired', date: '2026-06-01' });
    expect(bench.view().holder).toBe('俞*');
    expect(opened(bench, 'problem-report', 'open')).toEqual({ ok: true });
    bench.act({ type: 'home' });
    expect(bench.act({ type: 'go', to: 'my-cases' })).toMatchObject({ ok: false });
    bench.act({ type: 'leave' });
    expect(bench.page()).toEqual({ kind: 'goodbye', takeCard: true, takeSlip: false, takePaper: false });
  });

  it('is believed as long as only an untrusted clock speaks against it', () => {
    const bench = createBench();
    bench.world.trustedTime = false;
    bench.world.floorMs = Date.parse('2026-05-01');
    bench.lay(old);
    expect(bench.page()).toMatchObject({ kind: 'home' });
  });

  it('is over when the floor under time has passed it', () => {
    const bench = createBench();
    bench.world.trustedTime = false;
    bench.world.floorMs = Date.parse('2026-06-03');
    bench.lay(old);
    expect(bench.page()).toMatchObject({ kind: 'card-not-valid', why: 'expired' });
  });
});

describe('a card whose time is still to come', () => {
  const lay = (bench: ReturnType<typeof createBench>) =>
    bench.authority.readerSaid({ type: 'identity', read: readOf(NEIGHBOUR, { validFrom: '2035-01-01' }) });

  it('opens only what needs no card, and is remembered nowhere', () => {
    const bench = createBench();
    lay(bench);
    expect(bench.page()).toMatchObject({ kind: 'card-not-valid', why: 'not-yet-valid', date: '2035-01-01' });
    expect(opened(bench, 'problem-report', 'open')).toEqual({ ok: true });
    bench.act({ type: 'home' });
    expect(bench.act({ type: 'go', to: 'last-use' })).toMatchObject({ ok: false });
  });

  it('is believed as long as only an untrusted clock speaks against it', () => {
    const bench = createBench();
    bench.world.trustedTime = false;
    lay(bench);
    expect(bench.page()).toMatchObject({ kind: 'home' });
  });
});

it('says so when a card cannot be remembered by, and files all the same', () => {
  const bench = createBench();
  bench.authority.readerSaid({ type: 'identity', read: readOf(ELDER, { photo: new Uint8Array(1024) }) });
  expect(bench.page()).toMatchObject({ kind: 'home', remembered: false });
  opened(bench, 'old-age-allowance', 'self');
  answerAll(bench, ALLOWANCE);
  expect(bench.act({ type: 'submit' })).toEqual({ ok: true });
  expect(bench.keeper.firstCase().caseReplyKey).toBeNull();
});

describe('a clock that is not trusted (law 9)', () => {
  it('refuses nobody for being too young', () => {
    const bench = createBench();
    bench.world.trustedTime = false;
    bench.lay(NEIGHBOUR);
    expect(opened(bench, 'old-age-allowance', 'self')).toEqual({ ok: true });
  });

  it('calls nothing too late but what the floor has passed', () => {
    const bench = createBench();
    bench.world.trustedTime = false;
    bench.world.online = false;
    bench.world.floorMs = Date.parse('2020-01-01');
    bench.lay(NEIGHBOUR);
    opened(bench, 'village-banquet', 'self');
    const today = isoDate(bench.clock.wallMs());
    expect(bench.act({ type: 'answer', questionId: 'day', value: addDays(today, 1) })).toEqual({ ok: true });
    bench.act({ type: 'back' });
    bench.world.floorMs = bench.clock.wallMs();
    const late = bench.act({ type: 'answer', questionId: 'day', value: addDays(today, 1) });
    expect(late).toMatchObject({ ok: false, error: { code: 'too-late' } });
  });
});
