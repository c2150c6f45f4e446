import { describe, expect, it } from 'vitest';
import { historyOf, seedOf, THEME_NAMES } from './history.ts';
import { holdHistories } from './hold-histories.ts';
import { PLANTED } from './planted.ts';
import { shrink } from './shrink.ts';
import { runHistory } from './world.ts';

holdHistories(THEME_NAMES.slice(0, THEME_NAMES.length / 2));

describe('histories', () => {
  it('are the same for the same seed, and others for another', async () => {
    for (const theme of ['duplicate', 'everything'] as const) {
      const seed = seedOf(theme, 1);
      const [first, second] = [await runHistory(historyOf(seed)), await runHistory(historyOf(seed))];
      expect(second.trace).toEqual(first.trace);
      expect(second.traceHash).toBe(first.traceHash);
    }
    const [one, other] = [await runHistory(historyOf(1)), await runHistory(historyOf(16))];
    expect(one.traceHash).not.toBe(other.traceHash);
  });

  it('that break a law are shown by a shorter one, which without the bug breaks none', async () => {
    const [bug] = PLANTED.filter(({ name }) => name.includes('receipt'));
    const history = historyOf(seedOf('kill', 1));
    const shortest = await shrink(history, await runHistory(history, bug), bug);
    expect(shortest.history.steps.length).toBeLessThan(5);
    expect((await runHistory(shortest.history)).breaches).toEqual([]);
  });
});
