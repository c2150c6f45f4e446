/** The answer to the platform's own question `slots`: which times of a service are left. About nobody. */
import { addDays, isoDate } from '../../base/calendar.ts';
import type { PlatformContext } from '../context.ts';
import type { OwnAnswer } from '../gateway/own-answers.ts';
import { type Calendar, SAMPLE_CALENDAR } from './calendar.ts';
import { countTaken } from './seats.ts';

const FIELDS = [
  { id: 'slot', label: { zh: '时间', en: 'Time' }, type: 'text' as const },
  { id: 'day', label: { zh: '日期', en: 'Day' }, type: 'date' as const },
  { id: 'from', label: { zh: '几点', en: 'From' }, type: 'text' as const },
];

/** Answers with the times left from tomorrow on, as far ahead as a matter looks; `malformed` without a service. */
export function slotsAnswer(
  context: Pick<PlatformContext, 'store' | 'clock' | 'book' | 'county'>,
  calendar: Calendar = SAMPLE_CALENDAR,
): OwnAnswer {
  return async ({ parameters }) => {
    const { service } = parameters;
    if (service === undefined || Object.keys(parameters).length !== 1) return 'malformed';
    const nowMs = context.clock.wallMs();
    const origin = {
      from: { zh: context.county.name, en: 'The county' },
      asOfMs: Math.floor(nowMs),
    };
    const daysAhead = lookedAhead(context, service);
    const today = isoDate(nowMs);
    const taken = await countTaken(context.store.db, service, today);
    const days = Array.from({ length: daysAhead }, (_, nth) => addDays(today, nth + 1));
    const records = days.flatMap((day) =>
      calendar
        .timesOf(service, day)
        .filter(({ from, capacity }) => (taken.get(`${day}/${from}`) ?? 0) < capacity)
        .map(({ from }) => ({ slot: `${service}/${day}/${from}`, day, from })),
    );
    if (records.length === 0) return { schema: 1, outcome: 'nothing', ...origin };
    return { schema: 1, outcome: 'found', ...origin, fields: FIELDS, records };
  };
}

/** The most days that a matter looks ahead for this service; 0 for one that no matter asks for. */
function lookedAhead({ book }: Pick<PlatformContext, 'book'>, service: string): number {
  const asked = book
    .all()
    .flatMap(({ questions }) => questions)
    .flatMap((one) => (one.type === 'slot' && one.service === service ? [one.daysAhead] : []));
  return Math.max(0, ...asked);
}
