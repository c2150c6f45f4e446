/** Recorded authority in a visit: given beside an agent, taken back, and used for somebody who is not here. */
import { toHex } from '../../../base/bytes.ts';
import { addDays, findDateStartMs, isoDate } from '../../../base/calendar.ts';
import { asEntrusted, isEntrustable } from '../../../catalog/entrust.ts';
import type { Answers, CardFact, Matter } from '../../../catalog/schema.ts';
import type { EntrustedMatter } from '../../../sync/authority-contents.ts';

import { fileAuthority, fileAuthorityEnd } from '../../cases/authority.ts';
import { checkCase } from '../../cases/check.ts';
import { filesAnswered } from '../../cases/held-files.ts';
import { findWholeStop } from '../../limits/standing.ts';
import { absentOf, findLive } from '../absent.ts';
import { evidenceOf } from '../agent-here.ts';
import { asDeclared, findLastDeclaration } from '../declaring.ts';
import { contentPlace, type Desk } from '../desk.ts';
import { ENTRUST_DAYS, ENTRUSTED_ENOUGH, NOT_ENTRUSTED, NOTHING_TO_ENTRUST } from '../entrust-words.ts';
import {
  canEntrust,
  ENTRUST_MATTER_ID,
  entrustableMatters,
  entrustMatter,
  findStanding,
} from '../entrusting.ts';
import { findCardHolder, type Person, withCasesAgain } from '../person.ts';
import { printSlipOf } from '../slip-of.ts';
import { availabilityOf, blockedWords } from '../tiles.ts';
import { type Filling, goTo, type Visit, wipeFilling } from '../visit.ts';
import { newFilling, onward, wishOf } from './fill.ts';
import { setDown } from './set-down.ts';
import { type Handler, on, refuse, type Step } from './step.ts';

/** The resident who is here entrusts the agent beside them: what is in hand becomes a draft meanwhile. */
export function beginEntrusting(visit: Visit, desk: Desk): Step {
  if (visit.spot.at !== 'agent' || evidenceOf(visit) !== 'card') return refuse(visit, 'not-here');
  if (!canEntrust(desk)) return refuse(visit, 'matter-not-available', NOTHING_TO_ENTRUST);
  const stop = findWholeStop(desk.standing(), desk.site.support);
  if (stop !== undefined) return refuse(visit, 'matter-not-available', stop);
  const filling: Filling = {
    ...newFilling(entrustMatter(desk), 'self', desk),
    authority: { for: 'giving' },
  };
  const clear = setDown(visit);
  return on(goTo({ ...clear, filling }, onward({ ...clear, filling }, filling, null, desk)));
}

/** Hands in what was answered to {@link beginEntrusting}: kept first, then on the agent's list. */
export function giveAuthority(
  visit: Visit,
  filling: Filling,
  declares: string | undefined,
  desk: Desk,
): Step {
  const person = findCardHolder(visit.person);
  const { agent } = visit;
  if (visit.spot.at !== 'check' || person === null || agent === null || evidenceOf(visit) !== 'card')
    return refuse(visit, 'not-here');
  const isDeclared = declares !== undefined && findLastDeclaration(filling)?.id === declares;
  const context = { crypto: desk.crypto, time: desk.time, online: desk.online() };
  const checked = checkCase(wishOf(visit, isDeclared ? asDeclared(filling) : filling, desk), context);
  if (!checked.ok) {
    const { code, words, questionId } = checked.error;
    return refuseAtCheck(visit, filling, refuse(visit, code, words ?? undefined, questionId ?? undefined));
  }
  const [signature, photo] = filesAnswered(checked.value);
  if (signature === undefined || photo === undefined) return refuse(visit, 'incomplete');
  const wish = {
    ...{ holder: person.card, agent, signature, photo },
    ...termsOf(checked.value.answers, desk),
  };
  const facts = factsFor(wish.matters, desk);
  const tools = { keeper: desk.keeper, memory: person.memory, lang: visit.language };
  const kept = fileAuthority({ ...wish, facts }, filling.ids, { ...tools, place: contentPlace(desk.site) });
  if (!kept.ok) return refuseAtCheck(visit, filling, refuse(visit, kept.error));
  const { caseId, localNumber, slipCode } = filling.ids;
  const isListed = desk.agents.authorities.add({
    authorityId: caseId,
    holder: holderOf(person),
    ...{ matters: [...wish.matters], givenMs: wish.givenMs, untilMs: wish.untilMs, uses: [] },
  });
  const { entryId, keptAtMs } = kept.value;
  const filed = {
    ...{ entryId, keptAtMs, caseId, localNumber, slipCode, matter: filling.matter },
    ...{ matterId: ENTRUST_MATTER_ID, forWhom: person.masked, bundle: [] },
    ...{ ratingId: desk.random.bytes(16), rating: null, appointment: null },
  };
  wipeFilling(filling);
  const again = { ...visit, person: withCasesAgain(person), filling: null, filed };
  printSlipOf(filed, again, desk);
  const there = { ...goTo(again, { at: 'kept' }), trail: [], slipsOf: [...visit.slipsOf, entryId] };
  return isListed ? on(there) : refuse(there, 'store-full');
}

/** What of the card these matters need: whoever acts at another machine knows that and no more. */
function factsFor(matters: readonly EntrustedMatter[], desk: Desk): readonly CardFact[] {
  const needed = matters.flatMap(({ id }) => findMatter(id, desk)?.cardFacts ?? []);
  return [...new Set<CardFact>(['number', ...needed])];
}

/** What was chosen: each matter with how often it may be done, and to the end of which day. */
function termsOf(
  answers: Answers,
  desk: Desk,
): { readonly matters: readonly EntrustedMatter[]; readonly givenMs: number; readonly untilMs: number } {
  const { matters: chosen, until } = answers;
  const isChosen = (id: string) => Array.isArray(chosen) && chosen.some((one) => one === id);
  const givenMs = desk.time.nowMs();
  const days = ENTRUST_DAYS[String(until)] ?? 0;
  return {
    matters: entrustableMatters(desk)
      .filter(({ id }) => isChosen(id))
      .map(({ id, entrust: { perMonth } }) => ({ id, perMonth })),
    givenMs,
    // To the end of that day.
    untilMs: findDateStartMs(addDays(isoDate(givenMs), days + 1)) ?? givenMs,
  };
}

function holderOf({ card: { kind, name, number, sex, birth, address } }: Person) {
  return { kind, name, number, sex, birth, address };
}

/** Whoever gave an authority takes it back, at once: also where nobody has network to hear it. */
export const endAuthority: Handler<'end-authority'> = (visit, { ref }, desk) => {
  const person = findCardHolder(visit.person);
  const given = person && findStanding(person, ref, desk);
  if (visit.spot.at !== 'kept-of-me' || !given || person.memory === null) return refuse(visit, 'not-here');
  const { authorityId } = given;
  const kept = fileAuthorityEnd(
    {
      ...{ authorityId, submissionId: desk.random.bytes(16), holder: person.card },
      ...{ person: person.memory, atMs: desk.clock.wallMs() },
    },
    desk.keeper,
  );
  if (!kept.ok) return refuse(visit, kept.error);
  desk.agents.authorities.end(authorityId);
  return on({ ...visit, person: withCasesAgain(person) });
};

/** An agent alone asks for those they may act for who are not here. */
export function openAbsentList(visit: Visit, desk: Desk): Step {
  if (visit.spot.at !== 'agent-desk' || visit.agent === null || visit.person !== null)
    return refuse(visit, 'not-here');
  const isNobody = desk.agents.authorities.live().length === 0 && desk.authoritiesThere.state() === 'known';
  return isNobody ? refuse(visit, 'not-here') : on(goTo(visit, { at: 'absent-list' }));
}

/** One of them: from here on every page says for whom. */
export function chooseAbsent(visit: Visit, ref: string, desk: Desk): Step {
  if (visit.spot.at !== 'absent-list' || visit.person !== null || visit.agent === null)
    return refuse(visit, 'not-here');
  const authority = desk.agents.authorities.live().find(({ authorityId }) => toHex(authorityId) === ref);
  if (authority === undefined) return refuse(visit, 'not-here');
  return on({ ...goTo(visit, { at: 'absent' }), absent: absentOf(authority) });
}

/** Begins a matter for the one who is not here, where their authority says so and as long as it counts. */
export const startForAbsent: Handler<'start'> = (visit, { basis }, desk) => {
  const { spot, absent } = visit;
  const whole = spot.at === 'matter' ? findMatter(spot.matterId, desk) : undefined;
  if (whole === undefined || absent === null || visit.person !== null) return refuse(visit, 'not-here');
  const authority = findLive(visit, desk);
  const isWithin = authority?.matters.some(({ id }) => id === whole.id) && isEntrustable(whole);
  if (authority === undefined || !isWithin || basis !== 'agent')
    return refuse(visit, 'basis-not-allowed', NOT_ENTRUSTED);
  if (desk.agents.authorities.left(authority, whole.id) <= 0)
    return refuse(visit, 'matter-not-available', ENTRUSTED_ENOUGH);
  const availability = availabilityOf(whole, absent.person, desk);
  if (availability !== 'open') {
    const words = blockedWords(whole, absent.person, availability, desk);
    return refuse(visit, 'matter-not-available', words);
  }
  const isInHand = visit.filling?.matter.id === whole.id && visit.filling.basis === 'agent';
  const filling: Filling =
    isInHand && visit.filling !== null
      ? visit.filling
      : { ...newFilling(asEntrusted(whole), 'agent', desk), authority: { for: 'using', whole } };
  const clear = isInHand ? visit : setDown(visit);
  const first = onward({ ...clear, filling }, filling, null, desk);
  return on(goTo({ ...clear, trail: visit.trail, filling }, first));
};

function findMatter(matterId: string, desk: Desk): Matter | undefined {
  return desk.catalog().matters.find(({ id }) => id === matterId);
}

/** The refusal, said on the check page too. */
function refuseAtCheck(visit: Visit, filling: Filling, { refusal }: Step): Step {
  const problem = refusal && { code: refusal.code, words: refusal.words };
  return { visit: { ...visit, filling: { ...filling, problem } }, refusal };
}
