import { describe, expect, it } from 'vitest';
import { createBench } from './testing/bench.ts';
import { opened } from './testing/fill-in.ts';
import { ELDER, NEIGHBOUR, readOf, SPECIMEN } from './testing/people.ts';
import { TIMEOUTS } from './timeouts.ts';

const isOverwritten = (photo: Uint8Array) => photo.every((byte) => byte === 0);

describe('what is held of people', () => {
  it('is overwritten when the visit ends: the key, the photos of every card, also of one that only asked', () => {
    const bench = createBench();
    const [first, elder, third] = [readOf(NEIGHBOUR), readOf(ELDER), readOf(SPECIMEN)];
    bench.authority.readerSaid({ type: 'identity', read: first });
    opened(bench, 'old-age-allowance', 'family');
    bench.authority.readerSaid({ type: 'identity', read: elder });
    bench.act({ type: 'answer', questionId: 'elder-card', value: null });
    bench.authority.readerSaid({ type: 'identity', read: third });
    expect(bench.page()).toMatchObject({ kind: 'second-card' });
    expect([first, elder, third].some(({ photo }) => isOverwritten(photo))).toBe(false);
    bench.act({ type: 'leave' });
    expect([first, elder, third].every(({ photo }) => isOverwritten(photo))).toBe(true);
    expect(bench.keeper.openMemories()).toBe(0);
    expect(bench.forgotten()).toBe(1);
  });

  it('is overwritten as soon as it is not needed: the same card again, another where it was asked for again', () => {
    const bench = createBench();
    bench.lay(ELDER);
    const again = readOf(ELDER);
    bench.authority.readerSaid({ type: 'identity', read: again });
    expect(isOverwritten(again.photo)).toBe(true);
    expect(bench.page()).toMatchObject({ kind: 'home' });
    // The first read's photo still stands: the card is known again by it.
    bench.lay(ELDER);
    expect(bench.page()).toMatchObject({ kind: 'home' });
  });

  it('is overwritten when a matter is set down or its card is laid by somebody else', () => {
    const bench = createBench();
    bench.lay(NEIGHBOUR);
    opened(bench, 'old-age-allowance', 'family');
    const [wrong, right] = [readOf(SPECIMEN), readOf(ELDER)];
    bench.authority.readerSaid({ type: 'identity', read: wrong });
    bench.authority.readerSaid({ type: 'identity', read: right });
    expect(isOverwritten(wrong.photo)).toBe(true);
    expect(isOverwritten(right.photo)).toBe(false);
    bench.act({ type: 'home' });
    expect(isOverwritten(right.photo)).toBe(true);
  });

  it('is not even opened while the machine is out of service', () => {
    const bench = createBench();
    bench.world.service = 'not-enrolled';
    bench.authority.refresh();
    const read = readOf(ELDER);
    bench.authority.readerSaid({ type: 'identity', read });
    expect(isOverwritten(read.photo)).toBe(true);
    expect(bench.forgotten()).toBe(1);
  });
});

describe('leaving', () => {
  it('reminds of the card always, whichever way the visit ends', () => {
    const bench = createBench();
    bench.lay(NEIGHBOUR);
    bench.act({ type: 'leave' });
    expect(bench.page()).toEqual({ kind: 'goodbye', takeCard: true, takeSlip: false, takePaper: false });
    bench.lay(NEIGHBOUR);
    bench.clock.advance(TIMEOUTS.idleMs + TIMEOUTS.stillThereMs);
    expect(bench.page()).toEqual({ kind: 'goodbye', takeCard: true, takeSlip: false, takePaper: false });
  });

  it('goes straight back to the start for somebody who laid none', () => {
    const bench = createBench();
    bench.act({ type: 'go', to: 'emergency' });
    expect(bench.page()).toMatchObject({
      kind: 'emergency',
      numbers: expect.arrayContaining([expect.anything()]),
    });
    bench.act({ type: 'leave' });
    expect(bench.page()).toMatchObject({ kind: 'attract' });
    bench.act({ type: 'go', to: 'guides' });
    bench.act({ type: 'open-guide', guideId: 'lost-id-card' });
    expect(bench.page()).toMatchObject({ kind: 'guide' });
    bench.act({ type: 'back' });
    bench.act({ type: 'back' });
    expect(bench.page()).toMatchObject({ kind: 'attract' });
  });

  it('says goodbye in the language of the visit, and invites the next person in Chinese', () => {
    const bench = createBench();
    bench.lay(ELDER);
    bench.act({ type: 'language', language: 'en' });
    bench.act({ type: 'leave' });
    expect(bench.view()).toMatchObject({ language: 'en', page: { kind: 'goodbye' } });
    bench.clock.advance(TIMEOUTS.goodbyeMs);
    expect(bench.view()).toMatchObject({ language: 'zh', page: { kind: 'attract' } });
  });

  it('is one tap from a goodbye, from the question whether somebody is there, and from the next card', () => {
    const bench = createBench();
    bench.lay(NEIGHBOUR);
    bench.clock.advance(TIMEOUTS.idleMs);
    expect(bench.page()).toEqual({ kind: 'still-there', secondsLeft: 20 });
    expect(bench.view().holder).toBeNull();
    bench.act({ type: 'leave' });
    bench.act({ type: 'leave' });
    expect(bench.page()).toMatchObject({ kind: 'attract' });
    bench.lay(ELDER);
    expect(bench.page()).toMatchObject({ kind: 'home', greeting: { address: { zh: '欧阳先生' } } });
  });
});

describe('help', () => {
  it('is taken on any page of a matter, and leads back into it', () => {
    const bench = createBench();
    bench.lay(ELDER);
    opened(bench, 'old-age-allowance', 'self');
    bench.act({ type: 'answer', questionId: 'pay-to', value: 'passbook' });
    for (const to of ['agent', 'emergency', 'guides'] as const) bench.act({ type: 'go', to });
    for (const _page of [1, 2, 3]) bench.act({ type: 'back' });
    expect(bench.page()).toMatchObject({ kind: 'question', step: 2 });
    bench.act({ type: 'back' });
    expect(bench.page()).toMatchObject({ kind: 'question', step: 1, value: 'passbook' });
    bench.act({ type: 'back' });
    expect(bench.page()).toMatchObject({ kind: 'matter' });
    bench.act({ type: 'start', basis: 'self' });
    expect(bench.page()).toMatchObject({ kind: 'question', step: 2 });
    bench.act({ type: 'back' });
    bench.act({ type: 'back' });
    expect(bench.page()).toMatchObject({ kind: 'home', draft: { step: 2 } });
  });
});
