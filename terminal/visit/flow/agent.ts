/** What agents do: register and sign in, hand back, change their PIN. That one resident follows another is the frame's. */
import type { AgentHere, SignInTrouble } from '../../agents/agent-desk.ts';
import { type AgentSignIn, SIGN_IN, withAgentCard, withoutAgent } from '../agent-here.ts';
import type { Desk } from '../desk.ts';
import { maskName } from '../mask.ts';
import { findCardHolder, forgetPerson, isSameCard } from '../person.ts';
import { NEW_SITTING } from '../sitting.ts';
import { atSpot, beginVisit, goTo, type Spot, type Visit } from '../visit.ts';
import { agentWork } from './agent-work.ts';
import { beginEntrusting, chooseAbsent, openAbsentList } from './entrust.ts';
import { setDown } from './set-down.ts';
import { type Handler, on, refuse, type Step } from './step.ts';

export const agent: Handler<'agent'> = (visit, { command }, desk) => {
  switch (command.do) {
    case 'sign-in':
      return beginSignIn(visit, desk);
    case 'code':
      return giveCode(visit, command.code, desk);
    case 'pin':
      return givePin(visit, command.pin, desk);
    case 'change-pin':
      return beginChange(visit);
    case 'hand-back':
      return handBack(visit);
    case 'next-resident':
      return refuse(visit, 'not-here');
    case 'entrust':
      return beginEntrusting(visit, desk);
    case 'absent-list':
      return openAbsentList(visit, desk);
    case 'absent':
      return chooseAbsent(visit, command.ref, desk);
    default:
      return agentWork(visit, command, desk);
  }
};

/** Where an agent in a visit is asked who they are; what is half filled stays as it stands. */
function beginSignIn(visit: Visit, desk: Desk): Step {
  if (visit.spot.at !== 'agent' || visit.agent !== null || !desk.agents.isOpen())
    return refuse(visit, 'not-here');
  const there = { ...goTo(visit, { at: 'agent-sign-in' }), agentSignIn: SIGN_IN };
  const own = findCardHolder(visit.person)?.card;
  // Whoever began the visit with their own card need not lay it twice.
  return on(own && desk.agents.isRegistered(own) ? withAgentCard(there, own, desk) : there);
}

function giveCode(visit: Visit, code: string, desk: Desk): Step {
  const signIn = signInAt(visit, 'code');
  if (signIn === null) return refuse(visit, 'not-here');
  const checked = desk.agents.checkCode(code);
  if (!checked.ok) return on(troubled(visit, signIn, checked.error));
  return on(atStep(visit, { ...signIn, step: 'new-pin', code, trouble: null }));
}

function givePin(visit: Visit, pin: string, desk: Desk): Step {
  const signIn = visit.agentSignIn;
  if (signIn === null || visit.spot.at !== 'agent-sign-in') return refuse(visit, 'not-here');
  switch (signIn.step) {
    case 'pin':
      return signIn.card === null
        ? refuse(visit, 'not-here')
        : settle(visit, signIn, desk.agents.signIn(signIn.card, pin));
    case 'new-pin':
      if (isWeak(pin)) return on(atStep(visit, { ...signIn, trouble: 'weak-pin' }));
      return on(atStep(visit, { ...signIn, step: 'repeat-pin', pin, trouble: null }));
    case 'repeat-pin':
      if (pin !== signIn.pin)
        return on(atStep(visit, { ...signIn, step: 'new-pin', pin: null, trouble: 'not-same' }));
      return signIn.purpose === 'change-pin'
        ? changePin(visit, pin, desk)
        : register(visit, signIn, pin, desk);
    default:
      return refuse(visit, 'not-here');
  }
}

function register(visit: Visit, signIn: AgentSignIn, pin: string, desk: Desk): Step {
  if (signIn.card === null || signIn.code === null) return refuse(visit, 'not-here');
  return settle(visit, signIn, desk.agents.register(signIn.card, signIn.code, pin));
}

function beginChange(visit: Visit): Step {
  if (visit.spot.at !== 'agent' || visit.agent === null) return refuse(visit, 'not-here');
  const agentSignIn: AgentSignIn = { ...SIGN_IN, purpose: 'change-pin', step: 'new-pin' };
  return on({ ...goTo(visit, { at: 'agent-sign-in' }), agentSignIn });
}

function changePin(visit: Visit, pin: string, desk: Desk): Step {
  const signIn = visit.agentSignIn;
  if (visit.agent === null || signIn === null) return refuse(visit, 'not-here');
  const changed = desk.agents.changePin(visit.agent.card, visit.agent, pin);
  return changed.ok ? on(backToWork(visit)) : on(troubled(visit, signIn, changed.error));
}

/** The resident goes on by themselves with everything that stands; that they were helped stays in the record. */
function handBack(visit: Visit): Step {
  if (visit.agent === null || visit.person === null) return refuse(visit, 'not-here');
  const { agentId, signKeyId, roster, sessionId } = visit.agent;
  const helpers = [...visit.helpers, { agentId, signKeyId, roster, sessionId }];
  return on({ ...backToWork(withoutAgent(visit)), helpers });
}

function settle(visit: Visit, signIn: AgentSignIn, done: ReturnType<Desk['agents']['signIn']>): Step {
  return done.ok ? on(signedIn(visit, signIn, done.value)) : on(troubled(visit, signIn, done.error));
}

/** Beside the resident whose matter stands, or alone: then nothing of whoever was here before stays. */
function signedIn(visit: Visit, { card }: AgentSignIn, here: AgentHere): Visit {
  if (card === null) return visit;
  const agent = { ...here, card, masked: maskName(card.name), sitting: NEW_SITTING };
  const kept = { ...visit, agentSignIn: null };
  const resident = findCardHolder(visit.person);
  if (resident !== null && !isSameCard(resident.card, card)) return backToWork({ ...kept, agent });
  const down = setDown(kept);
  if (down.person !== null) forgetPerson(down.person);
  return { ...beginVisit(visit.language, null, null), agent, spot: { at: 'agent-desk' } };
}

const AGENT_SPOTS: ReadonlySet<Spot['at']> = new Set(['agent', 'agent-sign-in']);

/** The page that stood before anybody asked for an agent. */
function backToWork(visit: Visit): Visit {
  const at = visit.trail.findLastIndex((spot) => !AGENT_SPOTS.has(spot.at));
  const spot = visit.trail[at];
  if (spot === undefined)
    return { ...atSpot(visit, visit.agent ? { at: 'agent-desk' } : { at: 'home' }), trail: [] };
  return { ...atSpot(visit, spot), trail: visit.trail.slice(0, at) };
}

function signInAt(visit: Visit, step: AgentSignIn['step']): AgentSignIn | null {
  const { agentSignIn: signIn } = visit;
  return visit.spot.at === 'agent-sign-in' && signIn?.step === step ? signIn : null;
}

function atStep(visit: Visit, agentSignIn: AgentSignIn): Visit {
  // Another page for the reader of revisions: what was tapped on the step before counts for nothing here.
  return { ...visit, spot: { at: 'agent-sign-in' }, agentSignIn };
}

function troubled(visit: Visit, signIn: AgentSignIn, trouble: SignInTrouble): Visit {
  return atStep(visit, { ...signIn, trouble });
}

/** What anybody would try first: one digit, or digits in a row. */
function isWeak(pin: string): boolean {
  const steps = new Set(Array.from(pin.slice(1), (digit, at) => Number(digit) - Number(pin[at])));
  const [step] = steps;
  return steps.size === 1 && step !== undefined && Math.abs(step) <= 1;
}
