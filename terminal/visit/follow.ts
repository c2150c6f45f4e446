/** Tells every desk which of its work the page that stands still wants; what no page wants any more ends there. */

import { agentAsking } from './absent.ts';
import { evidenceOf, type VisitAgent } from './agent-here.ts';
import type { Desk } from './desk.ts';
import { withEmergency } from './emergencies.ts';
import { withPaymentSlip } from './flow/pay.ts';
import { withPhonePerson } from './flow/phone.ts';
import { pastAsking } from './flow/shared.ts';
import { fetchesShown } from './sharing.ts';
import { serviceAsked } from './slots.ts';
import { thereWanted } from './there.ts';
import { elsewhereAsked } from './under-way.ts';
import type { Visit } from './visit.ts';

/** The visit as what came in meanwhile leaves it, with an emergency before a page that is another than `before`. */
export function settled(visit: Visit, before: object | null, desk: Desk): Visit {
  return withEmergency(
    withPaymentSlip(pastAsking(withPhonePerson(visit, desk), desk), desk, false),
    before,
    desk,
  );
}

/** Follows the visit there is; `carried` is an agent between two residents. */
export function followVisit(desk: Desk, visit: Visit | null, carried: VisitAgent | null): void {
  desk.prover.keepOnly(visit?.proving.run?.proofId ?? null);
  desk.lookUps.keepOnly(visit?.lookUp?.askId ?? null);
  desk.phone.keepOnly(visit?.phone?.checkId ?? null);
  if (visit !== null) desk.queries.keepOnly(fetchesShown(visit));
  desk.earlier.want(visit?.spot.at === 'kept-of-me' ? (visit.person?.card.number ?? null) : null);
  desk.casesThere.want(visit === null ? null : thereWanted(visit, desk));
  desk.elsewhere.want(visit === null ? null : elsewhereAsked(visit, desk));
  desk.prints.keepOnly(visit?.filling?.printing?.printId ?? null);
  desk.slots.want(serviceAsked(visit));
  desk.pay.follow(visit?.paying?.caseId ?? null);
  desk.cash.settle(visit?.spot.at === 'agent-day' ? (visit.agent?.agentId ?? null) : null);
  desk.cash.want(visit?.spot.at === 'cash' ? (visit.agent?.agentId ?? null) : null);
  desk.authoritiesThere.want(agentAsking(visit));
  desk.agents.follow(
    visit?.agent ?? carried,
    visit === null ? null : evidenceOf(visit),
    visit?.helpers ?? [],
    visit?.absent?.authorityId ?? null,
  );
}
