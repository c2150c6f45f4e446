import { describe, expect, it } from 'vitest';
import { createLimiter } from './limiter.ts';

function limiterAt(burst: number, perMinute: number) {
  let nowMs = 0;
  const clock = { wallMs: () => 0, monoMs: () => nowMs, after: () => () => undefined };
  return { limiter: createLimiter(clock, { burst, perMinute }), pass: (ms: number) => (nowMs += ms) };
}

describe('a limiter', () => {
  it('lets a burst through, then as many as time gives back, and says how long to wait', () => {
    const { limiter, pass } = limiterAt(3, 6);
    expect([1, 2, 3].map(() => limiter.spend('a'))).toEqual([0, 0, 0]);
    expect(limiter.spend('a')).toBe(10);
    expect(limiter.spend('b')).toBe(0);
    pass(10_000);
    expect(limiter.spend('a')).toBe(0);
    expect(limiter.spend('a')).toBeGreaterThan(0);
  });

  it('gives back what turned out right, and never more than the burst', () => {
    const { limiter, pass } = limiterAt(2, 1);
    limiter.spend('a');
    limiter.forgive('a');
    limiter.forgive('a');
    pass(3_600_000);
    expect([1, 2].map(() => limiter.spend('a'))).toEqual([0, 0]);
    expect(limiter.spend('a')).toBe(60);
  });
});
