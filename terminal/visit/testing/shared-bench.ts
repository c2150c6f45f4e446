/** What tests of shared data have in common: a bench with every matter, a way to agree, and what stands in contents. */
import { expect } from 'vitest';
import { parseMatter } from '../../../catalog/parse.ts';
import type { Matter } from '../../../catalog/schema.ts';
import { sampleMatterData } from '../../../catalog/testing/sample-matter.ts';
import { type Page, viewSchema } from '../../api.ts';
import { type Bench, createBench } from './bench.ts';
import { settle } from './fake-queries.ts';
import { opened } from './fill-in.ts';
import { WHOLE_CATALOG } from './site.ts';

/** A matter of sample data with these changes; throws where it is not sound. */
export function soundMatter(changes: Readonly<Record<string, unknown>>): Matter {
  const parsed = parseMatter(sampleMatterData(changes), 'bench-repair.yaml');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}
/** Somebody's employer, as the state keeps it. */
export const SECRET = '样例县示例轴承厂';
type PageOf<K extends Page['kind']> = Extract<Page, { kind: K }>;

/** A bench with every matter of the project, or with these. */
export function bigBench(matters: readonly Matter[] = WHOLE_CATALOG.matters): Bench {
  const bench = createBench();
  bench.world.catalog = { ...WHOLE_CATALOG, matters };
  bench.authority.refresh();
  return bench;
}

/** Opens a matter by typing its name, as people do who have no tile of it. */
export function start(bench: Bench, matterId: string, basis: 'self' | 'family' | 'open' = 'self') {
  bench.act({ type: 'go', to: 'find' });
  return opened(bench, matterId, basis);
}

/** The page shown, which must be of this kind. */
export function pageAs<K extends Page['kind']>(bench: Bench, kind: K): PageOf<K> {
  const page = viewSchema.parse(bench.view()).page;
  expect(page.kind).toBe(kind);
  return page as PageOf<K>;
}

/** Agrees, and lets the platform hold the consent and the question go out. */
export async function agree(bench: Bench): Promise<void> {
  expect(bench.act({ type: 'consent', agree: true })).toEqual({ ok: true });
  bench.keeper.deliverAll();
  await settle();
}

/** The kinds of all that was kept, in order. */
export const kinds = (bench: Bench) => bench.keeper.contents().map(({ kind }) => kind);
