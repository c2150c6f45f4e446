/** The maintainer's page of the catalog: theirs alone, and asked for on its own page alone. */
import { describe, expect, it } from 'vitest';
import { createUpkeepBench } from './testing/upkeep-bench.ts';

describe('the page of the catalog', () => {
  it('says what is in use, and takes a look at the county or at a stick that is there', () => {
    const bench = createUpkeepBench();
    const asked: (string | null)[] = [];
    let isLooking = false;
    const { catalog } = bench.program;
    bench.program.catalog = {
      ...catalog,
      looking: () => isLooking,
      look(stick) {
        if (isLooking || !catalog.look(stick)) return false;
        asked.push(stick);
        isLooking = true;
        return true;
      },
    };
    bench.signIn('maintainer');
    bench.ask({ do: 'go', to: 'catalog' });
    expect(bench.page()).toMatchObject({ kind: 'catalog', number: null, matters: 7, sticks: ['KINGSTON'] });
    expect(bench.ask({ do: 'look-for-catalog', stick: 'gone' }).ok).toBe(false);
    expect(bench.ask({ do: 'look-for-catalog', stick: 'KINGSTON' })).toEqual({ ok: true });
    expect(bench.page()).toMatchObject({ looking: true });
    expect(bench.ask({ do: 'look-for-catalog', stick: null }).ok).toBe(false);
    isLooking = false;
    bench.clock.advance(1_000);
    expect(bench.page()).toMatchObject({ looking: false });
    expect(bench.ask({ do: 'look-for-catalog', stick: null })).toEqual({ ok: true });
    expect(asked).toEqual(['KINGSTON', null]);
    expect(bench.ask({ do: 'catalog-back' }).ok).toBe(false);
  });

  it('counts what shared data saved, by data set, and says nothing of anybody', () => {
    const bench = createUpkeepBench();
    bench.signIn('maintainer');
    bench.ask({ do: 'go', to: 'catalog' });
    expect(bench.page()).toMatchObject({ saved: [] });
    bench.keeper.upkeep.addSaved({ dataSet: 'gone-since', questions: 1, papers: 0 });
    for (const questions of [2, 3])
      bench.keeper.upkeep.addSaved({ dataSet: 'household', questions, papers: 1 });
    expect(bench.page()).toMatchObject({
      saved: [
        { name: { zh: '户籍' }, times: 2, questions: 5, papers: 2 },
        { name: { zh: 'gone-since' }, times: 1, questions: 1, papers: 0 },
      ],
    });
  });

  it('is no caretaker’s', () => {
    const bench = createUpkeepBench();
    bench.signIn('caretaker');
    bench.ask({ do: 'go', to: 'devices' });
    expect(bench.ask({ do: 'go', to: 'catalog' }).ok).toBe(false);
    expect(bench.ask({ do: 'look-for-catalog', stick: null }).ok).toBe(false);
  });
});
