import { expect, test } from 'vitest';
import { meaningOf, STATUS_MEANINGS } from './status.ts';

/** domain.md A.5, with what the villager or the maintainer is told. */
const TABLE = [
  [0x10, 'resend'],
  [0x11, 'resend'],
  [0x21, 'restart'],
  [0x23, 'unfit not-authorised'],
  [0x24, 'restart'],
  [0x31, 'trouble lay-again'],
  [0x32, 'trouble unreadable'],
  [0x33, 'trouble unreadable'],
  [0x40, 'trouble wrong-card'],
  [0x41, 'trouble lay-again'],
  [0x47, 'restart'],
  [0x60, 'unfit self-test-failed'],
  [0x66, 'unfit not-authorised'],
  [0x80, 'no-card'],
  [0x81, 'trouble lay-again'],
  [0x90, 'success'],
  [0x91, 'no-item'],
  [0x9f, 'card-found'],
] as const;

test.each(TABLE)('status %i is "%s"', (sw3, expected) => {
  expect(Object.values(meaningOf(sw3)).join(' ')).toBe(expected);
});

test('no other status is known, and any other begins the sequence anew', () => {
  expect([...STATUS_MEANINGS.keys()].sort((a, b) => a - b)).toEqual(TABLE.map(([sw3]) => sw3));
  expect(meaningOf(0x05)).toEqual({ kind: 'restart' });
});
