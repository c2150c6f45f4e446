import { expect, it } from 'vitest';
import { IDLE_VISITS, WITHIN_MS } from './idle-visits.ts';
import { type Bench, createBench } from './testing/bench.ts';
import { ALLOWANCE, answerAll, opened } from './testing/fill-in.ts';
import { ELDER, NEIGHBOUR } from './testing/people.ts';
import { TIMEOUTS } from './timeouts.ts';

const goodbye = (bench: Bench) => {
  bench.act({ type: 'leave' });
  bench.clock.advance(TIMEOUTS.goodbyeMs);
};

function comeAndGo(bench: Bench, times: number): void {
  for (let time = 0; time < times; time += 1) {
    bench.lay(time % 2 === 0 ? ELDER : NEIGHBOUR);
    goodbye(bench);
  }
}

const offers = (bench: Bench) => {
  const page = bench.page();
  return page.kind === 'attract' && page.offersHelp;
};

it('offers somebody who goes through it after three visits that came to nothing, with a card or without; locks nobody out', () => {
  const bench = createBench();
  comeAndGo(bench, IDLE_VISITS - 1);
  expect(offers(bench)).toBe(false);
  bench.act({ type: 'go', to: 'no-card' });
  goodbye(bench);
  expect(offers(bench)).toBe(true);
  bench.lay(ELDER);
  expect(bench.page().kind).toBe('home');
});

it('forgets by itself, with nobody touching it, and tells the screen', () => {
  const bench = createBench();
  comeAndGo(bench, IDLE_VISITS);
  let told = 0;
  bench.onChange(() => {
    told += 1;
  });
  bench.clock.advance(WITHIN_MS);
  expect([offers(bench), told > 0]).toEqual([false, true]);
});

it('a visit that came to something begins the count anew', () => {
  const bench = createBench();
  comeAndGo(bench, IDLE_VISITS - 1);
  bench.lay(ELDER);
  opened(bench, 'old-age-allowance', 'self');
  answerAll(bench, ALLOWANCE);
  bench.act({ type: 'submit' });
  goodbye(bench);
  comeAndGo(bench, IDLE_VISITS - 1);
  expect(offers(bench)).toBe(false);
});

it('somebody who stays away too long between is not in a row', () => {
  const bench = createBench();
  comeAndGo(bench, IDLE_VISITS - 1);
  bench.clock.advance(WITHIN_MS);
  comeAndGo(bench, 1);
  expect(offers(bench)).toBe(false);
});
