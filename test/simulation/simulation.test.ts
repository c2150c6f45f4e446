import { describe, expect, it } from 'vitest';
import { historyOf, THEME_NAMES, type Theme } from './history.ts';
import { PLANTED } from './planted.ts';
import { shrink } from './shrink.ts';
import { runHistory } from './world.ts';

const SEEDS = Array.from({ length: 50 }, (_, index) => index + 1);
/** A planted bug is found within so many histories of its theme. */
const HISTORIES = 12;

/** The `n`th seed of a theme. */
function seedOf(theme: Theme, n: number): number {
  return THEME_NAMES.indexOf(theme) + n * THEME_NAMES.length;
}

describe('histories', () => {
  it.each(THEME_NAMES)('of the theme "%s" break no law', async (theme) => {
    for (const seed of SEEDS.filter((one) => historyOf(one).theme === theme)) {
      const { breaches } = await runHistory(historyOf(seed));
      expect(breaches, `npm run simulate -- --seeds 1 --from ${seed}`).toEqual([]);
    }
  });

  it('are the same for the same seed, and others for another', async () => {
    for (const theme of ['kill', 'duplicate', 'everything'] as const) {
      const seed = seedOf(theme, 1);
      const [first, second] = [await runHistory(historyOf(seed)), await runHistory(historyOf(seed))];
      expect(second.trace).toEqual(first.trace);
      expect(second.traceHash).toBe(first.traceHash);
    }
    const [one, other] = [await runHistory(historyOf(1)), await runHistory(historyOf(11))];
    expect(one.traceHash).not.toBe(other.traceHash);
  });
});

describe('a planted bug', () => {
  it.each(PLANTED.map((bug) => [bug.name, bug] as const))('that %s is found', async (_name, bug) => {
    for (let n = 0; n < HISTORIES; n++) {
      const { breaches } = await runHistory(historyOf(seedOf(bug.foundIn, n)), bug);
      if (breaches.some(({ law }) => law === bug.breaks)) return;
    }
    expect.unreachable(`no history breaks ${bug.breaks}`);
  });

  it('is shown by a shorter history, which a history without it does not break', async () => {
    const [bug] = PLANTED.filter(({ name }) => name.includes('receipt'));
    const history = historyOf(seedOf('kill', 1));
    const shortest = await shrink(history, await runHistory(history, bug), bug);
    expect(shortest.history.steps.length).toBeLessThan(5);
    expect((await runHistory(shortest.history)).breaches).toEqual([]);
  });
});
