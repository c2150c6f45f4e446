/**
 * Many residents in one sitting: what an agent carries from one to the next. A matter's name and a count, of nobody, and
 * of no matter that is private.
 */
import type { Page } from '../api.ts';
import { evidenceOf } from './agent-here.ts';
import type { Desk } from './desk.ts';
import { casesWithRefs, findCase, listedName } from './my-cases.ts';
import { againTile } from './tiles.ts';
import { goTo, type Visit } from './visit.ts';

/** What outlives a resident. */
export interface Sitting {
  /** How many cases were filed since the agent signed in. */
  readonly done: number;
  /** The matter that was filed last, to be offered first to the next resident; null where it is private. */
  readonly again: string | null;
  /** The number of the case whose resident is asked to lay their card. */
  readonly wanted: string | null;
}

/** A sitting that begins. */
export const NEW_SITTING: Sitting = { done: 0, again: null, wanted: null };

/** The visit with what a step adds to the sitting: a case that was filed, or whose card is waited for. */
export function withSitting(before: Visit, after: Visit, desk: Desk): Visit {
  const { agent, filed, spot } = after;
  if (agent === null) return after;
  const wanted = spot.at === 'agent-item' ? spot.localNumber : null;
  const isFiled = filed !== null && filed !== before.filed && filed.entryId !== before.filed?.entryId;
  const sitting = isFiled
    ? {
        done: agent.sitting.done + 1 + filed.bundle.length,
        again: listedName(filed.matterId, desk).private ? null : filed.matterId,
        wanted,
      }
    : { ...agent.sitting, wanted };
  return { ...after, agent: { ...agent, sitting } };
}

/** A resident just came whose card the list asked for: their case stands, where this machine remembers it. */
export function arriving(visit: Visit, desk: Desk): Visit {
  const { agent, person, spot } = visit;
  const wanted = agent?.sitting.wanted ?? null;
  if (agent === null || wanted === null) return visit;
  const met = { ...visit, agent: { ...agent, sitting: { ...agent.sitting, wanted: null } } };
  if (person === null || spot.at !== 'home') return met;
  const ref = casesWithRefs(person).find(({ remembered }) => remembered.localNumber === wanted)?.ref;
  const remembered = ref === undefined ? undefined : findCase(person, ref);
  if (ref === undefined || remembered === undefined) return met;
  const isPrivate = listedName(remembered.matterId, desk).private;
  return goTo(met, isPrivate ? { at: 'prove-again', ref, next: 'case' } : { at: 'case', ref });
}

/** The matter of the one before, on the first page of the next: one touch. Null where it is not for them. */
export function againPart(visit: Visit, desk: Desk): Extract<Page, { kind: 'home' }>['again'] {
  const matterId = visit.agent?.sitting.again ?? null;
  const isNew = visit.filed === null && visit.filling === null;
  return matterId === null || !isNew ? null : againTile(matterId, visit.person, desk);
}

/** The case shown beside an agent, who may promise a call about it; null without one. */
export function callBackPart(visit: Visit, ref: string): Extract<Page, { kind: 'case' }>['callBack'] {
  if (evidenceOf(visit) !== 'card') return null;
  return { day: visit.promised?.ref === ref ? visit.promised.day : null };
}
