import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, findDateStartMs } from '../../base/calendar.ts';
import { validityOf } from './validity.ts';

/** A moment of a day in China. */
const at = (day: string, hour = 12) => (findDateStartMs(day) ?? 0) + hour * 3_600_000;
const time = (now: string, trusted: boolean, floor = '2020-01-01', hour = 12) => ({
  nowMs: () => at(now, hour),
  trusted: () => trusted,
  floorMs: () => at(floor),
});
const CARD = { validFrom: '2020-05-01', validTo: '2030-05-01' };

describe('by a trusted clock', () => {
  it.each([
    ['2020-04-30', 'not-yet-valid'],
    ['2020-05-01', 'valid'],
    ['2025-01-01', 'valid'],
    ['2030-05-01', 'valid'],
    ['2030-05-02', 'expired'],
  ])('on %s a card of 2020-05-01 to 2030-05-01 is %s', (now, validity) => {
    expect(validityOf(CARD, time(now, true))).toBe(validity);
  });

  it('the day is China’s, from its first moment to its last', () => {
    expect(validityOf(CARD, time('2020-05-01', true, '2020-01-01', 0))).toBe('valid');
    expect(validityOf(CARD, time('2020-04-30', true, '2020-01-01', 23.99))).toBe('not-yet-valid');
    expect(validityOf(CARD, time('2030-05-01', true, '2020-01-01', 23.99))).toBe('valid');
    expect(validityOf(CARD, time('2030-05-02', true, '2020-01-01', 0))).toBe('expired');
  });
});

describe('by an untrusted clock', () => {
  it('nothing is decided, however wrong it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 20_000 }), (days) => {
        expect(validityOf(CARD, time(addDays('2025-01-01', days), false))).toBe('valid');
      }),
    );
  });

  it('the floor alone says that a last day is over', () => {
    expect(validityOf(CARD, time('2025-01-01', false, '2030-05-01'))).toBe('valid');
    expect(validityOf(CARD, time('2025-01-01', false, '2030-05-02'))).toBe('expired');
  });

  it('the floor never says that a first day is still to come', () => {
    expect(validityOf(CARD, time('2019-01-01', false, '2019-01-01'))).toBe('valid');
  });
});

it('a card for good is never over, and has a first day', () => {
  const forGood = { validFrom: '2020-05-01', validTo: 'long-term' as const };
  expect(validityOf(forGood, time('2999-01-01', true))).toBe('valid');
  expect(validityOf(forGood, time('2020-04-30', true))).toBe('not-yet-valid');
});

it('dates that cannot be read are held against nobody', () => {
  for (const date of [null, '2030-02-30', 'soon'])
    expect(validityOf({ validFrom: date, validTo: date }, time('2040-01-01', true))).toBe('valid');
});
