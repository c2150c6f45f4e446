/** What is offered, and when a machine may change over. */
import { describe, expect, it } from 'vitest';
import { encodeContent } from '../../sync/content-coding.ts';
import { isInHours, offerOf } from './offers.ts';

const HOURS = { days: [1, 2, 3, 4, 5], fromMinute: 90, toMinute: 300 };
const offer = (version: number) =>
  encodeContent({ schema: 1, kind: 'software.offer', channel: 'pilot', version, hours: HOURS });
const NONE = encodeContent({ schema: 1, kind: 'software.none' });

describe('what is offered', () => {
  it('is what was said last', () => {
    expect(offerOf([])).toBeNull();
    expect(offerOf([offer(2), offer(3)])?.version).toBe(3);
    expect(offerOf([offer(2), NONE])).toBeNull();
    expect(offerOf([offer(2), NONE, offer(2)])?.version).toBe(2);
  });

  it('is nothing that is no offer', () => {
    const backwards = { days: [1], fromMinute: 300, toMinute: 90 };
    const wrong = encodeContent({
      schema: 1,
      kind: 'software.offer',
      channel: 'pilot',
      version: 2,
      hours: backwards,
    });
    expect(offerOf([wrong, new Uint8Array([1])])).toBeNull();
  });
});

it.each([
  ['a Monday at half past one at night, in China', Date.UTC(2026, 10, 22, 17, 30), true],
  ['a minute before', Date.UTC(2026, 10, 22, 17, 29), false],
  ['the last minute', Date.UTC(2026, 10, 22, 20, 59), true],
  ['the minute after', Date.UTC(2026, 10, 22, 21, 0), false],
  ['a Sunday', Date.UTC(2026, 10, 21, 18, 0), false],
  ['a Friday', Date.UTC(2026, 10, 26, 18, 0), true],
  ['a Saturday', Date.UTC(2026, 10, 27, 18, 0), false],
] as const)('knows the hours: %s', (_name, nowMs, expected) => {
  expect(isInHours(HOURS, nowMs)).toBe(expected);
});
