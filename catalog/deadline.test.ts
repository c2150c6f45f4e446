import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, findDateStartMs } from '../base/calendar.ts';
import { projectMatter } from '../test/project-catalog.ts';
import { findDeadlineProblem, findLatestDay, findLatestMs } from './deadline.ts';

const banquet = projectMatter('village-banquet');
const MEAL = { day: '2026-06-20' };
/** A moment in China. */
const at = (iso: string, hours: number) => (findDateStartMs(iso) ?? Number.NaN) + hours * 3_600_000;

describe('a banquet on 20 June, to be filed 24 hours before that day begins', () => {
  it('names the last whole day', () => {
    expect(findLatestDay(banquet, MEAL)).toEqual({ zh: '最迟 6月18日', en: '18 June at the latest' });
  });

  it('is taken online until the last moment', () => {
    expect(findDeadlineProblem(banquet, MEAL, { nowMs: at('2026-06-18', 24), online: true })).toBeUndefined();
    expect(findDeadlineProblem(banquet, MEAL, { nowMs: at('2026-06-18', 24) + 1, online: true })).toEqual({
      code: 'too-late',
      words: {
        zh: '来不及了，最迟 6月18日要报。请打 12315',
        en: 'It is too late here: 18 June at the latest. Please call 12315',
      },
      phone: '12315',
    });
  });

  it('is refused offline a day earlier, with the phone number', () => {
    expect(
      findDeadlineProblem(banquet, MEAL, { nowMs: at('2026-06-17', 24), online: false }),
    ).toBeUndefined();
    const late = findDeadlineProblem(banquet, MEAL, { nowMs: at('2026-06-17', 24) + 1, online: false });
    expect(late).toMatchObject({ code: 'too-late', phone: '12315' });
    expect(late?.words.zh).toBe('现在没网，来不及送到。请打 12315');
  });

  it('says nothing before the day is known, nor for a matter without a deadline', () => {
    expect(findDeadlineProblem(banquet, {}, { nowMs: 0, online: false })).toBeUndefined();
    expect(findLatestDay(banquet, { day: 'soon' })).toBeUndefined();
    expect(findLatestMs(projectMatter('old-age-allowance'), MEAL)).toBeUndefined();
  });

  it('is never taken offline when it would be refused online', () => {
    fc.assert(
      fc.property(fc.integer({ min: -300, max: 300 }), fc.nat(40), (hours, days) => {
        const answers = { day: addDays('2026-06-01', days) };
        const nowMs = at('2026-06-15', hours);
        const online = findDeadlineProblem(banquet, answers, { nowMs, online: true });
        const offline = findDeadlineProblem(banquet, answers, { nowMs, online: false });
        if (online !== undefined) expect(offline).toEqual(online);
      }),
    );
  });
});
