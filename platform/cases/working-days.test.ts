import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays, findDateStartMs } from '../../base/calendar.ts';
import { lastSoonDay, nearnessOf } from './due.ts';
import {
  isWorkingDay,
  parseWorkingCalendar,
  unknownYears,
  WEEKENDS_ALONE,
  type WorkingCalendar,
} from './working-calendar.ts';
import { pausesOf, workingDaysAfter, workingDaysLeft } from './working-days.ts';

const HOUR_MS = 3_600_000;
const at = (date: string, hour = 12) => findDateStartMs(date)! + hour * HOUR_MS;
const dueAfter = (date: string, days: number) => workingDaysAfter(WEEKENDS_ALONE, at(date), days);

const SHIPPED = readFileSync(new URL('./working-calendar.yaml', import.meta.url), 'utf8');
function shipped(): WorkingCalendar {
  const read = parseWorkingCalendar(SHIPPED);
  if (!read.ok) throw new Error(read.error.detail);
  return read.value;
}

describe('working days', () => {
  it('pass over Saturday and Sunday', () => {
    expect(dueAfter('2026-06-11', 5)).toBe('2026-06-18');
    expect(dueAfter('2026-06-12', 1)).toBe('2026-06-15');
    expect(dueAfter('2026-06-13', 1)).toBe('2026-06-15');
    expect(dueAfter('2026-06-13', 0)).toBe('2026-06-13');
  });

  it('pass over the holidays of the file, and count the weekends worked for them', () => {
    const calendar = shipped();
    const due = (date: string, days: number) => workingDaysAfter(calendar, at(date), days);
    // Spring Festival: off from Sunday 15 to Monday 23 February; both Saturdays around it are worked.
    expect(due('2026-02-12', 2)).toBe('2026-02-14');
    expect(due('2026-02-14', 1)).toBe('2026-02-24');
    expect(due('2026-02-24', 5)).toBe('2026-03-02');
    expect(due('2026-02-24', 4)).toBe('2026-02-28');
    expect(due('2026-09-30', 1)).toBe('2026-10-08');
    expect(due('2026-10-08', 2)).toBe('2026-10-10');
    expect(due('2026-06-18', 1)).toBe('2026-06-22');
  });

  it('give 2026 as many working days as the State Council announced', () => {
    const days = Array.from({ length: 365 }, (_, index) => addDays('2026-01-01', index));
    expect(days.at(-1)).toBe('2026-12-31');
    // 365 days, 104 of them at weekends; 33 of holidays, 13 of which fall on weekends; 6 weekend days are worked.
    const calendar = shipped();
    expect(calendar.off.size).toBe(33);
    expect(days.filter((day) => isWorkingDay(calendar, day))).toHaveLength(248);
  });

  it('are left as many as were given, and fewer than none when past', () => {
    const left = (now: string, due: string) => workingDaysLeft(WEEKENDS_ALONE, at(now), due);
    expect(left('2026-06-12', '2026-06-12')).toBe(0);
    expect(left('2026-06-12', '2026-06-15')).toBe(1);
    expect(left('2026-06-15', '2026-06-12')).toBe(-1);
    expect(left('2026-06-13', '2026-06-14')).toBe(0);
  });
});

describe('the file of holidays', () => {
  const withYear = (year: string) => parseWorkingCalendar(`years:\n  2031:\n    source: s\n${year}`);

  it('is refused with a reason where it is wrong', () => {
    const bad = [
      '    off: [{ name: a, from: 2031-02-30, to: 2031-03-01 }]\n    on: []',
      '    off: [{ name: a, from: 2031-03-05, to: 2031-03-01 }]\n    on: []',
      '    off: [{ name: a, from: 2031-01-01, to: 2031-12-01 }]\n    on: []',
      '    off: [{ name: a, from: 2031-03-01, to: 2031-03-03 }]\n    on: [2031-03-02]',
      '    off: []\n    on: [2032-03-02]',
      '    off: []',
      '    off: [{',
    ];
    for (const year of bad) expect(withYear(year).ok, year).toBe(false);
    expect(withYear('    off: [{ name: a, from: 2031-03-01, to: 2031-03-01 }]\n    on: []').ok).toBe(true);
  });

  it('says of which years nothing is known', () => {
    expect(unknownYears(shipped(), '2025-12-30', '2027-01-02')).toEqual(['2025', '2027']);
    expect(unknownYears(shipped(), '2026-03-01', '2026-04-01')).toEqual([]);
    expect(unknownYears(WEEKENDS_ALONE, '2026-04-01', '2026-03-01')).toEqual(['2026']);
  });
});

describe('pauses', () => {
  it('are from each ask until whatever ended it, and open where nothing has', () => {
    const acts = (...steps: readonly (readonly [string, number])[]) =>
      steps.map(([statusAfter, atMs]) => ({ statusAfter, atMs }));
    expect(pausesOf(acts(['received', 1], ['accepted', 2], ['supplement', 3], ['supplemented', 7]))).toEqual([
      { fromMs: 3, untilMs: 7 },
    ]);
    // A number that comes meanwhile ends nothing.
    expect(pausesOf(acts(['supplement', 3], ['supplement', 4], ['withdrawn', 6]))).toEqual([
      { fromMs: 3, untilMs: 6 },
    ]);
    expect(pausesOf(acts(['supplement', 3]))).toEqual([{ fromMs: 3, untilMs: null }]);
    expect(pausesOf(acts(['received', 1], ['accepted', 2]))).toEqual([]);
  });

  it('leave the day open while one is, and pass over the days until it ended', () => {
    const wait = (from: string, until: string | null) => [
      { fromMs: at(from), untilMs: until === null ? null : at(until) },
    ];
    expect(workingDaysAfter(WEEKENDS_ALONE, at('2026-06-08'), 3, wait('2026-06-09', null))).toBeNull();
    // Tuesday is counted, Wednesday and Thursday are the resident's, Friday and Monday follow.
    expect(workingDaysAfter(WEEKENDS_ALONE, at('2026-06-08'), 3, wait('2026-06-09', '2026-06-11'))).toBe(
      '2026-06-15',
    );
    // Asked and answered on one day, nothing is lost.
    expect(workingDaysAfter(WEEKENDS_ALONE, at('2026-06-08'), 3, wait('2026-06-09', '2026-06-09'))).toBe(
      '2026-06-11',
    );
  });
});

/** Days around 2026 as numbers, so that histories are drawn easily. */
const FIRST = '2026-01-01';
const SPAN = 420;
const dayNo = fc.integer({ min: 0, max: SPAN });
const hour = fc.double({ min: 0, max: 23.99, noNaN: true });
const dateOf = (no: number) => addDays(FIRST, no);

/** Calendars as moved about as any State Council could: holidays of a few days anywhere, weekends worked for them. */
const calendars = fc
  .record({
    holidays: fc.array(fc.tuple(dayNo, fc.integer({ min: 1, max: 12 })), { maxLength: 10 }),
    worked: fc.array(dayNo, { maxLength: 12 }),
  })
  .map(({ holidays, worked }): WorkingCalendar => {
    const off = new Set(
      holidays.flatMap(([from, length]) => Array.from({ length }, (_, index) => dateOf(from + index))),
    );
    const on = new Set(worked.map(dateOf).filter((day) => !off.has(day)));
    return { years: new Set(['2026']), off, on };
  });

const pauses = fc.array(
  fc
    .record({ from: dayNo, length: fc.integer({ min: 0, max: 40 }), fromHour: hour, untilHour: hour })
    .map((one) => {
      const untilHour = one.length === 0 ? Math.max(one.fromHour, one.untilHour) : one.untilHour;
      return {
        fromMs: at(dateOf(one.from), one.fromHour),
        untilMs: at(dateOf(one.from + one.length), untilHour),
      };
    }),
  { maxLength: 4 },
);

/** Every day looked at by itself, from a list of all of them, in UTC: slow and plain. */
function slowly(
  calendar: WorkingCalendar,
  fromMs: number,
  days: number,
  waits: readonly { readonly fromMs: number; readonly untilMs: number }[],
): string {
  const chinese = (ms: number) => new Date(ms + 8 * HOUR_MS).toISOString().slice(0, 10);
  const began = chinese(fromMs);
  const counted: string[] = [began];
  for (let ms = Date.parse(`${began}T12:00:00Z`); counted.length <= days; ) {
    ms += 24 * HOUR_MS;
    const day = new Date(ms).toISOString().slice(0, 10);
    const isWeekend = ['Sat', 'Sun'].includes(new Date(ms).toUTCString().slice(0, 3));
    const isWorked = calendar.on.has(day) || (!isWeekend && !calendar.off.has(day));
    const isResidents = waits.some((wait) => chinese(wait.fromMs) < day && day <= chinese(wait.untilMs));
    if (isWorked && !isResidents) counted.push(day);
  }
  return counted[days]!;
}

describe.each(['Asia/Shanghai', 'Pacific/Kiritimati', 'America/St_Johns', 'Pacific/Apia'])(
  'on a machine that says it is in %s, the days',
  (zone) => {
    const before = process.env.TZ;
    beforeEach(() => {
      process.env.TZ = zone;
    });
    afterEach(() => {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    });

    it('are those of China', () => {
      expect(new Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone);
      expect(workingDaysAfter(WEEKENDS_ALONE, at('2026-06-11', 0), 1)).toBe('2026-06-12');
      expect(workingDaysAfter(WEEKENDS_ALONE, at('2026-06-11', 23.9), 1)).toBe('2026-06-12');
    });

    it('are what counting them one by one says, holidays, worked weekends and pauses together', () => {
      fc.assert(
        fc.property(
          ...([calendars, dayNo, hour, fc.integer({ min: 0, max: 60 }), pauses] as const),
          (calendar, from, fromHour, days, waits) => {
            const fromMs = at(dateOf(from), fromHour);
            expect(workingDaysAfter(calendar, fromMs, days, waits)).toBe(
              slowly(calendar, fromMs, days, waits),
            );
          },
        ),
        { numRuns: 60 },
      );
    });

    it('never come earlier for more of them, a later start, or one more pause', () => {
      fc.assert(
        fc.property(
          ...([calendars, dayNo, fc.integer({ min: 0, max: 40 }), pauses] as const),
          (calendar, from, days, waits) => {
            const due = workingDaysAfter(calendar, at(dateOf(from)), days, waits)!;
            expect(workingDaysAfter(calendar, at(dateOf(from)), days + 1, waits)! > due).toBe(true);
            expect(workingDaysAfter(calendar, at(dateOf(from + 1)), days, waits)! >= due).toBe(true);
            expect(workingDaysAfter(calendar, at(dateOf(from)), days, waits.slice(1))! <= due).toBe(true);
          },
        ),
        { numRuns: 60 },
      );
    });

    it('left are as many as were given, and soon ends where the next would be too many', () => {
      fc.assert(
        fc.property(
          ...([calendars, dayNo, fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 9 })] as const),
          (calendar, from, days, warnWorkingDays) => {
            const nowMs = at(dateOf(from));
            const due = workingDaysAfter(calendar, nowMs, days)!;
            expect(workingDaysLeft(calendar, nowMs, due)).toBe(days);
            const rules = { calendar, warnWorkingDays };
            const last = lastSoonDay(rules, nowMs);
            expect(nearnessOf(rules, nowMs, last).nearness).toBe('soon');
            expect(nearnessOf(rules, nowMs, addDays(last, 1)).nearness).toBe('fine');
            expect(nearnessOf(rules, nowMs, addDays(dateOf(from), -1)).nearness).toBe('late');
          },
        ),
        { numRuns: 60 },
      );
    });
  },
);
