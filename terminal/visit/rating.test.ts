import { describe, expect, it } from 'vitest';
import { ratingContentSchema } from '../../sync/contents.ts';
import type { Progress } from '../keeper.ts';
import { signIn, withRegisteredAgent } from './testing/agents.ts';
import { type Bench, createBench } from './testing/bench.ts';
import { ALLOWANCE, ASSISTANCE, answerAll, opened } from './testing/fill-in.ts';
import { ELDER, NEIGHBOUR } from './testing/people.ts';
import { START_MS } from './testing/site.ts';

const DAY_MS = 86_400_000;

const settle = async () => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
};

function ended(status: Progress['status'], more: Partial<Progress> = {}): Progress {
  return { status, atMs: START_MS, words: null, provinceNumber: null, ...more };
}

function leave(bench: Bench): void {
  bench.act({ type: 'leave' });
  bench.clock.advance(60_000);
}

/** Ratings that were kept. */
function ratings(bench: Bench) {
  return bench.keeper
    .contents()
    .filter(({ kind }) => kind === 'rating')
    .map((content) => ratingContentSchema.parse(content));
}

/** A case of the elder's, about which this came down since; nobody is here. */
async function filed(
  progress: readonly Progress[],
  matterId: 'old-age-allowance' | 'temporary-assistance' = 'old-age-allowance',
): Promise<Bench> {
  const bench = createBench();
  bench.world.online = false;
  bench.lay(ELDER);
  opened(bench, matterId, 'self');
  answerAll(bench, matterId === 'old-age-allowance' ? ALLOWANCE : ASSISTANCE);
  expect(bench.act({ type: 'submit' })).toEqual({ ok: true });
  await settle();
  for (const one of progress) bench.keeper.bring(bench.keeper.firstCase(), one);
  leave(bench);
  return bench;
}

const home = (bench: Bench) => {
  const page = bench.page();
  if (page.kind !== 'home') throw new Error(`home, not ${page.kind}`);
  return page;
};

describe('a case that has ended', () => {
  it('is offered to be rated at its person’s next visit, without network too, and rated once', async () => {
    const bench = await filed([ended('finished')]);
    bench.lay(ELDER);
    expect(home(bench).rates).toBe(true);
    expect(bench.act({ type: 'open-rating' })).toEqual({ ok: true });
    expect(bench.page()).toMatchObject({ kind: 'rate-case', given: null, line: { stage: 'finished' } });
    expect(bench.act({ type: 'rate', grade: 2 })).toEqual({ ok: true });
    expect(bench.page()).toMatchObject({ kind: 'rate-case', given: 2 });
    expect(bench.act({ type: 'rate', grade: 5 }).ok).toBe(false);
    const { caseId } = bench.keeper.firstCase();
    expect(ratings(bench)).toMatchObject([{ caseId, grade: 2 }]);
    bench.act({ type: 'home' });
    expect(home(bench).rates).toBe(false);
    leave(bench);
    bench.lay(ELDER);
    expect(home(bench).rates).toBe(false);
    // It is no step of the case.
    bench.act({ type: 'go', to: 'my-cases' });
    expect(bench.page()).toMatchObject({ items: [{ stage: 'finished' }] });
  });

  it('is passed by one key, and not offered again', async () => {
    const bench = await filed([ended('refused')]);
    bench.lay(ELDER);
    bench.act({ type: 'open-rating' });
    expect(bench.act({ type: 'skip-rating' })).toEqual({ ok: true });
    expect(home(bench).rates).toBe(false);
    leave(bench);
    bench.lay(ELDER);
    expect(home(bench).rates).toBe(false);
    expect(ratings(bench)).toEqual([]);
  });

  it('is offered at one visit alone, whether or not it was looked at', async () => {
    const bench = await filed([ended('finished')]);
    bench.lay(ELDER);
    expect(home(bench).rates).toBe(true);
    leave(bench);
    bench.lay(ELDER);
    expect(home(bench).rates).toBe(false);
  });

  it('names a private matter neutrally', async () => {
    const bench = await filed([ended('finished')], 'temporary-assistance');
    bench.lay(ELDER);
    bench.act({ type: 'open-rating' });
    expect(bench.page()).toMatchObject({ line: { private: true, name: { zh: '一件事项' } } });
  });

  it.each([
    ['is under way', [ended('accepted')]],
    ['was taken back', [ended('withdrawn')]],
    ['was handed in twice', [ended('refused', { duplicate: { number: '1' } })]],
    ['ended long ago', [ended('finished', { atMs: START_MS - 200 * DAY_MS })]],
  ] as const)('is not offered where it %s', async (_why, progress) => {
    const bench = await filed(progress);
    bench.lay(ELDER);
    expect(home(bench).rates).toBe(false);
    expect(bench.act({ type: 'open-rating' }).ok).toBe(false);
  });

  it('is nobody else’s to rate', async () => {
    const bench = await filed([ended('finished')]);
    bench.lay(NEIGHBOUR);
    expect(home(bench).rates).toBe(false);
    expect(bench.act({ type: 'open-rating' }).ok).toBe(false);
  });

  it('is not offered again where it was rated at the end of the visit', async () => {
    const bench = createBench();
    bench.lay(ELDER);
    opened(bench, 'old-age-allowance', 'self');
    bench.world.online = false;
    answerAll(bench, ALLOWANCE);
    bench.act({ type: 'submit' });
    await settle();
    expect(bench.act({ type: 'rate', grade: 4 })).toEqual({ ok: true });
    bench.keeper.bring(bench.keeper.firstCase(), ended('finished'));
    leave(bench);
    bench.lay(ELDER);
    expect(home(bench).rates).toBe(false);
  });
});

describe('while an agent is here', () => {
  it('nothing is offered, a page that stood is gone, and the next visit alone is asked', async () => {
    const bench = withRegisteredAgent(await filed([ended('finished')]));
    bench.lay(ELDER);
    bench.act({ type: 'open-rating' });
    signIn(bench);
    expect(bench.page().kind).not.toBe('rate-case');
    expect(bench.act({ type: 'rate', grade: 5 }).ok).toBe(false);
    bench.act({ type: 'home' });
    expect(home(bench).rates).toBe(false);
    bench.act({ type: 'agent', command: { do: 'hand-back' } });
    bench.act({ type: 'home' });
    // Whoever helped may still stand there.
    expect(home(bench).rates).toBe(false);
    leave(bench);
    bench.lay(ELDER);
    expect(home(bench).rates).toBe(true);
    expect(ratings(bench)).toEqual([]);
  });
});
