/** A card whose holder the platform wants to see in person: it ends at people, in words that hurt nobody. */
import { expect, it } from 'vitest';
import type { Progress } from '../keeper.ts';
import { type Bench, createBench } from './testing/bench.ts';
import { ALLOWANCE, answerAll, opened, REPORT } from './testing/fill-in.ts';
import { ELDER, NEIGHBOUR } from './testing/people.ts';
import { TIMEOUTS } from './timeouts.ts';

const word = (atMs: number, atCounter?: boolean): Progress => ({
  ...{ status: 'accepted', atMs, words: '请到镇便民中心核对身份', provinceNumber: null },
  ...(atCounter === undefined ? {} : { atCounter }),
});

/** Somebody who filed a case, without network: it is held, whatever is the matter with their card. */
function filed(): Bench {
  const bench = createBench();
  bench.world.online = false;
  bench.lay(ELDER);
  opened(bench, 'old-age-allowance', 'self');
  answerAll(bench, ALLOWANCE);
  bench.act({ type: 'submit' });
  expect(bench.page()).toMatchObject({ kind: 'kept', delivered: false });
  comeAgain(bench);
  return bench;
}

function comeAgain(bench: Bench): void {
  bench.act({ type: 'leave' });
  bench.clock.advance(TIMEOUTS.goodbyeMs);
  bench.lay(ELDER);
}

it('ends at the counter and opens what needs no card alone; says nothing of why', () => {
  const bench = filed();
  expect(bench.page().kind).toBe('home');
  bench.keeper.bring(bench.keeper.firstCase(), word(1_000, true));
  comeAgain(bench);
  expect(bench.page()).toMatchObject({ kind: 'card-not-valid', why: 'at-counter', date: null });
  expect(JSON.stringify(bench.view())).not.toMatch(/死|挂失|注销|冒用|lost|dead|cancel/);
  expect(bench.keeper.openMemories()).toBe(0);
  expect(bench.act({ type: 'go', to: 'my-cases' })).toMatchObject({ ok: false });
  bench.act({ type: 'go', to: 'find' });
  bench.act({ type: 'find', words: '高龄津贴' });
  bench.act({ type: 'open-matter', matterId: 'old-age-allowance' });
  expect(bench.page()).toMatchObject({ blocked: { code: 'needs-card' } });
  expect(bench.act({ type: 'start', basis: 'self' })).toMatchObject({ ok: false });
  bench.act({ type: 'home' });
  opened(bench, 'problem-report', 'open');
  answerAll(bench, REPORT);
  expect(bench.act({ type: 'submit' })).toEqual({ ok: true });
});

it('is lifted by the platform’s later word, in whatever order the words came down', () => {
  for (const words of [
    [word(1_000, true), word(2_000, false)],
    [word(2_000, false), word(1_000, true)],
    [word(1_000, true), word(2_000, false), word(3_000)],
  ]) {
    const bench = filed();
    for (const one of words) bench.keeper.bring(bench.keeper.firstCase(), one);
    comeAgain(bench);
    expect(bench.page().kind).toBe('home');
  }
  const bench = filed();
  for (const one of [word(2_000, true), word(1_000, false), word(3_000)])
    bench.keeper.bring(bench.keeper.firstCase(), one);
  comeAgain(bench);
  expect(bench.page()).toMatchObject({ why: 'at-counter' });
});

it('is said of that card alone', () => {
  const bench = filed();
  bench.keeper.bring(bench.keeper.firstCase(), word(1_000, true));
  bench.act({ type: 'leave' });
  bench.clock.advance(TIMEOUTS.goodbyeMs);
  bench.lay(NEIGHBOUR);
  expect(bench.page().kind).toBe('home');
});
