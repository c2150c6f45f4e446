/** Time is given: to who reads slowly, to a hand that trembles, to who listens; and as often as anybody asks. */
import { expect, it } from 'vitest';
import { type Bench, createBench } from './testing/bench.ts';
import { opened } from './testing/fill-in.ts';
import { ELDER } from './testing/people.ts';
import { TIMEOUTS } from './timeouts.ts';

function begun(change: Parameters<typeof setOf>[1] = {}): Bench {
  const bench = createBench();
  bench.lay(ELDER);
  opened(bench, 'old-age-allowance', 'self');
  setOf(bench, change);
  return bench;
}

function setOf(bench: Bench, change: { voice?: 'on'; voiceSpeed?: 'slow'; touch?: 'steady' }): void {
  bench.act({ type: 'set', change });
}

/** How long the page shown stands untouched before it is asked whether somebody is there. */
function standsMs(bench: Bench): number {
  let waitedMs = 0;
  while (bench.page().kind !== 'still-there') {
    bench.clock.advance(500);
    waitedMs += 500;
    if (waitedMs > 600_000) throw new Error('it never asks');
  }
  return waitedMs;
}

it('a hand that trembles has as long again, whoever listens the length of what is said, slower longer', () => {
  const plain = standsMs(begun());
  expect(plain).toBe(TIMEOUTS.idleMs);
  expect(standsMs(begun({ touch: 'steady' }))).toBe(2 * TIMEOUTS.idleMs);
  const listening = standsMs(begun({ voice: 'on' }));
  const slowly = standsMs(begun({ voice: 'on', voiceSpeed: 'slow' }));
  expect(listening).toBeGreaterThan(plain + 10_000);
  expect(slowly).toBeGreaterThan(listening);
  expect(standsMs(begun({ voice: 'on', touch: 'steady' }))).toBe(listening + TIMEOUTS.idleMs);
});

it('a headphone that is in is listening too', () => {
  const bench = begun();
  bench.world.devices = { ...bench.world.devices, audioJack: true };
  bench.act({ type: 'touch' });
  expect(standsMs(bench)).toBe(standsMs(begun({ voice: 'on' })));
});

it('a long page has longer, and even the longest asks at last', () => {
  const bench = createBench();
  bench.act({ type: 'go', to: 'emergency' });
  const short = standsMs(bench);
  bench.act({ type: 'touch' });
  setOf(bench, { voice: 'on', voiceSpeed: 'slow' });
  const long = standsMs(bench);
  expect(long).toBeGreaterThan(short);
  expect(long).toBeLessThanOrEqual(TIMEOUTS.idleMs + 180_000);
});

it('goes on as often as somebody says so, and nothing that was typed is lost', () => {
  const bench = begun();
  const page = bench.page();
  if (page.kind !== 'question') throw new Error(page.kind);
  bench.act({ type: 'typing', questionId: page.question.id, value: 'social-card' });
  for (let again = 0; again < 200; again += 1) {
    bench.clock.advance(TIMEOUTS.idleMs + TIMEOUTS.stillThereMs - 1_000);
    expect(bench.page()).toMatchObject({ kind: 'still-there' });
    expect(bench.act({ type: 'touch' })).toEqual({ ok: true });
    expect(bench.page()).toMatchObject({ kind: 'question', value: 'social-card' });
  }
});

it('how long somebody needs leaves with them', () => {
  const bench = begun({ touch: 'steady', voice: 'on' });
  bench.act({ type: 'leave' });
  bench.clock.advance(TIMEOUTS.goodbyeMs);
  bench.lay(ELDER);
  opened(bench, 'village-banquet', 'self');
  expect(standsMs(bench)).toBe(TIMEOUTS.idleMs);
});

it('the last page is heard to its end by whoever was read to, and stands no longer for others', () => {
  for (const [settings, extraMs] of [
    [{ voice: 'on' }, TIMEOUTS.goodbyeExtraMs],
    [{}, 0],
  ] as const) {
    const bench = begun(settings);
    bench.act({ type: 'leave' });
    expect(bench.page()).toMatchObject({ kind: 'goodbye' });
    bench.clock.advance(TIMEOUTS.goodbyeMs + extraMs - 1);
    expect(bench.page()).toMatchObject({ kind: 'goodbye' });
    bench.clock.advance(1);
    expect(bench.page()).toMatchObject({ kind: 'attract' });
  }
});
