import { describe, expect, it } from 'vitest';
import type { Page } from '../api.ts';
import { MOST_WITHOUT_CARD } from './call-wish.ts';
import { signIn, withRegisteredAgent } from './testing/agents.ts';
import { type Bench, createBench } from './testing/bench.ts';
import { answerAll, opened } from './testing/fill-in.ts';
import { ELDER, NEIGHBOUR } from './testing/people.ts';
import { PROJECT_CATALOG, WHOLE_CATALOG } from './testing/site.ts';

const WISHES = WHOLE_CATALOG.matters.filter(({ callBack }) => callBack === true);
const WISH = { phone: '13800138000', when: 'evening' } as const;

function benchHere(): Bench {
  const bench = withRegisteredAgent(createBench());
  bench.world.catalog = { ...PROJECT_CATALOG, matters: [...PROJECT_CATALOG.matters, ...WISHES] };
  return bench;
}

function call(bench: Bench): Extract<Page, { kind: 'agent' }>['call'] {
  bench.act({ type: 'go', to: 'agent' });
  const page = bench.page();
  if (page.kind !== 'agent') throw new Error(`agent, not ${page.kind}`);
  return page.call;
}

/** From the page of who helps to the check page. */
function fillsIn(bench: Bench, basis: 'self' | 'open', values: object = WISH) {
  const part = call(bench);
  opened(bench, part?.matterId ?? '', basis);
  answerAll(bench, values as typeof WISH);
}

const submits = (bench: Bench) => bench.act({ type: 'submit' });
const kinds = (bench: Bench) =>
  bench.keeper.contents().filter(({ matter }) => String(matter).startsWith('agent-call'));

describe('asking to be called', () => {
  it('is offered with a card and without, filed as what it is, without network too', () => {
    const bench = benchHere();
    bench.world.online = false;
    bench.lay(ELDER);
    expect(call(bench)).toEqual({ matterId: 'agent-call', before: null, said: null });
    fillsIn(bench, 'self');
    expect(submits(bench)).toEqual({ ok: true });
    expect(bench.page().kind).toBe('kept');
    bench.act({ type: 'leave' });
    bench.clock.advance(60_000);
    bench.act({ type: 'go', to: 'no-card' });
    expect(call(bench)).toMatchObject({ matterId: 'agent-call-no-card' });
    fillsIn(bench, 'open');
    expect(submits(bench)).toEqual({ ok: true });
    expect(kinds(bench).map(({ basis, submitter, answers }) => [basis, submitter !== null, answers])).toEqual(
      [
        ['self', true, { phone: '13800138000', when: 'evening' }],
        ['open', false, { phone: '13800138000', when: 'evening' }],
      ],
    );
  });

  it('is one at a time for a person, who sees that it is noted; nobody else does', () => {
    const bench = benchHere();
    bench.lay(ELDER);
    fillsIn(bench, 'self');
    submits(bench);
    bench.act({ type: 'home' });
    expect(call(bench)).toMatchObject({
      before: { stage: 'kept', name: { zh: '请代办员回电' } },
      said: null,
    });
    const ref = call(bench)?.before?.ref ?? '';
    expect(bench.act({ type: 'open-case', ref })).toEqual({ ok: true });
    expect(bench.page()).toMatchObject({ kind: 'case', canWithdraw: true });
    // Found by its tile instead of the key, it is filled in, and not taken.
    bench.act({ type: 'home' });
    bench.act({ type: 'go', to: 'find' });
    bench.act({ type: 'find', words: '回电' });
    opened(bench, 'agent-call', 'self');
    answerAll(bench, WISH);
    expect(submits(bench)).toMatchObject({
      ok: false,
      error: { words: { zh: '已经记下了，会打给您，不用再留' } },
    });
    expect(kinds(bench)).toHaveLength(1);
    bench.act({ type: 'leave' });
    bench.lay(NEIGHBOUR);
    expect(call(bench)).toMatchObject({ before: null });
  });

  it('of people without a card is taken a few times within an hour, and then with a card alone', () => {
    const bench = benchHere();
    const asks = () => {
      bench.act({ type: 'go', to: 'no-card' });
      fillsIn(bench, 'open');
      const done = submits(bench);
      bench.act({ type: 'leave' });
      bench.clock.advance(60_000);
      return done.ok;
    };
    const done = Array.from({ length: MOST_WITHOUT_CARD + 1 }, asks);
    expect(done).toEqual([true, true, true, false]);
    bench.lay(ELDER);
    fillsIn(bench, 'self');
    expect(submits(bench).ok).toBe(true);
    bench.act({ type: 'leave' });
    bench.clock.advance(3_600_000);
    expect(asks()).toBe(true);
  });

  it('half way through something leaves that where it was', () => {
    const bench = benchHere();
    bench.lay(ELDER);
    opened(bench, 'old-age-allowance', 'self');
    answerAll(bench, { 'pay-to': 'social-card' });
    const stood = bench.page();
    fillsIn(bench, 'self');
    expect(submits(bench)).toEqual({ ok: true });
    bench.act({ type: 'home' });
    expect(bench.page()).toMatchObject({ kind: 'home', draft: { name: { zh: '高龄津贴' } } });
    bench.act({ type: 'resume-draft' });
    expect(bench.page()).toEqual(stood);
  });

  it('left half filled in is no draft, and takes the place of none', () => {
    const bench = benchHere();
    bench.lay(ELDER);
    opened(bench, 'old-age-allowance', 'self');
    answerAll(bench, { 'pay-to': 'social-card' });
    call(bench);
    opened(bench, 'agent-call', 'self');
    answerAll(bench, { phone: '13800138000' });
    bench.act({ type: 'leave' });
    bench.clock.advance(60_000);
    bench.lay(ELDER);
    expect(bench.page()).toMatchObject({ kind: 'home', draft: { name: { zh: '高龄津贴' } } });
  });

  it('is not offered beside an agent, nor opened from their page', () => {
    const bench = benchHere();
    bench.act({ type: 'go', to: 'no-card' });
    signIn(bench);
    expect(call(bench)).toBeNull();
    bench.act({ type: 'go', to: 'agent' });
    expect(bench.act({ type: 'open-matter', matterId: 'old-age-allowance' }).ok).toBe(false);
  });
});
