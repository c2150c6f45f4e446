/** The content of the agents' pages. */
import { same } from '../../catalog/text.ts';
import type { Page } from '../api.ts';
import { evidenceOf } from './agent-here.ts';
import { findAgentWorkPage, workCounts } from './agent-work.ts';
import { callPart } from './call-wish.ts';
import { openCashHere } from './cash-here.ts';
import type { Desk } from './desk.ts';
import { agentNotices } from './emergencies.ts';
import { canEntrust } from './entrusting.ts';
import { listedName } from './my-cases.ts';
import { findCardHolder, isSameCard } from './person.ts';
import type { Spot, Visit } from './visit.ts';

type PageOf<K extends Page['kind']> = Extract<Page, { kind: K }>;

/** The agents' page of that spot; nothing where what it shows is gone. */
export function findAgentPage(
  visit: Visit,
  spot: Extract<Spot, { at: `agent-${string}` }>,
  desk: Desk,
): Page | undefined {
  switch (spot.at) {
    case 'agent-sign-in':
      return agentSignInPage(visit, desk);
    case 'agent-desk':
      return undefined;
    default:
      return findAgentWorkPage(visit, spot, desk);
  }
}

/** Who helps, and what an agent who is here may do. */
export function agentPage(visit: Visit, desk: Desk): PageOf<'agent'> {
  return {
    kind: 'agent',
    signIn: visit.agent === null && desk.agents.isOpen(),
    // Beside a card that is not valid, too: it is given back, or the next one served.
    acting: visit.agent === null ? null : visit.person === null ? 'alone' : 'beside',
    entrusts: evidenceOf(visit) === 'card' && canEntrust(desk),
    openCashFen: openCashHere(visit, desk)[0]?.amountFen ?? null,
    call: callPart(visit, desk),
  };
}

/** Signing in, step by step. */
function agentSignInPage(visit: Visit, desk: Desk): PageOf<'agent-sign-in'> | undefined {
  const { agentSignIn: signIn } = visit;
  if (signIn === null) return undefined;
  const { step, card, trouble } = signIn;
  const reader = desk.devices().reader;
  const moment = visit.cardMoment === 'other-card' ? 'waiting' : visit.cardMoment;
  const isAsked = step === 'code' || step === 'pin';
  const waitMs = card !== null && isAsked ? desk.agents.waitMs(card, step) : 0;
  return {
    kind: 'agent-sign-in',
    step,
    card: reader === 'down' ? 'trouble' : moment,
    beside: besideWhom(visit),
    trouble: waitMs > 0 ? 'wait' : trouble === 'wait' ? null : trouble,
    waitSeconds: Math.ceil(waitMs / 1000),
  };
}

/** An agent alone. */
export function agentDeskPage(visit: Visit, desk: Desk): PageOf<'agent-desk'> {
  const { done = 0, again = null } = visit.agent?.sitting ?? {};
  const sitting = { done, again: again === null ? null : listedName(again, desk).name };
  const work = workCounts(desk);
  const absent = desk.agents.authorities.live().length;
  return {
    kind: 'agent-desk',
    notices: agentNotices(desk),
    reader: desk.devices().reader,
    absent,
    absentThere: desk.authoritiesThere.state(),
    work,
    sitting,
  };
}

function besideWhom({ person, agentSignIn, filling }: Visit): PageOf<'agent-sign-in'>['beside'] {
  const resident = findCardHolder(person);
  if (resident === null || filling === null) return null;
  if (agentSignIn?.card && isSameCard(resident.card, agentSignIn.card)) return null;
  return same(resident.masked);
}
