/** Guides, hundreds of them: what everybody should know, the rest by category, and found by typing. */
import { expect, it } from 'vitest';
import { projectCatalog } from '../../test/project-catalog.ts';
import type { Page } from '../api.ts';
import { type Bench, createBench } from './testing/bench.ts';

const CATALOG = projectCatalog();

function atNoCard(): Bench {
  const bench = createBench();
  bench.world.catalog = CATALOG;
  bench.act({ type: 'go', to: 'no-card' });
  return bench;
}

function page<K extends Page['kind']>(bench: Bench, kind: K): Extract<Page, { kind: K }> {
  const shown = bench.page();
  if (shown.kind !== kind) throw new Error(`expected ${kind}, not ${shown.kind}`);
  return shown as Extract<Page, { kind: K }>;
}

it('stand by category, each of them once, behind what everybody should know', () => {
  const bench = atNoCard();
  bench.act({ type: 'go', to: 'guides' });
  const { items, categories } = page(bench, 'guides');
  expect(items.map(({ id }) => id)).toContain('how-guides');
  expect(items.length).toBeLessThanOrEqual(6);
  const listed = categories.flatMap(({ id, count }) => {
    expect(bench.act({ type: 'open-guides', categoryId: id })).toEqual({ ok: true });
    const list = page(bench, 'guide-list').items;
    expect(list).toHaveLength(count);
    bench.act({ type: 'back' });
    return list.map((one) => one.id);
  });
  expect(listed.toSorted()).toEqual(CATALOG.guides.map(({ id }) => id).toSorted());
});

it('open from the list of a category, and lead back to it', () => {
  const bench = atNoCard();
  bench.act({ type: 'go', to: 'guides' });
  expect(bench.act({ type: 'open-guides', categoryId: 'nothing' })).toMatchObject({ ok: false });
  bench.act({ type: 'open-guides', categoryId: 'elders' });
  const [first] = page(bench, 'guide-list').items;
  bench.act({ type: 'open-guide', guideId: first?.id ?? '' });
  expect(page(bench, 'guide').title).toEqual(first?.title);
  bench.act({ type: 'back' });
  expect(bench.page()).toMatchObject({ kind: 'guide-list', name: { zh: '养老' } });
});

it('of a matter that is nothing but guides open from its tile', () => {
  const bench = atNoCard();
  bench.act({ type: 'go', to: 'categories' });
  bench.act({ type: 'open-category', categoryId: 'law' });
  bench.act({ type: 'open-matter', matterId: 'suing-guide' });
  const matter = CATALOG.matters.find(({ id }) => id === 'suing-guide');
  expect(page(bench, 'guide-list')).toMatchObject({
    name: matter?.name.short,
    items: matter?.guide.map(({ id }) => ({ id })),
  });
});

it('are found by typing, beside matters, and never instead of the best of them', () => {
  const bench = atNoCard();
  bench.act({ type: 'go', to: 'find' });
  bench.act({ type: 'find', words: '骗子' });
  expect(page(bench, 'find').guides.map(({ title }) => title.zh)).toContain('谨防骗子');
  bench.act({ type: 'open-guide', guideId: page(bench, 'find').guides[0]?.id ?? '' });
  expect(bench.page().kind).toBe('guide');
  bench.act({ type: 'back' });
  expect(page(bench, 'find').words).toBe('骗子');
  bench.act({ type: 'find', words: '高龄津贴' });
  const { tiles, guides } = page(bench, 'find');
  expect(tiles[0]?.matterId).toBe('old-age-allowance');
  expect(guides.length).toBeGreaterThan(0);
  expect(tiles.length + guides.length).toBeLessThanOrEqual(4);
});

it('have a key of their own on the first page and without a card, so that no tile need be theirs', () => {
  const bench = createBench();
  bench.world.catalog = CATALOG;
  bench.authority.refresh();
  const guides = new Set(CATALOG.matters.flatMap(({ id, source }) => (source === 'guides' ? [id] : [])));
  const { tiles } = page(bench, 'attract');
  expect(tiles).toHaveLength(2);
  expect(tiles.filter(({ matterId }) => guides.has(matterId))).toEqual([]);
  expect(bench.act({ type: 'go', to: 'guides' })).toEqual({ ok: true });
  expect(page(bench, 'guides').items.length).toBeGreaterThan(0);
});
