/** Finding a matter by typing, with a card and without. */
import { describe, expect, it } from 'vitest';
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
    expect(bench.page()).toEqual({ kind: 'find', words: '', tiles: [] });
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
