import { describe, expect, it } from 'vitest';
import { type Action, viewSchema } from '../api.ts';
import { type Bench, createBench } from './testing/bench.ts';
import { ASSISTANCE, answerAll, opened } from './testing/fill-in.ts';
import { ELDER, NEIGHBOUR, readOf } from './testing/people.ts';
import { PROJECT_CATALOG } from './testing/site.ts';

function withElder(): Bench {
  const bench = createBench();
  bench.lay(ELDER);
  return bench;
}

const code = (result: ReturnType<Bench['act']>) => (result.ok ? 'ok' : result.error.code);

describe('shown as it is, for it is no catalog that says it', () => {
  it('what somebody typed, whatever they typed', () => {
    const bench = createBench();
    bench.act({ type: 'open-matter', matterId: 'problem-report' });
    bench.act({ type: 'start', basis: 'open' });
    const typed = 'a < b > c & <script>"\'';
    bench.act({ type: 'answer', questionId: 'what', value: 'lamp' });
    bench.act({ type: 'answer', questionId: 'village', value: '330624108201' });
    bench.act({ type: 'answer', questionId: 'place', value: typed });
    bench.act({ type: 'answer', questionId: 'words', value: typed });
    bench.act({ type: 'answer', questionId: 'photo', value: null });
    bench.act({ type: 'answer', questionId: 'wants-answer', value: false });
    expect(bench.page()).toMatchObject({ kind: 'check' });
    expect(viewSchema.safeParse(bench.view()).success).toBe(true);
    expect(JSON.stringify(bench.page())).toContain(JSON.stringify(typed));
  });

  it('a card without an address, as foreigners have', () => {
    const bench = createBench();
    const read = readOf(NEIGHBOUR, { kind: 'foreign-2017', address: '' });
    bench.authority.readerSaid({ type: 'identity', read });
    opened(bench, 'village-banquet', 'self');
    expect(bench.page()).toMatchObject({ kind: 'question' });
    expect(viewSchema.safeParse(bench.view()).success).toBe(true);
  });
});

describe('refused, with nothing written', () => {
  it.each([
    ['a matter there is none of', { type: 'open-matter', matterId: 'no-such-matter' }, 'unknown-matter'],
    ['a category there is none of', { type: 'open-category', categoryId: 'no-such' }, 'not-here'],
    ['a guide from home', { type: 'open-guide', guideId: 'how-guides' }, 'not-here'],
    ['submitting nothing', { type: 'submit' }, 'not-here'],
    ['an answer to nothing', { type: 'answer', questionId: 'phone', value: '13800138000' }, 'not-here'],
    ['a rating of nothing', { type: 'rate', grade: 5 }, 'not-here'],
    ['a slip of nothing', { type: 'print-slip' }, 'not-here'],
    ['a draft nobody left', { type: 'resume-draft' }, 'not-here'],
    ['an answer about a second card nobody laid', { type: 'second-card', choice: 'still-me' }, 'not-here'],
    ['starting without a matter', { type: 'start', basis: 'self' }, 'not-here'],
  ] as const satisfies readonly (readonly [string, Action, string])[])('%s', (_what, action, expected) => {
    const bench = withElder();
    expect(code(bench.act(action))).toBe(expected);
    expect(bench.page()).toMatchObject({ kind: 'home' });
    expect(bench.keeper.contents()).toEqual([]);
  });

  it('a basis the matter does not allow', () => {
    const bench = withElder();
    bench.act({ type: 'open-matter', matterId: 'village-banquet' });
    for (const basis of ['family', 'heir', 'open', 'agent'] as const)
      expect(code(bench.act({ type: 'start', basis }))).toBe('basis-not-allowed');
    expect(bench.page()).toMatchObject({ kind: 'matter' });
  });

  it('an action on a page of an earlier run, whose numbers were higher', () => {
    const bench = withElder();
    const { revision } = bench.view();
    const action: Action = { type: 'open-matter', matterId: 'village-banquet' };
    expect(code(bench.authority.act(revision + 1, action))).toBe('stale');
    expect(bench.page()).toMatchObject({ kind: 'home' });
    expect(code(bench.authority.act(bench.view().revision, action))).toBe('ok');
  });

  it("another matter's fields, and this matter's fields out of turn", () => {
    const bench = withElder();
    opened(bench, 'old-age-allowance', 'self');
    expect(code(bench.act({ type: 'answer', questionId: 'tables', value: 3 }))).toBe('unknown-question');
    expect(code(bench.act({ type: 'answer', questionId: 'phone', value: '13800138000' }))).toBe('stale');
    expect(code(bench.act({ type: 'answer', questionId: 'constructor', value: 'x' }))).toBe(
      'unknown-question',
    );
    expect(bench.page()).toMatchObject({ kind: 'question', step: 1, value: null });
  });

  it.each([
    ['another type', 7],
    ['a choice there is none of', 'cash'],
    ['nothing', null],
    ['several', ['social-card']],
  ])('%s for a question of one choice', (_what, value) => {
    const bench = withElder();
    opened(bench, 'old-age-allowance', 'self');
    expect(code(bench.act({ type: 'answer', questionId: 'pay-to', value }))).toBe('bad-answer');
    expect(bench.page()).toMatchObject({ kind: 'question', step: 1, problem: { words: expect.anything() } });
  });

  it('evidence that is missing or made up', () => {
    const bench = createBench();
    bench.lay(NEIGHBOUR);
    opened(bench, 'old-age-allowance', 'family');
    expect(code(bench.act({ type: 'answer', questionId: 'elder-card', value: null }))).toBe('bad-answer');
    const made = 'ab'.repeat(16);
    expect(code(bench.act({ type: 'answer', questionId: 'elder-card', value: made }))).toBe('bad-answer');
    expect(bench.page()).toMatchObject({ question: { id: 'elder-card' } });
    expect(code(bench.act({ type: 'submit' }))).toBe('not-here');
  });

  it('an age the matter is not for, of oneself and of another', () => {
    const bench = createBench();
    bench.lay(NEIGHBOUR);
    expect(code(opened(bench, 'old-age-allowance', 'self'))).toBe('not-eligible');
    bench.act({ type: 'back' });
    bench.act({ type: 'leave' });
    bench.lay(ELDER);
    opened(bench, 'old-age-allowance', 'family');
    bench.lay(NEIGHBOUR);
    const refused = bench.act({ type: 'answer', questionId: 'elder-card', value: null });
    expect(code(refused)).toBe('not-eligible');
    expect(bench.page()).toMatchObject({ problem: { words: { zh: expect.stringContaining('80') } } });
  });

  it('a matter that needs a card without one, or with one whose time is over', () => {
    const bench = createBench();
    bench.act({ type: 'go', to: 'no-card' });
    bench.act({ type: 'open-matter', matterId: 'old-age-allowance' });
    expect(bench.page()).toMatchObject({ kind: 'matter', blocked: { code: 'needs-card' } });
    expect(code(bench.act({ type: 'start', basis: 'self' }))).toBe('matter-not-available');
    expect(code(bench.act({ type: 'home' }))).toBe('ok');
    expect(code(bench.act({ type: 'open-matter', matterId: 'case-progress' }))).toBe('matter-not-available');
  });

  it('what needs network without it, a printer without it, and more proof than a card', () => {
    const bench = withElder();
    const [matter] = PROJECT_CATALOG.matters.filter(({ id }) => id === 'village-banquet');
    if (matter === undefined) throw new Error('the catalog has a banquet');
    const change = (over: Partial<typeof matter>) => {
      bench.world.catalog = { ...PROJECT_CATALOG, matters: [{ ...matter, ...over }] };
      bench.act({ type: 'home' });
      const started = opened(bench, matter.id, 'self');
      return started.ok ? 'ok' : started.error.words.zh;
    };
    bench.world.online = false;
    expect(change({ offline: 'online' })).toBe('没网，先不能办。网络通了再来，急的请找代办员');
    expect(change({ assurance: 'card+proof' })).toBe('这件事要核验本人，请找代办员');
    expect(change({ devices: ['slip-printer'] })).toBe('ok');
    bench.world.devices = { ...bench.world.devices, slipPrinter: 'down' };
    expect(change({ devices: ['slip-printer'] })).toBe('打印机坏了，这件事先不能办，请找代办员');
    expect(change({})).toBe('ok');
  });
});

describe('what must arrive in time', () => {
  it('is refused at its question when there is no network to bring it in time', () => {
    const bench = withElder();
    bench.world.online = false;
    opened(bench, 'village-banquet', 'self');
    const refused = bench.act({ type: 'answer', questionId: 'day', value: '2026-06-14' });
    expect(code(refused)).toBe('too-late');
    expect(bench.page()).toMatchObject({ problem: { words: { zh: '现在没网，来不及送到。请打 12315' } } });
    bench.world.online = true;
    expect(code(bench.act({ type: 'answer', questionId: 'day', value: '2026-06-14' }))).toBe('ok');
  });

  it('is refused again at the end when the network went meanwhile', () => {
    const bench = withElder();
    opened(bench, 'village-banquet', 'self');
    answerAll(bench, {
      day: '2026-06-14',
      occasion: 'birthday',
      meals: ['noon'],
      tables: 12,
      where: 'home',
      village: '330624108201',
      cook: 'family',
      phone: '13800138000',
      'safe-food': true,
    });
    bench.world.online = false;
    expect(code(bench.act({ type: 'submit' }))).toBe('too-late');
    expect(bench.page()).toMatchObject({ kind: 'check', problem: { code: 'too-late' } });
    expect(bench.keeper.contents()).toEqual([]);
  });
});

describe('answers that hide others', () => {
  it('leave out what is no longer asked, and lead back to the check page', () => {
    const bench = withElder();
    opened(bench, 'temporary-assistance', 'self');
    answerAll(bench, { ...ASSISTANCE, trouble: ['illness'], spent: 1200 });
    expect(bench.page()).toMatchObject({ kind: 'check' });
    bench.act({ type: 'change', questionId: 'trouble' });
    bench.act({ type: 'answer', questionId: 'trouble', value: ['income'] });
    expect(bench.page()).toMatchObject({ kind: 'check' });
    expect(code(bench.act({ type: 'change', questionId: 'spent' }))).toBe('unknown-question');
    expect(code(bench.act({ type: 'submit' }))).toBe('ok');
    expect(bench.keeper.firstCase().answers).not.toHaveProperty('spent');
  });
});

describe('an action made on an older page', () => {
  it('is refused and changes nothing, but for touching, typing and leaving', () => {
    const bench = withElder();
    const old = bench.view().revision;
    opened(bench, 'old-age-allowance', 'self');
    const late = (action: Action) => code(bench.authority.act(old, action));
    expect(late({ type: 'home' })).toBe('stale');
    expect(late({ type: 'answer', questionId: 'pay-to', value: 'passbook' })).toBe('stale');
    expect(late({ type: 'touch' })).toBe('ok');
    expect(late({ type: 'typing', questionId: 'pay-to', value: 'passbook' })).toBe('ok');
    expect(bench.page()).toMatchObject({ kind: 'question', value: null });
    expect(late({ type: 'leave' })).toBe('ok');
    expect(bench.page()).toMatchObject({ kind: 'goodbye' });
  });

  it('does nothing in the visit of the next person', () => {
    const bench = withElder();
    opened(bench, 'old-age-allowance', 'self');
    const old = bench.view().revision;
    bench.act({ type: 'leave' });
    bench.lay(NEIGHBOUR);
    opened(bench, 'old-age-allowance', 'family');
    for (const action of [
      { type: 'back' },
      { type: 'go', to: 'last-use' },
      { type: 'typing', questionId: 'elder-card', value: 'x' },
    ] as const)
      bench.authority.act(old, action);
    expect(bench.page()).toMatchObject({ kind: 'question', question: { id: 'elder-card' }, value: null });
  });

  it('counts when only the countdown or the network changed meanwhile', () => {
    const bench = withElder();
    opened(bench, 'old-age-allowance', 'self');
    const { revision } = bench.view();
    bench.authority.refresh();
    bench.authority.refresh();
    bench.clock.advance(46_000);
    expect(bench.page()).toMatchObject({ kind: 'still-there' });
    expect(
      code(bench.authority.act(revision, { type: 'answer', questionId: 'pay-to', value: 'passbook' })),
    ).toBe('ok');
    expect(bench.page()).toMatchObject({ kind: 'question', step: 2 });
  });
});

it('serves nobody while out of service', () => {
  const bench = withElder();
  bench.world.service = 'store';
  bench.authority.refresh();
  expect(bench.page()).toEqual({ kind: 'out-of-service', reason: 'store' });
  expect(code(bench.act({ type: 'go', to: 'no-card' }))).toBe('out-of-service');
  bench.lay(NEIGHBOUR);
  expect(bench.page()).toEqual({ kind: 'out-of-service', reason: 'store' });
  expect(bench.keeper.openMemories()).toBe(0);
  bench.world.service = 'up';
  bench.authority.refresh();
  expect(bench.page()).toMatchObject({ kind: 'attract' });
});
