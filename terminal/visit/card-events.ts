/** What a card means at the moment it is read. It depends on who is here and on what their page expects. */
import type { Question } from '../../catalog/schema.ts';
import type { IdentityRead } from '../../drivers/api.ts';
import { isAgentsCard } from './agent-here.ts';
import { isSameCard, wipeCard } from './person.ts';
import type { PresenceState } from './presence.ts';
import type { CardMoment, Filling, Visit } from './visit.ts';
import { OWN_CARD } from './words.ts';

/**
 * - `begin`: nobody is here, or nobody known: a visit begins.
 * - `first-card`: the card this visit rests on: still here.
 * - `answer`: another person's card, which the question shown asks for.
 * - `other-at-proof`: another card where the first one was asked for again.
 * - `agent-card`: the page asks for the card of an agent who signs in.
 * - `agent-again`: the card of the agent who is signed in: still here.
 * - `own-card`: of whoever came by a code from their phone.
 * - `second-card`: another card, and nothing asked for it.
 */
export type CardMeaning =
  | ('begin' | 'first-card' | 'answer' | 'other-at-proof' | 'second-card')
  | ('agent-card' | 'agent-again' | 'own-card');

/** What a card just read means. */
export function meaningOf(card: IdentityRead, visit: Visit | null, presence: PresenceState): CardMeaning {
  if (visit !== null && presence.at === 'active' && asksForAgent(visit)) return 'agent-card';
  if (visit?.agent && isSameCard(card, visit.agent.card)) return 'agent-again';
  if (visit?.person == null) return 'begin';
  if (isSameCard(card, visit.person.card)) return 'first-card';
  if (visit.person.phone !== null && card.number === visit.person.card.number) return 'own-card';
  if (presence.at !== 'active') return 'second-card';
  if (visit.spot.at === 'prove-again') return 'other-at-proof';
  return findCardQuestion(visit) === undefined ? 'second-card' : 'answer';
}

/**
 * What a card that was read before and still lies there means.
 * - `of-nobody`: of a visit that is over.
 * - `agent-card`: the person's own, where the page asks for an agent's.
 * - `lay-again`: the page asks for an agent's card, and what lies there is forgotten: it has to be laid anew.
 * - `again`: the agent's, or one that answers a question: still here.
 */
export type StillMeaning = 'of-nobody' | 'agent-card' | 'lay-again' | 'first-card' | 'again' | 'other';

/** What a card that still lies on the reader means. */
export function stillMeaningOf(readId: string, visit: Visit | null, { at }: PresenceState): StillMeaning {
  if (visit === null) return 'of-nobody';
  const isOwn = visit.person?.card.readId === readId;
  if (at === 'active' && asksForAgent(visit)) return isOwn ? 'agent-card' : 'lay-again';
  if (at === 'active' && isAgentsCard(visit, readId)) return 'again';
  if (visit.person === null) return 'of-nobody';
  if (isOwn) return 'first-card';
  const isAnswer = visit.filling?.cards.some((card) => card.readId === readId) === true;
  return at === 'active' && isAnswer ? 'again' : 'other';
}

/** The question shown that a card answers. */
function findCardQuestion(visit: Visit): Question | undefined {
  const { spot, filling } = visit;
  if (spot.at !== 'question' || filling === null) return undefined;
  const question = filling.matter.questions.find(({ id }) => id === spot.questionId);
  return question?.type === 'person-card' ? question : undefined;
}

/** Whether the page shown waits for the card of an agent who signs in. */
export function asksForAgent({ spot, agentSignIn }: Visit): boolean {
  return spot.at === 'agent-sign-in' && agentSignIn?.step === 'card';
}

/** Whether the page shown waits for a card. */
function expectsCard(visit: Visit): boolean {
  return asksForAgent(visit) || visit.spot.at === 'prove-again' || findCardQuestion(visit) !== undefined;
}

/** The visit with another person's card held as what its question is answered with. */
export function withCardAnswer(visit: Visit, card: IdentityRead): Visit {
  const question = findCardQuestion(visit);
  if (visit.filling === null || question === undefined) return visit;
  const typing = { questionId: question.id, value: card.readId };
  const cards = withoutStaleReads(visit.filling, question.id, card);
  return { ...visit, cardMoment: 'waiting', filling: { ...visit.filling, typing, problem: null, cards } };
}

/** The visit after its own card was laid: a private case opens, a question for another's card says so. */
export function withFirstCard(visit: Visit, shown: boolean): Visit {
  if (!shown) return visit;
  if (visit.spot.at === 'prove-again')
    return { ...visit, spot: { at: visit.spot.next, ref: visit.spot.ref }, cardMoment: 'waiting' };
  if (visit.filling === null || findCardQuestion(visit) === undefined) return visit;
  const problem = { code: 'own-card', words: OWN_CARD };
  return { ...visit, cardMoment: 'waiting', filling: { ...visit.filling, problem } };
}

/** The visit with how the card it waits for is doing. */
export function withCardMoment(visit: Visit, cardMoment: CardMoment): Visit {
  return expectsCard(visit) ? { ...visit, cardMoment } : visit;
}

/** The cards held, with the new read instead of one laid for this question and not accepted as answer. */
function withoutStaleReads(filling: Filling, questionId: string, card: IdentityRead): IdentityRead[] {
  const stale = filling.typing?.questionId === questionId ? filling.typing.value : undefined;
  const answers = Object.values(filling.answers);
  const kept = filling.cards.filter((held) => {
    if (held.readId !== stale || answers.includes(held.readId)) return true;
    wipeCard(held);
    return false;
  });
  return [...kept, card];
}
