import { expect, it } from 'vitest';
import { isSigned } from './strokes.ts';

it('a touch, or a short slip of the finger, is no signature', () => {
  expect(isSigned([])).toBe(false);
  expect(isSigned([[{ x: 0.5, y: 0.5 }]])).toBe(false);
  expect(
    isSigned([
      [
        { x: 0.5, y: 0.5 },
        { x: 0.55, y: 0.5 },
      ],
    ]),
  ).toBe(false);
});

it('strokes that go far enough together are one', () => {
  expect(
    isSigned([
      [
        { x: 0.1, y: 0.5 },
        { x: 0.3, y: 0.5 },
      ],
    ]),
  ).toBe(true);
  const dash = (x: number) => [
    { x, y: 0.5 },
    { x: x + 0.06, y: 0.5 },
  ];
  expect(isSigned([dash(0.1), dash(0.3), dash(0.5)])).toBe(true);
});
