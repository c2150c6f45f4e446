import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../screen-settings.ts';
import { type Bench, createBench } from './testing/bench.ts';
import { ELDER, NEIGHBOUR } from './testing/people.ts';
import { TIMEOUTS } from './timeouts.ts';

const LARGE = { ...DEFAULT_SETTINGS, textSize: 'large' } as const;
const setLarge = (bench: Bench) => bench.act({ type: 'set', change: { textSize: 'large' } });

describe('how the screen is set', () => {
  it('changes what is named and leaves the rest, and no page, no answer, nothing on disk', () => {
    const bench = createBench();
    bench.lay(ELDER);
    bench.act({ type: 'open-matter', matterId: 'problem-report' });
    const before = bench.page();
    expect(setLarge(bench)).toEqual({ ok: true });
    expect(bench.view().settings).toEqual(LARGE);
    bench.act({ type: 'set', change: { contrast: 'high', voice: 'on' } });
    expect(bench.view().settings).toEqual({ ...LARGE, contrast: 'high', voice: 'on' });
    expect(bench.page()).toEqual(before);
    expect(bench.keeper.contents()).toEqual([]);
  });

  it('stays for the whole visit and its goodbye, and begins anew with the next', () => {
    const bench = createBench();
    bench.lay(ELDER);
    setLarge(bench);
    bench.act({ type: 'go', to: 'agent' });
    bench.act({ type: 'home' });
    expect(bench.view().settings).toEqual(LARGE);
    bench.act({ type: 'leave' });
    expect(bench.view()).toMatchObject({ settings: LARGE, page: { kind: 'goodbye' } });
    bench.clock.advance(TIMEOUTS.goodbyeMs);
    expect(bench.view()).toMatchObject({ settings: DEFAULT_SETTINGS, page: { kind: 'attract' } });
  });

  it('is chosen before a visit too and goes along into it, with a card or without one, then with one', () => {
    const bench = createBench();
    setLarge(bench);
    bench.lay(ELDER);
    bench.clock.advance(TIMEOUTS.lobbyLanguageMs - 1);
    bench.act({ type: 'touch' });
    bench.clock.advance(2);
    expect(bench.view()).toMatchObject({ settings: LARGE, page: { kind: 'home' } });
    bench.act({ type: 'leave' });
    bench.act({ type: 'touch' });
    setLarge(bench);
    bench.act({ type: 'go', to: 'no-card' });
    bench.clock.advance(TIMEOUTS.lobbyLanguageMs - 1);
    bench.act({ type: 'touch' });
    bench.clock.advance(2);
    expect(bench.view()).toMatchObject({ settings: LARGE, page: { kind: 'no-card' } });
    bench.lay(ELDER);
    expect(bench.view()).toMatchObject({ settings: LARGE, page: { kind: 'home' } });
  });

  it('lapses after a while when nobody comes', () => {
    const bench = createBench();
    setLarge(bench);
    expect(bench.view().settings).toEqual(LARGE);
    bench.clock.advance(TIMEOUTS.lobbyLanguageMs);
    expect(bench.view().settings).toEqual(DEFAULT_SETTINGS);
  });

  it('is not handed to the next person, and can be changed while it is asked who is here', () => {
    const bench = createBench();
    bench.lay(ELDER);
    setLarge(bench);
    bench.lay(NEIGHBOUR);
    expect(bench.act({ type: 'set', change: { contrast: 'high' } })).toEqual({ ok: true });
    expect(bench.view()).toMatchObject({
      settings: { ...LARGE, contrast: 'high' },
      page: { kind: 'second-card', phase: 'ask' },
    });
    bench.act({ type: 'second-card', choice: 'next-person' });
    expect(bench.view()).toMatchObject({ settings: DEFAULT_SETTINGS, page: { kind: 'home' } });
  });

  it('counts as a touch, at the question whether somebody is there too', () => {
    const bench = createBench();
    bench.lay(ELDER);
    bench.clock.advance(TIMEOUTS.idleMs);
    expect(bench.page()).toMatchObject({ kind: 'still-there' });
    setLarge(bench);
    expect(bench.view()).toMatchObject({ settings: LARGE, page: { kind: 'home' } });
  });

  it('can be changed where the machine is out of service, and not on the page of goodbye', () => {
    const bench = createBench();
    bench.lay(ELDER);
    bench.act({ type: 'leave' });
    expect(setLarge(bench)).toMatchObject({ ok: false, error: { code: 'not-here' } });
    bench.world.service = 'store';
    bench.authority.refresh();
    expect(setLarge(bench)).toEqual({ ok: true });
    expect(bench.view()).toMatchObject({ settings: LARGE, page: { kind: 'out-of-service' } });
  });
});
