import { expect } from 'vitest';
import type { Page } from '../../api.ts';
import type { Progress } from '../../keeper.ts';
import { type Bench, createBench } from './bench.ts';
import { ALLOWANCE, ASSISTANCE, answerAll, opened } from './fill-in.ts';
import { ELDER } from './people.ts';
import type { WatchedKeeper } from './watched-keeper.ts';

/** When the desk of {@link asks} asked. */
export const ASKED_MS = 2_000;
/** A question that a desk may ask again. */
export const PHONE = { of: 'question', id: 'phone', label: { zh: '电话', en: 'Phone' } };
/** A paper that a desk may ask for. */
export const BOOK = { of: 'material', id: 'household-book', label: { zh: '户口本', en: 'Household book' } };

/** Lets what was begun end. */
export const settle = async () => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
};

/** The page that stands, which must be of this kind. */
export function page<K extends Page['kind']>(bench: Bench, kind: K): Extract<Page, { kind: K }> {
  const shown = bench.page();
  if (shown.kind !== kind) throw new Error(`expected ${kind}, not ${shown.kind}`);
  return shown as Extract<Page, { kind: K }>;
}

/** One step of a case, as it comes down. */
export function step(status: Progress['status'], more: Partial<Progress> = {}): Progress {
  return { status, atMs: 1_000, words: null, provinceNumber: null, ...more };
}

/** The step by which a desk asks for these. */
export function asks(...items: readonly (typeof PHONE)[]): Progress {
  const ask = { items: [...items], by: '2026-06-26', note: '要本年度的' };
  return step('supplement', { atMs: ASKED_MS, words: '请补', ask });
}

/** The elder back with one filed case, about which this came down, on its page. */
export async function withCase(
  progress: readonly Progress[],
  matterId: 'old-age-allowance' | 'temporary-assistance' = 'old-age-allowance',
): Promise<Bench> {
  const bench = createBench();
  // Without network nothing is looked up that would be asked.
  bench.world.online = false;
  bench.lay(ELDER);
  opened(bench, matterId, 'self');
  answerAll(bench, matterId === 'old-age-allowance' ? ALLOWANCE : ASSISTANCE);
  expect(bench.act({ type: 'submit' })).toEqual({ ok: true });
  await settle();
  bench.world.online = true;
  const filed = bench.keeper.firstCase();
  for (const one of progress) bench.keeper.bring(filed, one);
  bench.act({ type: 'leave' });
  bench.clock.advance(60_000);
  bench.lay(ELDER);
  return bench;
}

/** Opens it. */
export function openCase(bench: Bench): Extract<Page, { kind: 'case' }> {
  if (bench.page().kind === 'home') bench.act({ type: 'go', to: 'my-cases' });
  const line = page(bench, 'my-cases').items[0];
  bench.act({ type: 'open-case', ref: line?.ref ?? '' });
  if (bench.page().kind === 'prove-again') bench.lay(ELDER);
  return page(bench, 'case');
}

/** What was kept of this kind. */
export function kept(keeper: WatchedKeeper, kind: string) {
  return keeper.contents().filter((content) => content.kind === kind);
}
