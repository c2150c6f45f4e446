/** What is flagged depends on which cases there are alone, and is what one counting by hand would flag. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findDateStartMs } from '../../base/calendar.ts';
import { judgeMarks, type Mark, nightOf, periodOf } from './judge.ts';
import { PATTERN_NAMES, patternOf } from './patterns.ts';

const START_MS = findDateStartMs('2026-03-10')!;
const HOUR_MS = 3_600_000;

it.each(PATTERN_NAMES.filter((name) => !('usual' in patternOf(name))))(
  '%s: every case of a window with too many different ones, in any order',
  (name) => {
    const pattern = patternOf(name);
    const times = fc.integer({ min: 0, max: pattern.windowMs * 3 }).map((ms) => START_MS + ms);
    const some = fc.array(fc.record({ atMs: times, other: fc.integer({ min: 0, max: pattern.most + 4 }) }), {
      maxLength: (pattern.most + 1) * 4,
    });
    fc.assert(
      fc.property(some, (made) => {
        const marks = made.map(
          ({ atMs, other }, i): Mark => ({ atMs, other: String(other), entry: String(i) }),
        );
        const byHand = marks.filter((mark) =>
          marks.some((first) => {
            const within = (one: Mark) => one.atMs >= first.atMs && one.atMs - first.atMs < pattern.windowMs;
            return (
              within(mark) && new Set(marks.filter(within).map(({ other }) => other)).size > pattern.most
            );
          }),
        );
        const span = { fromMs: START_MS, toMs: START_MS };
        const { flagged } = judgeMarks(pattern, marks, span);
        expect([...flagged].sort()).toEqual(byHand.map(({ entry }) => entry).sort());
        const turned = judgeMarks(pattern, [...marks].reverse(), span).flagged;
        expect([...turned].sort()).toEqual([...flagged].sort());
      }),
      { numRuns: 40 },
    );
  },
);

it('a night is one, before and after midnight in China', () => {
  expect(nightOf(START_MS + 23 * HOUR_MS)).toBe('2026-03-11');
  expect(nightOf(START_MS + 28 * HOUR_MS)).toBe('2026-03-11');
  expect(periodOf(patternOf('at-night'), START_MS + 23 * HOUR_MS)).toBe('2026-03-11');
  expect(periodOf(patternOf('many-cards'), START_MS + 23 * HOUR_MS)).toBe('2026-03-10');
});
