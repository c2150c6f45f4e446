import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, findDateStartMs } from '../../base/calendar.ts';
import { workingDaysAfter, workingDaysLeft } from './working-days.ts';

const at = (date: string, hour = 12) => findDateStartMs(date)! + hour * 3_600_000;

describe('working days', () => {
  it('pass over Saturday and Sunday', () => {
    expect(workingDaysAfter(at('2026-06-11'), 5)).toBe('2026-06-18');
    expect(workingDaysAfter(at('2026-06-12'), 1)).toBe('2026-06-15');
    expect(workingDaysAfter(at('2026-06-13'), 1)).toBe('2026-06-15');
    expect(workingDaysAfter(at('2026-06-13'), 0)).toBe('2026-06-13');
  });

  it("count China's days, whatever the machine's", () => {
    expect(workingDaysAfter(at('2026-06-11', 0), 1)).toBe('2026-06-12');
    expect(workingDaysAfter(at('2026-06-11', 23.9), 1)).toBe('2026-06-12');
  });

  it('are left as many as were given, and fewer than none when past', () => {
    expect(workingDaysLeft(at('2026-06-12'), '2026-06-12')).toBe(0);
    expect(workingDaysLeft(at('2026-06-12'), '2026-06-15')).toBe(1);
    expect(workingDaysLeft(at('2026-06-15'), '2026-06-12')).toBe(-1);
    expect(workingDaysLeft(at('2026-06-13'), '2026-06-14')).toBe(0);
    const days = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000 }), days, (offset, count) => {
        const from = at(addDays('2026-01-01', offset));
        expect(workingDaysLeft(from, workingDaysAfter(from, count))).toBe(count);
      }),
    );
  });
});
