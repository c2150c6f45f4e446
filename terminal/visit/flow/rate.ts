/** How content somebody was: at the end of what they did alone, or with a case that has ended since. */
import { equalBytes } from '../../../base/bytes.ts';
import { fileRating } from '../../cases/file.ts';
import type { RememberedCase } from '../../keeper.ts';
import type { Desk } from '../desk.ts';
import { findCase } from '../my-cases.ts';
import { withCasesAgain } from '../person.ts';
import { findRatingOffer, mayRate } from '../rating.ts';
import { atSpot, goTo, homeSpot, type Visit } from '../visit.ts';
import { type Handler, on, refuse, type Step } from './step.ts';

/** One of the five grades, for the case of the page shown. */
export const rate: Handler<'rate'> = (visit, { grade }, desk) => {
  const { spot, filed, person } = visit;
  if (!mayRate(visit)) return refuse(visit, 'not-here');
  if (spot.at === 'kept' && filed !== null && filed.rating === null) {
    const remembered = person?.cases.find(({ caseId }) => equalBytes(caseId, filed.caseId));
    const what = { caseId: filed.caseId, ratingId: filed.ratingId, remembered };
    return rated(visit, what, grade, desk, (there) => ({ ...there, filed: { ...filed, rating: grade } }));
  }
  const remembered = spot.at === 'rate-case' && person !== null ? findCase(person, spot.ref) : undefined;
  if (spot.at !== 'rate-case' || spot.given !== null || remembered === undefined)
    return refuse(visit, 'not-here');
  const what = { caseId: remembered.caseId, ratingId: desk.random.bytes(16), remembered };
  return rated(visit, what, grade, desk, (there) => atSpot(there, { ...spot, given: grade }));
};

/** The case that the first page offers. */
export const openRating: Handler<'open-rating'> = (visit, _action, desk) => {
  const offer = visit.spot.at === 'home' ? findRatingOffer(visit, desk) : undefined;
  return offer === undefined
    ? refuse(visit, 'not-here')
    : on(goTo(visit, { at: 'rate-case', ref: offer.ref, given: null }));
};

/** Rather not: it is not offered again. */
export const skipRating: Handler<'skip-rating'> = (visit, _action, desk) => {
  const { spot, person } = visit;
  const remembered = spot.at === 'rate-case' && person !== null ? findCase(person, spot.ref) : undefined;
  if (remembered === undefined) return refuse(visit, 'not-here');
  person?.memory?.noteOfferedRating(remembered.caseId, desk.clock.wallMs());
  return on({ ...atSpot(visit, homeSpot(visit)), trail: [] });
};

function rated(
  visit: Visit,
  what: {
    readonly caseId: Uint8Array;
    readonly ratingId: Uint8Array;
    readonly remembered: RememberedCase | undefined;
  },
  grade: number,
  desk: Desk,
  after: (visit: Visit) => Visit,
): Step {
  const { caseId, ratingId, remembered } = what;
  const memory = visit.person?.memory ?? null;
  const of = remembered === undefined || memory === null ? null : { remembered, person: memory };
  const tools = { keeper: desk.keeper, nowMs: desk.clock.wallMs() };
  const kept = fileRating({ caseId, ratingId, grade, of }, tools);
  if (!kept.ok) return refuse(visit, kept.error);
  return on(after({ ...visit, person: visit.person && withCasesAgain(visit.person) }));
}
