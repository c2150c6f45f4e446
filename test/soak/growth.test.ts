import { expect, test } from 'vitest';
import {
  growths,
  MEASURE_NAMES,
  MEASURES,
  type MeasureName,
  type Sample,
  slopeOf,
  tableOf,
} from './growth.ts';

/** Samples in which one measure grows as told, and the others stand. */
function series(
  grows: MeasureName,
  valueAt: (visits: number) => number,
  pidAt = (_visits: number) => 1,
): Sample[] {
  return Array.from({ length: 20 }, (_, at) => {
    const visits = (at + 1) * 50;
    const values = Object.fromEntries(
      MEASURE_NAMES.map((name) => [name, name === grows ? valueAt(visits) : 100]),
    ) as Sample['values'];
    return { visits, pid: pidAt(visits), values };
  });
}
const unbounded = (samples: readonly Sample[]) =>
  growths(samples).flatMap(({ measure, isBounded }) => (isBounded ? [] : [measure]));

test('a straight line has its slope', () => {
  expect(
    slopeOf([
      [1, 3],
      [2, 5],
      [3, 7],
    ]),
  ).toBeCloseTo(2);
});

test.each(MEASURE_NAMES)(
  '%s that grows by more a visit than it may is told, and at the bound it is not',
  (name) => {
    const { maxPerVisit } = MEASURES[name];
    expect(unbounded(series(name, (visits) => visits * maxPerVisit * 1.1))).toEqual([name]);
    expect(unbounded(series(name, (visits) => visits * maxPerVisit * 0.9))).toEqual([]);
  },
);

test('what settles in the first half is no growth, and what begins in the second is', () => {
  expect(unbounded(series('heap', (visits) => Math.min(visits, 480) * 100))).toEqual([]);
  expect(unbounded(series('heap', (visits) => Math.max(0, visits - 520) * 100))).toEqual(['heap']);
});

test('a saw that is emptied again and again is no growth', () => {
  expect(unbounded(series('log', (visits) => (visits % 150) * 3))).toEqual([]);
});

test('what a process holds is compared within its own life', () => {
  const reborn = (visits: number) => (visits < 700 ? 1 : 2);
  expect(unbounded(series('heap', (visits) => (visits < 700 ? 10 : 90_000), reborn))).toEqual([]);
  expect(() =>
    growths(
      series(
        'heap',
        () => 1,
        (visits) => visits,
      ),
    ),
  ).toThrow('samples of heap');
});

test('the table says which bound was not kept', () => {
  const table = tableOf(growths(series('mirror', (visits) => visits * 1_000)));
  expect(table.split('\n').filter((line) => line.includes('**no**'))).toHaveLength(1);
  expect(table).toContain('second copy');
});
