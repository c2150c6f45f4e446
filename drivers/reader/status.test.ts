import { expect, test } from 'vitest';
import { findHex, toHex } from '../../base/bytes.ts';
import { encodeAnswer, parseAnswer } from './commands.ts';
import { FrameReader } from './sam-frame.ts';
import { meaningOf, STATUS_MEANINGS } from './status.ts';

/** domain.md A.5: each status, its whole frame, and what the villager or the maintainer is told. */
const TABLE = [
  [0x10, 'AAAAAA9669 0004 0000 10 14', 'resend'],
  [0x11, 'AAAAAA9669 0004 0000 11 15', 'resend'],
  [0x21, 'AAAAAA9669 0004 0000 21 25', 'restart'],
  [0x23, 'AAAAAA9669 0004 0000 23 27', 'unfit not-authorised'],
  [0x24, 'AAAAAA9669 0004 0000 24 20', 'restart'],
  [0x31, 'AAAAAA9669 0004 0000 31 35', 'trouble lay-again'],
  [0x32, 'AAAAAA9669 0004 0000 32 36', 'trouble unreadable'],
  [0x33, 'AAAAAA9669 0004 0000 33 37', 'trouble unreadable'],
  [0x40, 'AAAAAA9669 0004 0000 40 44', 'trouble wrong-card'],
  [0x41, 'AAAAAA9669 0004 0000 41 45', 'trouble lay-again'],
  [0x47, 'AAAAAA9669 0004 0000 47 43', 'restart'],
  [0x60, 'AAAAAA9669 0004 0000 60 64', 'unfit self-test-failed'],
  [0x66, 'AAAAAA9669 0004 0000 66 62', 'unfit not-authorised'],
  [0x80, 'AAAAAA9669 0004 0000 80 84', 'no-card'],
  [0x81, 'AAAAAA9669 0004 0000 81 85', 'trouble lay-again'],
  [0x90, 'AAAAAA9669 0004 0000 90 94', 'success'],
  [0x91, 'AAAAAA9669 0004 0000 91 95', 'no-item'],
  [0x9f, 'AAAAAA9669 0004 0000 9F 9B', 'card-found'],
] as const;

test.each(TABLE)('status %i, %s, is "%s"', (sw3, frame, expected) => {
  expect(Object.values(meaningOf(sw3)).join(' ')).toBe(expected);
  const bytes = findHex(frame.replaceAll(' ', '')) ?? new Uint8Array(0);
  expect(toHex(encodeAnswer(sw3))).toBe(toHex(bytes));
  const [event] = new FrameReader(3).push(bytes);
  expect(event?.type === 'frame' && parseAnswer(event.payload)).toMatchObject({ sw1: 0, sw2: 0, sw3 });
});

test('no other status is known, and any other begins the sequence anew', () => {
  expect([...STATUS_MEANINGS.keys()].sort((a, b) => a - b)).toEqual(TABLE.map(([sw3]) => sw3));
  expect(meaningOf(0x05)).toEqual({ kind: 'restart' });
});

test('the card’s own words before a status change nothing of what it means', () => {
  // SW1 SW2 69 82, as a card refuses; the check covers them.
  const [event] = new FrameReader(3).push(findHex('aaaaaa96690004698231de') ?? new Uint8Array(0));
  expect(event?.type === 'frame' && parseAnswer(event.payload)).toMatchObject({
    sw1: 0x69,
    sw2: 0x82,
    sw3: 0x31,
  });
});
