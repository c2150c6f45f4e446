import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAlarm } from './alarm.ts';
import { BACKOFF, createBackoff } from './backoff.ts';
import { createSetAside } from './set-aside.ts';
import { createHandClock } from './testing/hand-clock.ts';
import { createTimeKeeper, HELLO_BACK_MS } from './time.ts';

const MINUTE = 60_000;
const id = (byte: number) => new Uint8Array(16).fill(byte);

describe('the time keeper', () => {
  it('believes the wall, never below the floor, until it learned better', () => {
    const clock = createHandClock(1_000);
    const time = createTimeKeeper(clock, 5_000);
    expect(time.nowMs()).toBe(5_000);
    clock.setWallOffset(9_000);
    expect(time.nowMs()).toBe(9_000);
    expect(time.trusted()).toBe(false);
    expect(time.headerClock()).toEqual({ trusted: false, offsetMs: null, ageMs: null });
  });

  it('once it learned, goes on by monotonic time whatever the wall does', () => {
    const clock = createHandClock(0);
    const time = createTimeKeeper(clock, 0);
    clock.step(200);
    expect(time.learn({ issuedAtMs: 1_000_000, sentMonoMs: 0, receivedMonoMs: 200 })).toBe(true);
    expect(time.nowMs()).toBe(1_000_100);
    clock.setWallOffset(-500_000_000);
    clock.step(60_200);
    expect(time.nowMs()).toBe(1_060_100);
    expect(time.headerClock()).toEqual({ trusted: true, offsetMs: 999_900, ageMs: 60_000 });
  });

  it('learns nothing from a hello that took over 10 s', () => {
    const clock = createHandClock(0);
    const time = createTimeKeeper(clock, 0);
    clock.step(HELLO_BACK_MS + 1);
    const late = { issuedAtMs: 1_000_000, sentMonoMs: 0, receivedMonoMs: HELLO_BACK_MS + 1 };
    expect(time.learn(late)).toBe(false);
    expect(time.trusted()).toBe(false);
    expect(time.learn({ ...late, sentMonoMs: 1 })).toBe(true);
  });

  it('never lets the floor go back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0 })), (signed) => {
        const time = createTimeKeeper(createHandClock(0), 7);
        for (const issuedAtMs of signed) {
          const before = time.floorMs();
          expect(time.raiseFloor(issuedAtMs)).toBe(issuedAtMs > before);
          expect(time.floorMs()).toBe(Math.max(before, issuedAtMs));
          expect(time.nowMs()).toBeGreaterThanOrEqual(time.floorMs());
        }
      }),
    );
  });
});

describe('the back-off', () => {
  it('doubles with jitter, up to its cap and never above, and starts anew', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 4, maxLength: 4 }),
        fc.integer({ min: 1, max: 80 }),
        (dice, times) => {
          const backoff = createBackoff({ bytes: () => dice });
          for (let turn = 0; turn < times; turn++) {
            const ceiling = Math.min(BACKOFF.capMs, BACKOFF.baseMs * 2 ** turn);
            const waitMs = backoff.fail();
            expect(waitMs).toBeGreaterThanOrEqual(Math.floor(ceiling / 2));
            expect(waitMs).toBeLessThanOrEqual(ceiling);
          }
          expect(backoff.failures()).toBe(times);
          backoff.reset();
          expect(backoff.fail()).toBeLessThanOrEqual(BACKOFF.baseMs);
        },
      ),
    );
  });

  it('waits as long as it is asked to, within the cap', () => {
    const backoff = createBackoff({ bytes: () => new Uint8Array(4) });
    expect(backoff.fail(90_000)).toBe(90_000);
    expect(backoff.fail(86_400_000)).toBe(BACKOFF.capMs);
  });
});

describe('an alarm', () => {
  it('ends by time or by ringing, once, and leaves no timer behind', async () => {
    const clock = createHandClock(0);
    const alarm = createAlarm(clock);
    const ends: string[] = [];
    const waited = alarm.wait(100).then(() => ends.push('first'));
    alarm.ring();
    await waited;
    expect(clock.step(1_000)).toBe(false);
    const second = alarm.wait(100).then(() => ends.push('second'));
    clock.step(2_000);
    await second;
    alarm.ring();
    await alarm.wait(1_000_000);
    expect(ends).toEqual(['first', 'second']);
  });
});

describe('what is set aside', () => {
  it('comes back after 1, 2, 4 … minutes, at most 15', () => {
    const clock = createHandClock(0);
    const aside = createSetAside(clock);
    for (const minutes of [1, 2, 4, 8, 15, 15]) {
      aside.again(id(1));
      expect(aside.isSetAside(id(1))).toBe(true);
      expect(aside.isSetAside(id(2))).toBe(false);
      expect(aside.findNextInMs()).toBe(minutes * MINUTE);
      clock.step(clock.monoMs() + minutes * MINUTE);
      expect(aside.isSetAside(id(1))).toBe(false);
      expect(aside.findNextInMs()).toBeUndefined();
    }
    aside.forget(id(1));
    aside.again(id(1));
    expect(aside.findNextInMs()).toBe(MINUTE);
    aside.clear();
    expect(aside.isSetAside(id(1))).toBe(false);
  });
});
