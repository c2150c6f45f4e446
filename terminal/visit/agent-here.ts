/** An agent in a visit: signing in, acting beside or for a resident, and what they rest on. */
import type { IdentityRead } from '../../drivers/api.ts';
import type { ActingFor, AgentHere, SignInTrouble } from '../agents/agent-desk.ts';
import type { View } from '../api.ts';
import { findLive, lastDay, personMeant } from './absent.ts';
import type { Desk } from './desk.ts';
import { findCardHolder, isSameCard, wipeCard } from './person.ts';
import type { Sitting } from './sitting.ts';
import type { Visit } from './visit.ts';

/** The agent who acts in this visit. */
export interface VisitAgent extends AgentHere {
  /** Held to know it again, and for another PIN. */
  readonly card: IdentityRead;
  /** The name by its surname alone. */
  readonly masked: string;
  /** What goes on from one resident to the next. */
  readonly sitting: Sitting;
}

/** Somebody on the way to being signed in, or to another PIN. Lives while its page does. */
export interface AgentSignIn {
  readonly purpose: 'sign-in' | 'change-pin';
  readonly step: 'card' | 'code' | 'pin' | 'new-pin' | 'repeat-pin';
  /** A card of its own, overwritten with the page. */
  readonly card: IdentityRead | null;
  readonly code: string | null;
  /** The new PIN, to be said once more. */
  readonly pin: string | null;
  readonly trouble: SignInTrouble | 'weak-pin' | 'not-same' | null;
}

/** The first step of signing in. */
export const SIGN_IN: AgentSignIn = {
  ...{ purpose: 'sign-in', step: 'card', card: null, code: null, pin: null, trouble: null },
};

/** What the agent of this visit rests on: the resident's valid card laid in it, the word of one who is not here, or nothing. */
export function evidenceOf(visit: Visit): ActingFor {
  if (visit.agent !== null && visit.person === null && visit.absent !== null) return 'entrustment';
  const person = findCardHolder(visit.person);
  if (visit.agent === null || person === null) return null;
  return isSameCard(person.card, visit.agent.card) ? null : 'card';
}

/** Whether an agent is here with nobody to act for. */
export function isAgentAlone(visit: Visit): boolean {
  return visit.agent !== null && evidenceOf(visit) === null;
}

/** A card laid for signing in: a PIN is asked for where it is known here, else a code of the county's. */
export function withAgentCard(visit: Visit, card: IdentityRead, desk: Desk): Visit {
  const before = visit.agentSignIn;
  if (before?.card) wipeCard(before.card);
  // A copy: the person's own card lives as long as they do.
  const own = { ...card, photo: card.photo.slice() };
  const step = desk.agents.isRegistered(own) ? 'pin' : 'code';
  return { ...visit, cardMoment: 'waiting', agentSignIn: { ...SIGN_IN, card: own, step } };
}

/** Whether a card that still lies on the reader is the agent's. */
export function isAgentsCard({ agent, agentSignIn }: Visit, readId: string): boolean {
  return agent?.card.readId === readId || agentSignIn?.card?.readId === readId;
}

/** Whether a step let go of a card that an agent laid. */
export function isAgentsCardGone(before: Visit, after: Visit): boolean {
  const held = before.agent?.card ?? before.agentSignIn?.card;
  return held !== undefined && held !== null && !isAgentsCard(after, held.readId);
}

/** The visit without its agent, whose card is overwritten; the resident goes on. */
export function withoutAgent(visit: Visit): Visit {
  if (visit.agent !== null) wipeCard(visit.agent.card);
  return { ...visit, agent: null };
}

/** The last day of the authority that is acted on; null where none is. */
function onAuthorityUntil(visit: Visit, desk: Desk): string | null {
  const live = findLive(visit, desk);
  return live === undefined ? null : lastDay(live.untilMs);
}

/** Who acts for whom, as every page says it. */
export function actingPart(visit: Visit | null, desk: Desk): View['acting'] {
  if (visit === null || visit.agent === null) return null;
  const { masked, roster } = visit.agent;
  const forWhom = evidenceOf(visit) === null ? null : (personMeant(visit)?.masked ?? null);
  return {
    agent: { zh: masked, en: masked },
    forWhom: forWhom === null ? null : { zh: forWhom, en: forWhom },
    authorityUntil: onAuthorityUntil(visit, desk),
    stale: roster.stale,
  };
}
