import { describe, expect, it } from 'vitest';
import type { Page } from '../api.ts';
import { type Bench, createBench } from './testing/bench.ts';
import { foundAnswer } from './testing/fake-queries.ts';
import { ALLOWANCE, answerAll, opened } from './testing/fill-in.ts';
import { ELDER, NEIGHBOUR } from './testing/people.ts';
import { WHOLE_CATALOG } from './testing/site.ts';

const PUBLIC = 'senior-card';
const THERE = foundAnswer([{ day: '2026-06-03', place: '安山村', status: 'accepted' }]);

function matter(bench: Bench): Extract<Page, { kind: 'matter' }> {
  const page = bench.page();
  if (page.kind !== 'matter') throw new Error(`matter, not ${page.kind}`);
  return page;
}

/** The page of a matter, with the elder's card laid. */
function at(matterId: string, change: (bench: Bench) => void = () => undefined): Bench {
  const bench = createBench();
  bench.world.catalog = WHOLE_CATALOG;
  change(bench);
  bench.lay(ELDER);
  const { category } = WHOLE_CATALOG.matters.find(({ id }) => id === matterId)!;
  bench.act({ type: 'open-category', categoryId: category });
  bench.act({ type: 'open-matter', matterId });
  return bench;
}

function offline(bench: Bench): void {
  bench.world.online = false;
}

describe('the same at another machine', () => {
  it('is said on the page of the matter when the county answers, and keeps nobody from going on', async () => {
    const bench = at(PUBLIC);
    expect(matter(bench).elsewhere).toBeNull();
    expect(bench.queries.elsewhereAskedOf).toEqual([PUBLIC]);
    await bench.queries.answerElsewhere(THERE);
    expect(matter(bench).elsewhere).toEqual({ day: '2026-06-03', place: '安山村', stage: 'accepted' });
    expect(matter(bench).blocked).toBeNull();
    expect(bench.act({ type: 'start', basis: 'self' }).ok).toBe(true);
  });

  it('is forgotten with its page, and told to nobody else', async () => {
    const bench = at(PUBLIC);
    await bench.queries.answerElsewhere(THERE);
    bench.act({ type: 'leave' });
    bench.clock.advance(60_000);
    bench.lay(NEIGHBOUR);
    bench.act({
      type: 'open-category',
      categoryId: WHOLE_CATALOG.matters.find(({ id }) => id === PUBLIC)!.category,
    });
    bench.act({ type: 'open-matter', matterId: PUBLIC });
    expect(matter(bench).elsewhere).toBeNull();
    expect(bench.queries.elsewhereAskedOf).toHaveLength(2);
  });

  it('that answers after its page was left, is let go of', async () => {
    const bench = at(PUBLIC);
    bench.act({ type: 'home' });
    await bench.queries.answerElsewhere(THERE);
    expect(bench.page().kind).toBe('home');
  });

  it.each([
    ['without network', PUBLIC, offline],
    ['of a private matter', 'temporary-assistance', () => undefined],
  ] as const)('is not asked %s', (_when, matterId, change) => {
    expect(at(matterId, change).queries.elsewhereAskedOf).toEqual([]);
  });

  it('is not asked where this machine has one', async () => {
    const bench = createBench();
    bench.lay(ELDER);
    opened(bench, 'old-age-allowance', 'self');
    bench.world.online = false;
    answerAll(bench, ALLOWANCE);
    bench.act({ type: 'submit' });
    bench.act({ type: 'home' });
    bench.world.online = true;
    const asked = bench.queries.elsewhereAskedOf.length;
    bench.act({ type: 'open-matter', matterId: 'old-age-allowance' });
    expect(bench.queries.elsewhereAskedOf).toHaveLength(asked);
  });

  it('that makes no sense is as if nothing was said', async () => {
    const bench = at(PUBLIC);
    await bench.queries.answerElsewhere(foundAnswer([{ day: 'today', place: '安山村', status: 'accepted' }]));
    expect(matter(bench).elsewhere).toBeNull();
  });
});
