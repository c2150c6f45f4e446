import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../base/calendar.ts';
import {
  addMonths,
  decadesOf,
  isMonthOpen,
  isShort,
  monthOf,
  monthPage,
  monthsOf,
  namedDays,
  yearsOf,
} from './date-pick.ts';

const NEAR = { min: '2026-06-14', max: '2026-12-09', today: '2026-06-12' };
const FAR = { min: '1936-03-01', max: '2026-06-12', today: '2026-06-12' };

describe('a month to pick from', () => {
  it('leaves out the weeks in which nothing may be chosen', () => {
    const { lead, days } = monthPage(NEAR, { year: 2026, month: 6 });
    expect(lead).toBe(0);
    expect(days[0]).toEqual({ day: 14, iso: '2026-06-14', isOpen: true });
    expect(days).toHaveLength(17);
  });

  it('begins on the right weekday', () => {
    // 1 August 2026 is a Saturday.
    const { lead, days } = monthPage(NEAR, { year: 2026, month: 8 });
    expect(lead).toBe(6);
    expect(days).toHaveLength(31);
  });

  it('opens exactly the days of the range', () => {
    const day = fc.integer({ min: 0, max: 4000 });
    fc.assert(
      fc.property(day, day, (from, length) => {
        const min = addDays('2020-01-01', from);
        const range = { min, max: addDays(min, length), today: min };
        let open = 0;
        for (let month = monthOf(range.min); isMonthOpen(range, month); month = addMonths(month, 1)) {
          open += monthPage(range, month).days.filter(({ isOpen }) => isOpen).length;
        }
        expect(open).toBe(length + 1);
      }),
      { numRuns: 40 },
    );
  });

  it('turns over the year', () => {
    expect(addMonths({ year: 2026, month: 12 }, 1)).toEqual({ year: 2027, month: 1 });
    expect(addMonths({ year: 2026, month: 1 }, -1)).toEqual({ year: 2025, month: 12 });
  });
});

describe('a date', () => {
  it('is found by turning months when it is near, by decade when it is far', () => {
    expect(isShort(NEAR)).toBe(true);
    expect(isShort(FAR)).toBe(false);
  });

  it('offers only decades and years of the range, the newest decade first', () => {
    expect(decadesOf(FAR)[0]).toBe(2020);
    expect(decadesOf(FAR).at(-1)).toBe(1930);
    expect(yearsOf(FAR, 1930)).toEqual([1936, 1937, 1938, 1939]);
    expect(yearsOf(FAR, 2020).at(-1)).toBe(2026);
  });

  it('calls near days by name where they may be chosen', () => {
    expect(namedDays(NEAR).map(({ name }) => name)).toEqual(['afterTomorrow']);
    expect(namedDays(FAR).map(({ name }) => name)).toEqual(['yesterday', 'today']);
  });
});

it('months of a range go on into the next year', () => {
  expect(monthsOf({ min: '2026-11-22', max: '2027-02-01' })).toEqual([
    '2026-11',
    '2026-12',
    '2027-01',
    '2027-02',
  ]);
});
