/**
 * Ratings (好差评): none is asked while an agent acts, nor in a visit in which one helped, whoever stands there now. What
 * was done alone is rated at the end; any case once, at its person's own next visit after it ended.
 */
import { equalBytes } from '../../base/bytes.ts';
import type { Page, Stage } from '../api.ts';
import { actsOn } from '../cases/case-acts.ts';
import type { RememberedCase } from '../keeper.ts';
import { stageNow } from './after-filing.ts';
import type { Desk } from './desk.ts';
import { caseLine, findCase, NOT_ME_MATTER_ID } from './my-cases.ts';
import type { Person } from './person.ts';
import type { Visit } from './visit.ts';

const DAY_MS = 86_400_000;
/** Whoever comes after so long has other things in mind. */
const OFFERED_WITHIN_DAYS = 90;
/** A case that was taken back, or handed in twice, was not decided. */
const ENDED: ReadonlySet<Stage> = new Set(['finished', 'collected', 'refused']);

/** Whether this visit may be asked how content somebody was: its person did everything in it alone. */
export function mayRate({ person, agent, helpers }: Visit): boolean {
  return person !== null && agent === null && helpers.length === 0;
}

/** The case offered to be rated: the newest that ended lately, was not rated, and was not offered at an earlier visit. */
export function findRatingOffer(
  visit: Visit,
  desk: Desk,
): { readonly remembered: RememberedCase; readonly ref: string } | undefined {
  const { person } = visit;
  if (person?.memory == null || !mayRate(visit)) return undefined;
  const offered = person.memory.offeredRatings();
  // What was handed in just now is no earlier visit's.
  const earlier = person.cases.slice(0, person.casesBefore);
  const place = earlier.findLastIndex(
    (one) => isRatable(one, person, desk) && !offered.some((id) => equalBytes(id, one.caseId)),
  );
  const remembered = earlier[place];
  return remembered && { remembered, ref: `case-${place + 1}` };
}

function isRatable(remembered: RememberedCase, person: Person, desk: Desk): boolean {
  const matter = desk.catalog().matters.find(({ id }) => id === remembered.matterId);
  // Of a payment, and of the county's own look into a "not me", there is nobody to praise.
  if (remembered.matterId === NOT_ME_MATTER_ID || matter?.kind === 'pay') return false;
  if (actsOn(remembered, person.acts).some(({ deed }) => deed.did === 'rate')) return false;
  if (!ENDED.has(stageNow(remembered, person, desk))) return false;
  const endedMs =
    person.memory?.progressOf(remembered).findLast(({ status }) => ENDED.has(status))?.atMs ?? 0;
  return desk.time.nowMs() - endedMs <= OFFERED_WITHIN_DAYS * DAY_MS;
}

/** The page on which a case is rated; nothing once an agent is here, or where the case is gone. */
export function findRatingPage(
  { ref, given }: { readonly ref: string; readonly given: number | null },
  visit: Visit,
  desk: Desk,
): Page | undefined {
  const { person } = visit;
  const remembered = person === null ? undefined : findCase(person, ref);
  if (person === null || remembered === undefined || !mayRate(visit)) return undefined;
  return { kind: 'rate-case', line: caseLine(ref, remembered, person, desk), given };
}

/** Notes at the end of a visit what was offered in it: it is not offered again. */
export function noteOffer(visit: Visit, desk: Desk): void {
  const offer = findRatingOffer(visit, desk);
  if (offer !== undefined)
    visit.person?.memory?.noteOfferedRating(offer.remembered.caseId, desk.clock.wallMs());
}
