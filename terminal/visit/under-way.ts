/** What is told before the same is handed in again: a case of this machine, or of another one of the county. */
import type { Matter } from '../../catalog/schema.ts';
import { findCardMark } from '../../sync/card-mark.ts';
import type { Page, Stage } from '../api.ts';
import type { CaseElsewhere, ElsewhereAsked } from '../queries/cases-elsewhere.ts';
import { isUnderWay } from './after-filing.ts';
import type { Desk } from './desk.ts';
import { type CaseLine, caseLine, casesWithRefs } from './my-cases.ts';
import type { Person } from './person.ts';
import type { Visit } from './visit.ts';

/** Kinds of which one case at a time is mostly enough: a second is not refused, but nobody files one unawares. */
const ONCE: ReadonlySet<Matter['kind']> = new Set(['apply', 'book']);

function isOnce({ kind, callBack }: Matter): boolean {
  return ONCE.has(kind) || callBack === true;
}

/** The newest case of this matter that is under way, told before another is begun; never of a private matter. */
export function findUnderWay(matter: Matter, person: Person | null, desk: Desk): CaseLine | null {
  if (person === null || matter.private || !isOnce(matter)) return null;
  const found = casesWithRefs(person).find(
    ({ remembered }) => remembered.matterId === matter.id && isUnderWay(remembered, person, desk),
  );
  return found === undefined ? null : caseLine(found.ref, found.remembered, person, desk);
}

/** What the platform is asked of the page that stands; null where this machine knows of one, or nobody need ask. */
export function elsewhereAsked({ spot, person }: Visit, desk: Desk): ElsewhereAsked | null {
  if (spot.at !== 'matter' || person?.memory == null) return null;
  const matter = desk.catalog().matters.find(({ id }) => id === spot.matterId);
  if (matter === undefined || matter.private || !isOnce(matter)) return null;
  if (findUnderWay(matter, person, desk) !== null) return null;
  const cardMark = findCardMark(desk.crypto, person.card);
  return cardMark === undefined ? null : { cardMark, matterId: matter.id };
}

const STAGE_OF: Readonly<Record<CaseElsewhere['status'], Stage>> = {
  received: 'delivered',
  accepted: 'accepted',
  supplement: 'supplement',
  supplemented: 'supplemented',
};

/** What was handed in elsewhere, as the page of the matter says it. */
export function elsewherePart({ elsewhere }: Desk): Extract<Page, { kind: 'matter' }>['elsewhere'] {
  const found = elsewhere.find();
  return found && { day: found.day, place: found.place, stage: STAGE_OF[found.status] };
}
