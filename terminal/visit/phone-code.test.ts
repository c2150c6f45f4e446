import { describe, expect, it } from 'vitest';
import type { AnswerValue, Question } from '../../catalog/schema.ts';
import type { Page } from '../api.ts';
import { signIn, withRegisteredAgent } from './testing/agents.ts';
import { type Bench, createBench } from './testing/bench.ts';
import { answerAll, opened } from './testing/fill-in.ts';
import { ELDER, NEIGHBOUR, readOf, SPECIMEN } from './testing/people.ts';
import { comeByPhone, looked, phoneCodeOf } from './testing/phones.ts';
import { bigBench } from './testing/shared-bench.ts';
import { TIMEOUTS } from './timeouts.ts';

/** A banquet's filing, in full: it takes a code from the phone. */
const BANQUET = {
  ...{ day: '2026-07-01', occasion: 'wedding', meals: ['noon'], tables: 5, where: 'home' },
  ...{ village: '330624108201', place: '', cook: 'family', phone: '13800138000', 'safe-food': true },
} as const;

const pageAs = <K extends Page['kind']>(bench: Bench, kind: K): Extract<Page, { kind: K }> => {
  const page = bench.page();
  if (page.kind !== kind) throw new Error(`${page.kind} is shown, not ${kind}`);
  return page as Extract<Page, { kind: K }>;
};

function anyAnswer(question: Question): AnswerValue | null {
  switch (question.type) {
    case 'one-of':
      return question.choices[0]?.value ?? null;
    case 'several-of':
      return question.choices.slice(0, 1).map(({ value }) => value);
    case 'yes-no':
      return false;
    case 'text':
      return '木工';
    default:
      return null;
  }
}

const trouble = (bench: Bench) => pageAs(bench, 'phone-code').trouble;

async function scanned(bench: Bench, text: string): Promise<void> {
  bench.scan(text);
  await looked(bench);
}

function atPhonePage(): Bench {
  const bench = createBench();
  expect(bench.act({ type: 'go', to: 'phone-code' })).toEqual({ ok: true });
  return bench;
}

describe('a code from the phone', () => {
  it('opens a visit in which a name is known and nothing is remembered', async () => {
    const bench = createBench();
    expect(bench.view().takesPhoneCode).toBe(true);
    await comeByPhone(bench, NEIGHBOUR);
    expect(bench.view()).toMatchObject({ byPhone: true, holder: '俞*', takesPhoneCode: false });
    const home = pageAs(bench, 'home');
    expect(home.likely.length).toBeGreaterThan(0);
    expect(home.likely.every(({ availability }) => availability === 'open')).toBe(true);
    expect(home).toMatchObject({ caseCount: 0, lastUse: null, draft: null, remembered: false });
    expect(bench.keeper.openMemories()).toBe(0);
  });

  it('opens what it does for, and says of everything else that it takes the card', async () => {
    const bench = createBench();
    await comeByPhone(bench, NEIGHBOUR);
    expect(bench.act({ type: 'open-matter', matterId: 'old-age-allowance' })).toEqual({ ok: true });
    expect(pageAs(bench, 'matter').blocked).toMatchObject({ code: 'needs-card' });
    expect(bench.act({ type: 'start', basis: 'self' })).toMatchObject({ ok: false });
    bench.act({ type: 'home' });
    bench.act({ type: 'open-matter', matterId: 'village-banquet' });
    const page = pageAs(bench, 'matter');
    expect(page.blocked).toBeNull();
    expect(page.bases.map(({ basis }) => basis)).toEqual(['self']);
    for (const to of ['my-cases', 'last-use', 'kept-of-me', 'phone-code'] as const)
      expect(bench.act({ type: 'go', to }), to).toMatchObject({ ok: false });
  });

  it('files a case that says so, with the code, and owes its person a slip alone', async () => {
    const bench = createBench();
    await comeByPhone(bench, NEIGHBOUR);
    opened(bench, 'village-banquet', 'self');
    answerAll(bench, BANQUET);
    expect(bench.act({ type: 'submit' })).toEqual({ ok: true });
    expect(bench.page()).toMatchObject({ kind: 'kept' });
    expect(bench.keeper.contents()).toMatchObject([
      {
        ...{ kind: 'case.submitted', basis: 'self', assurance: 'phone', caseReplyKey: null },
        ...{ submitter: { name: NEIGHBOUR.name, number: NEIGHBOUR.number, address: null } },
        evidence: [{ type: 'phone-code', issuer: '样例省的手机应用', checked: 'here' }],
      },
    ]);
    bench.act({ type: 'leave' });
    expect(bench.page()).toMatchObject({ kind: 'goodbye', takeCard: false, takeSlip: true });
  });

  it('asks the state nothing: the telephone that a card has offered must be typed', async () => {
    const toPhone = (bench: Bench) => {
      opened(bench, 'job-seeking', 'self');
      for (let turn = 0; turn < 12 && pageAs(bench, 'question').question.type !== 'phone'; turn += 1) {
        const { question } = pageAs(bench, 'question');
        bench.act({ type: 'answer', questionId: question.id, value: anyAnswer(question) });
      }
      return pageAs(bench, 'question').offer;
    };
    const bench = bigBench();
    await comeByPhone(bench, NEIGHBOUR);
    expect(toPhone(bench)).toBeNull();
    expect(bench.queries.asked).toEqual([]);
    const byCard = bigBench();
    byCard.lay(NEIGHBOUR);
    expect(toPhone(byCard)).not.toBeNull();
  });

  it('is over as any visit is: untouched, or left, with nothing behind', async () => {
    const bench = createBench();
    await comeByPhone(bench, NEIGHBOUR);
    bench.clock.advance(TIMEOUTS.idleMs);
    expect(bench.page()).toMatchObject({ kind: 'still-there' });
    bench.clock.advance(TIMEOUTS.stillThereMs);
    expect(bench.page()).toMatchObject({ kind: 'goodbye', takeCard: false });
    bench.clock.advance(TIMEOUTS.goodbyeMs);
    expect(bench.page()).toMatchObject({ kind: 'attract' });
    expect(JSON.stringify(bench.view())).not.toContain('俞');
    await comeByPhone(bench, ELDER);
    expect(bench.view().holder).toBe('欧阳*');
    bench.act({ type: 'leave' });
    expect(bench.page()).toMatchObject({ kind: 'attract' });
  });
});

describe('an agent and a code from the phone', () => {
  it('do not go together: who signs in beside it is alone, and nothing of its person stays', async () => {
    const bench = withRegisteredAgent(createBench());
    const before = bench.keeper.contents().length;
    await comeByPhone(bench, NEIGHBOUR);
    opened(bench, 'village-banquet', 'self');
    answerAll(bench, { day: '2026-07-01', occasion: 'wedding' });
    signIn(bench);
    expect(bench.page()).toMatchObject({ kind: 'agent-desk' });
    expect(bench.view()).toMatchObject({ byPhone: false, holder: null, acting: { forWhom: null } });
    expect(JSON.stringify(bench.view())).not.toContain('俞');
    expect(bench.act({ type: 'go', to: 'phone-code' })).toMatchObject({ ok: false });
    expect(bench.acting()?.by ?? null).toBeNull();
    const kept = bench.keeper.contents().slice(before);
    expect(kept.every(({ kind }) => String(kind).startsWith('audit.'))).toBe(true);
  });
});

describe('a code that opens nothing', () => {
  it('says why: used, old, forged, of no known issuer, or none at all', async () => {
    const bench = atPhonePage();
    const text = phoneCodeOf(bench, NEIGHBOUR);
    await scanned(bench, text.replace('YZP1.', 'YZP2.'));
    expect(trouble(bench)).toBe('not-a-code');
    await scanned(bench, `${text.slice(0, -20)}AAAA${text.slice(-16)}`);
    expect(trouble(bench)).toBe('forged');
    await scanned(bench, phoneCodeOf(bench, NEIGHBOUR, { issuedAt: 0, expires: 60_000 }));
    expect(trouble(bench)).toBe('old');
    bench.authority.scannerSaid({ type: 'unreadable' });
    expect(trouble(bench)).toBe('unreadable');
    await scanned(bench, text);
    bench.act({ type: 'leave' });
    bench.act({ type: 'go', to: 'phone-code' });
    await scanned(bench, text);
    expect(trouble(bench)).toBe('used');
    expect(bench.view().holder).toBeNull();
  });

  it('is nothing anywhere else', async () => {
    const bench = createBench();
    await scanned(bench, phoneCodeOf(bench, NEIGHBOUR));
    expect(bench.page()).toMatchObject({ kind: 'attract' });
    bench.act({ type: 'go', to: 'no-card' });
    await scanned(bench, phoneCodeOf(bench, NEIGHBOUR));
    expect(bench.page()).toMatchObject({ kind: 'no-card' });
  });

  it('says that the clock is not sure, and opens by the platform’s word then', async () => {
    const bench = atPhonePage();
    bench.world.trustedTime = false;
    await scanned(bench, phoneCodeOf(bench, NEIGHBOUR));
    expect(trouble(bench)).toBe('clock');
  });

  it('is of somebody else than the expired card that was laid', async () => {
    const bench = createBench();
    bench.authority.readerSaid({ type: 'identity', read: readOf(ELDER, { validTo: '2020-01-01' }) });
    expect(bench.view().takesPhoneCode).toBe(true);
    bench.act({ type: 'go', to: 'phone-code' });
    await scanned(bench, phoneCodeOf(bench, NEIGHBOUR));
    expect(trouble(bench)).toBe('other-person');
    await scanned(bench, phoneCodeOf(bench, ELDER));
    expect(bench.view()).toMatchObject({ byPhone: true, holder: '欧阳*', page: { kind: 'home' } });
  });

  it('is asked for nowhere without a scanner, and never beside a valid card', () => {
    const bench = createBench();
    bench.world.devices = { ...bench.world.devices, scanner: 'down' };
    bench.authority.refresh();
    expect(bench.view().takesPhoneCode).toBe(false);
    expect(bench.act({ type: 'go', to: 'phone-code' })).toMatchObject({ ok: false });
    bench.world.devices = { ...bench.world.devices, scanner: 'ready' };
    bench.lay(ELDER);
    expect(bench.view().takesPhoneCode).toBe(false);
    expect(bench.act({ type: 'go', to: 'phone-code' })).toMatchObject({ ok: false });
  });
});

describe('a card in a visit of a code', () => {
  async function halfWay(): Promise<Bench> {
    const bench = createBench();
    await comeByPhone(bench, NEIGHBOUR);
    opened(bench, 'village-banquet', 'self');
    answerAll(bench, { day: '2026-07-01', occasion: 'wedding' });
    expect(bench.page()).toMatchObject({ kind: 'question', question: { id: 'meals' } });
    return bench;
  }

  it('of the same person opens what it opens, and what was filled in stays', async () => {
    const bench = await halfWay();
    bench.lay(NEIGHBOUR);
    expect(bench.view().byPhone).toBe(false);
    answerAll(bench, BANQUET);
    bench.act({ type: 'submit' });
    expect(bench.keeper.contents()).toMatchObject([{ assurance: 'card', evidence: [] }]);
    expect(bench.act({ type: 'go', to: 'my-cases' })).toEqual({ ok: true });
    expect(bench.page()).toMatchObject({ kind: 'my-cases', items: [{}] });
  });

  it('of the same person that is no longer valid opens nothing more', async () => {
    const bench = await halfWay();
    bench.authority.readerSaid({ type: 'identity', read: readOf(NEIGHBOUR, { validTo: '2020-01-01' }) });
    expect(bench.view().byPhone).toBe(true);
    expect(bench.page()).toMatchObject({ kind: 'question', question: { id: 'meals' } });
    expect(bench.keeper.openMemories()).toBe(0);
  });

  it('of somebody else blanks the page; a fresh code of the first goes on, the next person’s card does not', async () => {
    const bench = await halfWay();
    bench.lay(ELDER);
    expect(bench.page()).toMatchObject({ kind: 'second-card', phase: 'ask' });
    expect(JSON.stringify(bench.view())).not.toContain('俞');
    bench.act({ type: 'second-card', choice: 'still-me' });
    await scanned(bench, phoneCodeOf(bench, ELDER));
    expect(bench.page()).toMatchObject({ kind: 'second-card' });
    await scanned(bench, phoneCodeOf(bench, NEIGHBOUR));
    expect(bench.page()).toMatchObject({ kind: 'question', question: { id: 'meals' } });
    bench.lay(ELDER);
    bench.act({ type: 'second-card', choice: 'next-person' });
    expect(bench.view()).toMatchObject({ byPhone: false, holder: '欧阳*' });
    expect(bench.page()).toMatchObject({ kind: 'home', draft: null });
  });

  it('ends with it when nobody shows a fresh code', async () => {
    const bench = await halfWay();
    bench.lay(SPECIMEN);
    bench.clock.advance(TIMEOUTS.secondCardMs);
    expect(bench.page()).toMatchObject({ kind: 'goodbye', takeCard: false });
  });
});
