/** Finding a matter by typing, with a card and without. */
import { describe, expect, it } from 'vitest';
import { projectCatalog } from '../../test/project-catalog.ts';
import { type Bench, createBench } from './testing/bench.ts';
import { ELDER } from './testing/people.ts';

function found(bench: Bench, words: string): readonly string[] {
  bench.act({ type: 'find', words });
  const page = bench.page();
  if (page.kind !== 'find') throw new Error(`find, not ${page.kind}`);
  expect(page.words).toBe(words);
  return page.tiles.map(({ matterId }) => matterId);
}

describe('finding a matter', () => {
  it('shows what fits while it is typed, opens it, and comes back to the same words', () => {
    const bench = createBench();
    bench.lay(ELDER);
    bench.act({ type: 'go', to: 'find' });
    expect(bench.page()).toEqual({ kind: 'find', words: '', tiles: [], guides: [] });
    expect(found(bench, 'gao')).toContain('old-age-allowance');
    expect(found(bench, '高零津贴')[0]).toBe('old-age-allowance');
    bench.act({ type: 'open-matter', matterId: 'old-age-allowance' });
    expect(bench.page().kind).toBe('matter');
    bench.act({ type: 'back' });
    expect(bench.page()).toMatchObject({ kind: 'find', words: '高零津贴' });
    bench.act({ type: 'back' });
    expect(bench.page().kind).toBe('home');
  });

  it('says of each, without a card, that it needs one', () => {
    const bench = createBench();
    bench.act({ type: 'go', to: 'no-card' });
    bench.act({ type: 'go', to: 'find' });
    found(bench, '高龄津贴');
    expect(bench.page()).toMatchObject({
      tiles: [{ matterId: 'old-age-allowance', availability: 'needs-card' }],
    });
  });

  it('keeps nothing of what was typed for whoever comes next', () => {
    const bench = createBench();
    bench.lay(ELDER);
    bench.act({ type: 'go', to: 'find' });
    found(bench, '低保');
    bench.act({ type: 'leave' });
    expect(JSON.stringify(bench.view())).not.toContain('低保');
    bench.clock.advance(60_000);
    bench.act({ type: 'go', to: 'no-card' });
    bench.act({ type: 'go', to: 'find' });
    expect(bench.page()).toMatchObject({ words: '' });
  });

  it('takes words on its own page alone', () => {
    const bench = createBench();
    bench.lay(ELDER);
    bench.act({ type: 'find', words: '津贴' });
    expect(bench.page().kind).toBe('home');
  });
});

describe('finding a matter by its category', () => {
  it('leads from home to all categories, to one of them, and back step by step', () => {
    const bench = createBench();
    bench.lay(ELDER);
    bench.act({ type: 'go', to: 'categories' });
    const page = bench.page();
    const ids = page.kind === 'categories' ? page.categories.map(({ id }) => id) : [];
    expect(ids).toContain('elders');
    expect(bench.act({ type: 'open-category', categoryId: 'elders' })).toEqual({ ok: true });
    expect(bench.page()).toMatchObject({ kind: 'category', name: { zh: '养老' } });
    bench.act({ type: 'back' });
    expect(bench.page()).toEqual(page);
    bench.act({ type: 'back' });
    expect(bench.page().kind).toBe('home');
  });

  it('is open to anyone, who is told which matters need a card', () => {
    const bench = createBench();
    bench.act({ type: 'go', to: 'no-card' });
    bench.act({ type: 'go', to: 'categories' });
    bench.act({ type: 'open-category', categoryId: 'elders' });
    const page = bench.page();
    const tiles = page.kind === 'category' ? page.tiles : [];
    expect(tiles.find(({ matterId }) => matterId === 'old-age-allowance')).toMatchObject({
      availability: 'needs-card',
    });
  });

  it('without a card leads to the categories where something needs none, that before the rest', () => {
    const bench = createBench();
    bench.world.catalog = projectCatalog();
    bench.act({ type: 'go', to: 'no-card' });
    bench.act({ type: 'go', to: 'categories' });
    const page = bench.page();
    const ids = page.kind === 'categories' ? page.categories.map(({ id }) => id) : [];
    expect(ids).toEqual(expect.arrayContaining(['bills', 'feedback', 'medical']));
    expect(ids).not.toContain('social-security');
    bench.act({ type: 'open-category', categoryId: 'medical' });
    const category = bench.page();
    const tiles = category.kind === 'category' ? category.tiles : [];
    const isOpen = tiles.map(({ availability }) => availability !== 'needs-card');
    expect(isOpen).toContain(true);
    expect(isOpen).toEqual([...isOpen].sort((a, b) => Number(b) - Number(a)));
  });

  it('of pages that offer few, none offers more than fit', () => {
    const bench = createBench();
    bench.world.catalog = projectCatalog();
    bench.act({ type: 'go', to: 'no-card' });
    expect(bench.page()).toMatchObject({ kind: 'no-card', tiles: { length: 4 } });
    bench.lay(ELDER);
    expect(bench.page()).toMatchObject({ kind: 'home', likely: { length: 4 } });
  });
});

describe('a private matter', () => {
  it('never stands on home, and is found by its whole name under its category and by typing', () => {
    const bench = createBench();
    bench.world.catalog = projectCatalog();
    bench.authority.refresh();
    bench.lay(ELDER);
    const home = bench.page();
    const likely = home.kind === 'home' ? home.likely.map(({ matterId }) => matterId) : [];
    expect(likely).toHaveLength(4);
    const isPrivate = new Set(projectCatalog().matters.flatMap((one) => (one.private ? [one.id] : [])));
    expect(isPrivate).toContain('old-age-allowance');
    expect(likely.filter((id) => isPrivate.has(id))).toEqual([]);
    const named = { matterId: 'old-age-allowance', name: { zh: '高龄津贴' }, availability: 'open' };
    bench.act({ type: 'open-category', categoryId: 'elders' });
    expect(bench.page()).toMatchObject({
      tiles: expect.arrayContaining([expect.objectContaining({ matterId: named.matterId })]),
    });
    bench.act({ type: 'back' });
    bench.act({ type: 'go', to: 'find' });
    bench.act({ type: 'find', words: '高龄津贴' });
    const found = bench.page();
    expect(found.kind === 'find' && found.tiles[0]).toMatchObject(named);
  });
});
