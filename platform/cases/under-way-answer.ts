/**
 * `own-under-way`: whether the holder of a card handed the same in elsewhere in the county. It tells a day, a place and how
 * far it is, of a matter that is no secret, to whoever has the card's chip; never a number, a name or a case's id.
 */
import { findHex, toHex } from '../../base/bytes.ts';
import { isoDate } from '../../base/calendar.ts';
import type { PlatformContext } from '../context.ts';
import type { OwnAnswer } from '../gateway/own-answers.ts';
import { createLimiter } from '../limits/limiter.ts';
import { findUnderWay } from './same-card.ts';

/** A person opens a few matters; who asks all day is not one. */
const RATE = { burst: 30, perMinute: 6 } as const;
const MARK_BYTES = 32;

const label = (zh: string, en: string) => ({ zh, en });
const FIELDS = [
  { id: 'day', label: label('哪天交的', 'Handed in'), type: 'date' as const },
  { id: 'place', label: label('在哪里', 'Where'), type: 'text' as const },
  { id: 'status', label: label('进度', 'Status'), type: 'text' as const },
];

/** Answers with one record at most. */
export function underWayAnswer(
  context: Pick<PlatformContext, 'store' | 'clock' | 'county' | 'crypto' | 'keys' | 'book'>,
): OwnAnswer {
  const limiter = createLimiter(context.clock, RATE);
  return async ({ terminalId, parameters }) => {
    const cardMark = findHex(parameters.card ?? '');
    const { matter: matterId } = parameters;
    const isAsked = cardMark?.length === MARK_BYTES && matterId !== undefined;
    if (!isAsked || Object.keys(parameters).length !== 2) return 'malformed';
    const waitS = limiter.spend(toHex(terminalId));
    if (waitS > 0) return { schema: 1, outcome: 'later', afterS: waitS };
    const asOfMs = Math.floor(context.clock.wallMs());
    const origin = { from: label(context.county.name, 'The county'), asOfMs };
    const matter = context.book.find(matterId);
    const found =
      matter === undefined || matter.private
        ? undefined
        : await findUnderWay(context.store.db, context, { cardMark, matterId });
    if (found === undefined) return { schema: 1, outcome: 'nothing', ...origin };
    const record = { day: isoDate(found.submittedMs), place: found.villageName, status: found.status };
    return { schema: 1, outcome: 'found', ...origin, fields: FIELDS, records: [record] };
  };
}
