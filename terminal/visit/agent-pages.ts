/** The content of the agents' pages. */
import { same } from '../../catalog/text.ts';
import type { Page } from '../api.ts';
import type { Desk } from './desk.ts';
import { findValidPerson, isSameCard } from './person.ts';
import type { Visit } from './visit.ts';

type PageOf<K extends Page['kind']> = Extract<Page, { kind: K }>;

/** Who helps, and what an agent who is here may do. */
export function agentPage(visit: Visit, desk: Desk): PageOf<'agent'> {
  return {
    kind: 'agent',
    signIn: visit.agent === null && desk.agents.isOpen(),
    // Beside a card that is not valid, too: it is given back, or the next one served.
    acting: visit.agent === null ? null : visit.person === null ? 'alone' : 'beside',
  };
}

/** Signing in, step by step. */
export function agentSignInPage(visit: Visit, desk: Desk): PageOf<'agent-sign-in'> | undefined {
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
export function agentDeskPage(desk: Desk): PageOf<'agent-desk'> {
  return { kind: 'agent-desk', reader: desk.devices().reader };
}

function besideWhom({ person, agentSignIn, filling }: Visit): PageOf<'agent-sign-in'>['beside'] {
  const resident = findValidPerson(person);
  if (resident === null || filling === null) return null;
  if (agentSignIn?.card && isSameCard(resident.card, agentSignIn.card)) return null;
  return same(resident.masked);
}
