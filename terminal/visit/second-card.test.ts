import { describe, expect, it } from 'vitest';
import type { Bench } from './testing/bench.ts';
import { createBench } from './testing/bench.ts';
import { ALLOWANCE, answerAll, opened } from './testing/fill-in.ts';
import { ELDER, NEIGHBOUR, readOf, SPECIMEN } from './testing/people.ts';
import { TIMEOUTS } from './timeouts.ts';

/** The elder, half-way through the allowance. */
function halfWay(): Bench {
  const bench = createBench();
  bench.lay(ELDER);
  opened(bench, 'old-age-allowance', 'self');
  answerAll(bench, { 'pay-to': 'social-card', lives: 'as-on-card' });
  expect(bench.page()).toMatchObject({ kind: 'question', question: { id: 'phone' } });
  return bench;
}

const nothingOf = (bench: Bench) => {
  const shown = JSON.stringify(bench.view());
  for (const word of ['欧阳', ELDER.number, '高龄', 'social-card']) expect(shown).not.toContain(word);
};

describe('a second card', () => {
  it('blanks the page at once and asks', () => {
    const bench = halfWay();
    bench.lay(NEIGHBOUR);
    expect(bench.page()).toEqual({ kind: 'second-card', phase: 'ask', secondsLeft: null });
    expect(bench.view().holder).toBeNull();
    nothingOf(bench);
  });

  it('lets the next person begin, and keeps the first one a draft', () => {
    const bench = halfWay();
    bench.lay(NEIGHBOUR);
    expect(bench.act({ type: 'second-card', choice: 'next-person' })).toEqual({ ok: true });
    expect(bench.page()).toMatchObject({
      kind: 'home',
      greeting: { address: { zh: '俞女士' } },
      draft: null,
    });
    expect(bench.forgotten()).toBe(1);
    expect(bench.keeper.openMemories()).toBe(1);
    bench.act({ type: 'leave' });
    bench.lay(ELDER);
    expect(bench.page()).toMatchObject({ kind: 'home', draft: { name: { zh: '高龄津贴' }, step: 3 } });
  });

  it('goes on for the first person only with the first card', () => {
    const bench = halfWay();
    bench.lay(NEIGHBOUR);
    bench.act({ type: 'second-card', choice: 'still-me' });
    expect(bench.page()).toEqual({ kind: 'second-card', phase: 'lay-first-card', secondsLeft: null });
    bench.lay(SPECIMEN);
    expect(bench.page()).toEqual({ kind: 'second-card', phase: 'not-first-card', secondsLeft: null });
    nothingOf(bench);
    bench.lay(ELDER);
    expect(bench.page()).toMatchObject({ kind: 'question', question: { id: 'phone' } });
    answerAll(bench, ALLOWANCE);
    expect(bench.page()).toMatchObject({ kind: 'check' });
  });

  it('goes on at once when the first card is laid instead of an answer', () => {
    const bench = halfWay();
    bench.lay(NEIGHBOUR);
    bench.lay(ELDER);
    expect(bench.page()).toMatchObject({ kind: 'question', question: { id: 'phone' } });
  });

  it('ends the first visit when nobody answers, and forgets the second card', () => {
    const bench = halfWay();
    bench.lay(NEIGHBOUR);
    bench.clock.advance(TIMEOUTS.secondCardMs);
    expect(bench.page()).toEqual({ kind: 'goodbye', takeCard: true, takeSlip: false, takePaper: false });
    bench.clock.advance(TIMEOUTS.goodbyeMs);
    expect(bench.page()).toMatchObject({ kind: 'attract' });
    expect(bench.keeper.openMemories()).toBe(0);
  });

  it('does not begin a visit with a card nobody chose to go on with', () => {
    const bench = halfWay();
    bench.lay(NEIGHBOUR);
    bench.act({ type: 'second-card', choice: 'still-me' });
    expect(bench.act({ type: 'second-card', choice: 'next-person' })).toEqual({ ok: true });
    expect(bench.page()).toMatchObject({ kind: 'goodbye' });
  });

  it('allows nothing else meanwhile', () => {
    const bench = halfWay();
    bench.lay(NEIGHBOUR);
    for (const type of ['home', 'back', 'submit', 'print-slip', 'not-me', 'resume-draft'] as const)
      expect(bench.act({ type })).toMatchObject({ ok: false, error: { code: 'not-here' } });
    expect(bench.page()).toEqual({ kind: 'second-card', phase: 'ask', secondsLeft: null });
    bench.act({ type: 'leave' });
    expect(bench.page()).toMatchObject({ kind: 'goodbye' });
  });

  it('is no answer to a question for a card while the page asks whether somebody is there', () => {
    const bench = createBench();
    bench.lay(NEIGHBOUR);
    opened(bench, 'old-age-allowance', 'family');
    bench.clock.advance(TIMEOUTS.idleMs);
    expect(bench.page()).toMatchObject({ kind: 'still-there' });
    bench.lay(ELDER);
    expect(bench.page()).toEqual({ kind: 'second-card', phase: 'ask', secondsLeft: null });
  });

  it('is told by its photo too: the same number on another chip is another card', () => {
    const bench = halfWay();
    const photo = readOf(NEIGHBOUR).photo;
    bench.authority.readerSaid({ type: 'identity', read: readOf(ELDER, { photo }) });
    expect(bench.page()).toEqual({ kind: 'second-card', phase: 'ask', secondsLeft: null });
  });
});

describe('the first card again', () => {
  it('blanks nothing and keeps the visit going', () => {
    const bench = halfWay();
    bench.clock.advance(TIMEOUTS.idleMs - 1);
    bench.lay(ELDER);
    bench.clock.advance(TIMEOUTS.idleMs - 1);
    expect(bench.page()).toMatchObject({ kind: 'question', question: { id: 'phone' } });
  });

  it('is known by its read too, also by that of the newest laying', () => {
    const bench = createBench();
    const [first, again] = [readOf(ELDER), readOf(ELDER)];
    bench.authority.readerSaid({ type: 'identity', read: first });
    bench.authority.readerSaid({ type: 'still-here', readId: first.readId });
    expect(bench.page()).toMatchObject({ kind: 'home' });
    bench.authority.readerSaid({ type: 'identity', read: again });
    bench.authority.readerSaid({ type: 'still-here', readId: again.readId });
    expect(bench.page()).toMatchObject({ kind: 'home' });
  });

  it('of a visit that is over opens nothing: the card has to be laid again', () => {
    const bench = createBench();
    const read = readOf(ELDER);
    bench.authority.readerSaid({ type: 'identity', read });
    bench.act({ type: 'leave' });
    bench.authority.readerSaid({ type: 'still-here', readId: read.readId });
    expect(bench.page()).toMatchObject({ kind: 'attract', trouble: 'lay-again' });
    expect(bench.forgotten()).toBe(2);
  });
});

describe('a card where nobody is known', () => {
  it('begins a visit and drops what an unknown visitor had in hand', () => {
    const bench = createBench();
    opened(bench, 'problem-report', 'open');
    answerAll(bench, { what: 'lamp', village: '330624108201', place: '桥头' });
    bench.lay(NEIGHBOUR);
    expect(bench.page()).toMatchObject({ kind: 'home', draft: null });
    expect(JSON.stringify(bench.view())).not.toContain('桥头');
  });

  it('shows trouble with a card in the lobby, and says nothing of it on a page that waits for none', () => {
    const bench = createBench();
    bench.authority.readerSaid({ type: 'trouble', trouble: 'wrong-card' });
    expect(bench.page()).toMatchObject({ kind: 'attract', trouble: 'wrong-card' });
    bench.lay(NEIGHBOUR);
    bench.authority.readerSaid({ type: 'trouble', trouble: 'unreadable' });
    expect(bench.page()).toMatchObject({ kind: 'home' });
    opened(bench, 'old-age-allowance', 'family');
    bench.authority.readerSaid({ type: 'reading' });
    expect(bench.page()).toMatchObject({ personCard: { state: 'reading' } });
    bench.authority.readerSaid({ type: 'trouble', trouble: 'unreadable' });
    expect(bench.page()).toMatchObject({ personCard: { state: 'trouble' } });
    bench.lay(ELDER);
    expect(bench.page()).toMatchObject({ personCard: { state: 'read', name: '欧阳*' } });
    bench.world.devices = { ...bench.world.devices, reader: 'down' };
    expect(bench.page()).toMatchObject({ personCard: { state: 'read' } });
    bench.act({ type: 'home' });
    opened(bench, 'old-age-allowance', 'family');
    expect(bench.page()).toMatchObject({ personCard: { state: 'trouble', name: null } });
  });
});
