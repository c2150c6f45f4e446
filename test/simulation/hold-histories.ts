import { describe, expect, it } from 'vitest';
import { historyOf, type Theme } from './history.ts';
import { runHistory } from './world.ts';

/** What `npm test` runs; many more come with `npm run simulate`. */
const SEEDS = Array.from({ length: 200 }, (_, index) => index + 1);
/** A machine that does much else at the same time still gets through the histories of one theme. */
const TIMEOUT_MS = 240_000;

/** Registers one test for each of these themes: its histories among the first seeds break no law. */
export function holdHistories(themes: readonly Theme[]): void {
  describe('histories', () => {
    it.each(themes)('of the theme "%s" break no law', { timeout: TIMEOUT_MS }, async (theme) => {
      for (const seed of SEEDS.filter((one) => historyOf(one).theme === theme)) {
        const { breaches } = await runHistory(historyOf(seed));
        expect(breaches, `npm run simulate -- --seeds 1 --from ${seed}`).toEqual([]);
      }
    });
  });
}
