import { expect, test } from 'vitest';
import { findScreenBeat } from './screen-beat.ts';

const BEAT = { frames: 3, isVisible: true, heapBytes: 1_000, isVacant: false };

test('a beat is taken as it was said, and nothing beside it', () => {
  expect(findScreenBeat({ ...BEAT, name: '张桂兰' })).toEqual(BEAT);
  expect(findScreenBeat({ ...BEAT, heapBytes: null })).toEqual({ ...BEAT, heapBytes: null });
});

test.each([
  null,
  'beat',
  {},
  { ...BEAT, frames: -1 },
  { ...BEAT, frames: 1.5 },
  { ...BEAT, isVisible: 'yes' },
  { ...BEAT, isVacant: undefined },
  { ...BEAT, heapBytes: Number.NaN },
])('%j is none', (said) => {
  expect(findScreenBeat(said)).toBeUndefined();
});
