/** Pages of guidance: those for everybody, by category, and one of them. */
import type { Category, GuidePage, Matter } from '../../catalog/schema.ts';
import type { Page } from '../api.ts';
import type { Desk } from './desk.ts';
import type { Spot } from './visit.ts';

type PageOf<K extends Page['kind']> = Extract<Page, { kind: K }>;

/** What everybody should know, and every category that has guides. */
export function guidesPage(desk: Desk): PageOf<'guides'> {
  const { categories, matters } = desk.catalog();
  const counted = categories.map(({ id, name }) => ({ id, name, count: guidesIn(id, matters).length }));
  return {
    kind: 'guides',
    items: matters.filter(isForEverybody).flatMap(({ guide }) => guide.map(titled)),
    categories: counted.filter(({ count }) => count > 0),
  };
}

/** The guides of one category, or of a matter that is nothing but guides. */
export function findGuideList(
  { of, id }: Extract<Spot, { at: 'guide-list' }>,
  desk: Desk,
): PageOf<'guide-list'> | undefined {
  const { categories, matters } = desk.catalog();
  if (of === 'matter') {
    const matter = matters.find((one) => one.id === id);
    return matter && { kind: 'guide-list', name: matter.name.short, items: matter.guide.map(titled) };
  }
  const category: Category | undefined = categories.find((one) => one.id === id);
  return category && { kind: 'guide-list', name: category.name, items: guidesIn(id, matters).map(titled) };
}

/** One guide. */
export function findGuidePage(guideId: string, desk: Desk): PageOf<'guide'> | undefined {
  const guide = desk.catalog().guides.find(({ id }) => id === guideId);
  return guide && { kind: 'guide', title: guide.title, body: [...guide.body] };
}

/** Where the tile of a matter that is nothing but guides leads. */
export function guidesSpot(matter: Matter): Spot {
  return isForEverybody(matter) ? { at: 'guides' } : { at: 'guide-list', of: 'matter', id: matter.id };
}

/** Guides that are likely for anybody stand first, before the categories. */
function isForEverybody({ source, likely }: Matter): boolean {
  return source === 'guides' && likely !== undefined;
}

function guidesIn(categoryId: string, matters: readonly Matter[]): readonly GuidePage[] {
  const order = ({ likely, no }: Matter) => [likely?.order ?? Number.MAX_SAFE_INTEGER, no] as const;
  return matters
    .filter(({ category }) => category === categoryId)
    .map((matter) => ({ matter, at: order(matter) }))
    .sort((a, b) => a.at[0] - b.at[0] || a.at[1] - b.at[1])
    .flatMap(({ matter }) => matter.guide);
}

function titled({ id, title }: GuidePage) {
  return { id, title };
}
