/** The content of each page of a visit, from what is known now. Nothing here changes anything. */
import { civilTime } from '../../base/calendar.ts';
import { findAnswer } from '../../catalog/conditions.ts';
import { describeAnswer, displayName } from '../../catalog/describe.ts';
import type { Question } from '../../catalog/schema.ts';
import type { Page } from '../api.ts';
import { findWholeStop } from '../limits/standing.ts';
import { absentListPage, findAbsentPage } from './absent.ts';
import { countWaiting } from './after-filing.ts';
import { agentDeskPage, agentPage, findAgentPage } from './agent-pages.ts';
import { bookingPart } from './booking-part.ts';
import { isUndecided, offerPart } from './bundle.ts';
import { findLastDeclaration } from './declaring.ts';
import type { Desk } from './desk.ts';
import { placeText } from './desk.ts';
import { findNoticePage } from './emergencies.ts';
import { checkFacts, filledFacts } from './facts.ts';
import { offersOf } from './flow/bundle.ts';
import { draftStep, questionsToAsk } from './flow/fill.ts';
import { findGuideList, findGuidePage, guidesPage } from './guide-pages.ts';
import { findAnswerPage, lookUpPage, phoneCodePage } from './look-up-pages.ts';
import { addressOf, maskName, partOfDay } from './mask.ts';
import { findMatterPage, headOf } from './matter-page.ts';
import {
  caseLine,
  casePage,
  casesOfLastUse,
  casesWithRefs,
  countSlipsOwed,
  findCase,
  findDeedPage,
  listedName,
} from './my-cases.ts';
import { findBillPage, findPaymentPage } from './pay-pages.ts';
import type { Person } from './person.ts';
import { printPage } from './print-page.ts';
import { provePage } from './prove-page.ts';
import { nearWordsFor, rangeOf, slotsPart } from './question-parts.ts';
import { findRatingOffer, findRatingPage, mayRate } from './rating.ts';
import { consentPage, fetchedPage, keptOfMePage, offerBeside, recordsPage } from './shared-pages.ts';
import { againPart, callBackPart } from './sitting.ts';
import { hearBy } from './slip-of.ts';
import { findSubjectName } from './subject.ts';
import { findTherePage, findWithdrawalThere, therePart } from './there.ts';
import { categoryTiles, filledCategories, foundPage, likelyTiles, openTiles, youngHolder } from './tiles.ts';
import type { CardMoment, Filed, Filling, Spot, Visit } from './visit.ts';

type PageOf<K extends Page['kind']> = Extract<Page, { kind: K }>;

/** The page a visit is on. Where what it shows is gone meanwhile, the first page stands instead. */
export function pageOf(visit: Visit, desk: Desk): Page {
  return findPage(visit, visit.spot, desk) ?? firstPage(visit, desk);
}

function firstPage(visit: Visit, desk: Desk): Page {
  const { person } = visit;
  if (person === null && visit.agent !== null) return agentDeskPage(visit, desk);
  if (person === null) return { kind: 'no-card', tiles: openTiles(desk) };
  const { card, validity } = person;
  if (validity === 'valid') return homePage(visit, person, desk);
  return {
    kind: 'card-not-valid',
    why: validity,
    date:
      validity === 'at-counter' ? null : ((validity === 'expired' ? card.validTo : card.validFrom) ?? null),
    tiles: openTiles(desk),
  };
}

function findPage(visit: Visit, spot: Spot, desk: Desk): Page | undefined {
  const { person } = visit;
  switch (spot.at) {
    case 'home':
    case 'no-card':
    case 'card-not-valid':
      return firstPage(visit, desk);
    case 'categories':
      return { kind: 'categories', categories: filledCategories(person, desk) };
    case 'category':
      return findCategoryPage(visit, spot.categoryId, desk);
    case 'find':
      return foundPage(spot.words, person, desk);
    case 'matter':
      return findMatterPage(visit, spot.matterId, desk);
    case 'question':
      return visit.filling === null
        ? undefined
        : findQuestionPage(visit, visit.filling, spot.questionId, desk);
    case 'prove-person':
      return visit.filling === null ? undefined : provePage(visit, headNow(visit, visit.filling), desk);
    case 'consent':
    case 'fetched':
    case 'records':
      return visit.filling === null ? undefined : findSharedPage(visit, visit.filling, spot, desk);
    case 'print':
      return visit.filling === null
        ? undefined
        : printPage(visit, visit.filling, headNow(visit, visit.filling), desk);
    case 'kept-of-me':
      return keptOfMePage(visit, desk);
    case 'bundle':
      return visit.filling === null ? undefined : bundlePage(visit, visit.filling, desk);
    case 'bill':
    case 'cash':
      return findBillPage(visit, spot, headNow, desk);
    case 'payment':
      return findPaymentPage(visit, (matter) => headOf(matter, null), desk);
    case 'check':
      return visit.filling === null ? undefined : checkPage(visit, visit.filling, desk);
    case 'kept':
      return visit.filed === null ? undefined : keptPage(visit, visit.filed, desk);
    case 'my-cases':
      return person === null ? undefined : myCasesPage(visit, person, desk);
    case 'prove-again':
      return { kind: 'prove-again', state: cardMoment(visit, desk) };
    case 'case':
      return person === null ? undefined : findCasePage(visit, spot.ref, person, desk);
    case 'withdraw':
    case 'collect':
      if (person === null) return undefined;
      return findDeedPage(spot, person, desk) ?? findWithdrawalThere(spot.ref, person, desk);
    case 'rate-case':
      return findRatingPage(spot, visit, desk);
    case 'last-use':
      return person === null ? undefined : lastUsePage(visit, person, desk);
    case 'guides':
      return guidesPage(desk);
    case 'guide-list':
      return findGuideList(spot, desk);
    case 'guide':
      return findGuidePage(spot.guideId, desk);
    case 'emergency':
      return { kind: 'emergency', numbers: [...desk.catalog().emergencyNumbers] };
    case 'phone-code':
      return phoneCodePage(visit, desk);
    case 'slip-lookup':
      return visit.lookUp === null ? undefined : lookUpPage(spot, visit.lookUp, desk);
    case 'slip-answer':
      return visit.lookUp === null ? undefined : findAnswerPage(visit.lookUp, desk);
    case 'notice':
      return findNoticePage(visit, spot.noticeId, desk);
    case 'lost-card':
      return { kind: spot.at };
    case 'agent':
      return agentPage(visit, desk);
    case 'agent-sign-in':
    case 'agent-desk':
    case 'agent-list':
    case 'agent-item':
    case 'agent-day':
    case 'agent-repair':
      return findAgentPage(visit, spot, desk);
    case 'absent-list':
      return visit.agent === null ? undefined : absentListPage(desk);
    case 'absent':
      return findAbsentPage(visit, desk);
  }
}

function findSharedPage(
  visit: Visit,
  filling: Filling,
  spot: Extract<Spot, { at: 'consent' | 'fetched' | 'records' }>,
  desk: Desk,
): Page | undefined {
  const head = headNow(visit, filling);
  switch (spot.at) {
    case 'consent':
      return consentPage(filling, spot.dataSet, head, desk);
    case 'fetched':
      return fetchedPage(visit, filling, spot.dataSet, head, desk);
    case 'records':
      return recordsPage(visit, filling, spot.page, head, desk);
  }
}

function homePage(visit: Visit, person: Person, desk: Desk): PageOf<'home'> {
  const draft = draftStep(visit, desk);
  const young = youngHolder(person, desk);
  return {
    kind: 'home',
    greeting: {
      partOfDay: partOfDay(civilTime(desk.time.nowMs()).hour),
      address: addressOf(person.card.name, person.card.sex, young),
    },
    young,
    likely: likelyTiles(person, desk),
    categories: filledCategories(person, desk),
    caseCount: person.cases.length,
    slipsOwed: countSlipsOwed(person, desk),
    ...countWaiting(person, desk),
    rates: findRatingOffer(visit, desk) !== undefined,
    again: againPart(visit, desk),
    stopped: findWholeStop(desk.standing(), desk.site.support) ?? null,
    notices: desk.notices().filter(({ danger }) => danger),
    draft: draft && { name: displayName(draft.matter, { inLists: true }), step: draft.step },
    lastUse: lastUseOf(person, desk),
    remembered: person.memory !== null,
  };
}

function findCategoryPage(visit: Visit, categoryId: string, desk: Desk): PageOf<'category'> | undefined {
  const category = desk.catalog().categories.find(({ id }) => id === categoryId);
  return (
    category && {
      kind: 'category',
      name: category.name,
      tiles: categoryTiles(categoryId, visit.person, desk),
    }
  );
}

function findQuestionPage(
  visit: Visit,
  filling: Filling,
  questionId: string,
  desk: Desk,
): PageOf<'question'> | undefined {
  const asked = questionsToAsk(filling);
  const position = asked.findIndex(({ id }) => id === questionId);
  const question = asked[position];
  if (question === undefined) return undefined;
  const value = valueShown(visit, filling, question);
  return {
    kind: 'question',
    head: headNow(visit, filling),
    step: position + 1,
    steps: asked.length,
    question,
    value,
    problem: filling.problem,
    dateRange: rangeOf(question, desk),
    personCard: question.type === 'person-card' ? personCard(visit, filling, value, desk) : null,
    code: question.type === 'code' ? codeState(visit, filling, question, desk) : null,
    slots: slotsPart(question, desk),
    nearWords: nearWordsFor(question, filling.matter),
    filled: filledFacts(visit, filling, desk),
    offer: offerBeside(visit, filling, question.id, desk),
  };
}

function valueShown(visit: Visit, filling: Filling, { id, type }: Question): PageOf<'question'>['value'] {
  const typed = filling.typing?.questionId === id ? filling.typing.value : undefined;
  // A code comes to the screen only while it is typed there; else the screen is told its end alone.
  if (type === 'code') return visit.codeMoment === 'read' ? null : (typed ?? null);
  return typed ?? findAnswer(filling.answers, id) ?? null;
}

function codeState(
  visit: Visit,
  filling: Filling,
  question: Question,
  desk: Desk,
): PageOf<'question'>['code'] {
  const typed = filling.typing?.questionId === question.id ? filling.typing.value : undefined;
  const held = visit.codeMoment === 'read' ? typed : findAnswer(filling.answers, question.id);
  const isReplaced = visit.codeMoment !== 'read' && (typed !== undefined || filling.problem !== null);
  if (held !== undefined && !isReplaced && visit.codeMoment !== 'unreadable')
    return { state: 'read', shown: describeAnswer(question, held).zh };
  if (desk.devices().scanner === 'down') return { state: 'down', shown: null };
  return { state: visit.codeMoment === 'unreadable' ? 'unreadable' : 'waiting', shown: null };
}

function personCard(
  visit: Visit,
  filling: Filling,
  value: PageOf<'question'>['value'],
  desk: Desk,
): PageOf<'question'>['personCard'] {
  const now = cardMoment(visit, desk);
  const moment = now === 'other-card' ? 'waiting' : now;
  const card = filling.cards.find(({ readId }) => readId === value);
  if (card === undefined || visit.cardMoment !== 'waiting') return { state: moment, name: null };
  return { state: 'read', name: maskName(card.name) };
}

/** How the card a page waits for is doing; a reader that is down is trouble. */
function cardMoment(visit: Visit, desk: Desk): CardMoment {
  return desk.devices().reader === 'down' ? 'trouble' : visit.cardMoment;
}

function checkPage(visit: Visit, filling: Filling, desk: Desk): PageOf<'check'> {
  const declared = findLastDeclaration(filling);
  return {
    kind: 'check',
    head: headNow(visit, filling),
    facts: checkFacts(visit, filling, desk),
    declares: declared ? { questionId: declared.id, words: declared.ask, help: declared.help ?? null } : null,
    bundle: offersOf(visit, desk).map(offerPart),
    problem: filling.problem,
  };
}

function bundlePage(visit: Visit, filling: Filling, desk: Desk): PageOf<'bundle'> {
  const offers = offersOf(visit, desk);
  return {
    kind: 'bundle',
    head: headNow(visit, filling),
    offers: offers.map(offerPart),
    decided: !isUndecided(offers),
  };
}

function keptPage(visit: Visit, filed: Filed, desk: Desk): PageOf<'kept'> {
  const { matter, localNumber, keptAtMs, entryId, bundle } = filed;
  const slip = desk.slips.findState(entryId) ?? 'no-printer';
  const isOnPaper = slip === 'printing' || slip === 'printed';
  return {
    kind: 'kept',
    head: headOf(matter, filed.forWhom),
    localNumber,
    slipCode: isOnPaper ? null : filed.slipCode,
    bundle: bundle.map((one) => ({
      name: listedName(one.matterId, desk).name,
      localNumber: one.localNumber,
      slipCode: isOnPaper ? null : one.slipCode,
    })),
    keptAtMs,
    delivered: [filed, ...bundle].every((one) => desk.keeper.entryState(one.entryId) === 'delivered'),
    slip,
    workingDays: matter.time?.workingDays ?? null,
    hearBy: hearBy(matter, keptAtMs, desk),
    rating: { offered: mayRate(visit), given: filed.rating },
    booking: bookingPart(visit, filed),
    canDoAnother: true,
  };
}

function myCasesPage(visit: Visit, person: Person, desk: Desk): PageOf<'my-cases'> {
  const items = casesWithRefs(person).map(({ ref, remembered }) => caseLine(ref, remembered, person, desk));
  const there = therePart(visit, person, desk);
  return { kind: 'my-cases', items, asOfMs: desk.keeper.lastContactMs(), there };
}

function findCasePage(visit: Visit, ref: string, person: Person, desk: Desk): PageOf<'case'> | undefined {
  const remembered = findCase(person, ref);
  if (remembered === undefined) return findTherePage(ref, person, desk);
  return { ...casePage(ref, remembered, person, desk), callBack: callBackPart(visit, ref) };
}

function lastUsePage(visit: Visit, person: Person, desk: Desk): PageOf<'last-use'> {
  const named = casesOfLastUse(person);
  const { frozen } = visit;
  return {
    kind: 'last-use',
    lastUse: lastUseOf(person, desk),
    freezes: casesWithRefs(person)
      .filter(({ remembered }) => named.includes(remembered))
      .map(({ ref, remembered }) => caseLine(ref, remembered, person, desk)),
    done: frozen && { localNumber: frozen.localNumber },
    slip: frozen && desk.slips.findState(frozen.entryId),
  };
}

function lastUseOf(person: Person, desk: Desk): PageOf<'home'>['lastUse'] {
  return person.lastUseMs === null ? null : { atMs: person.lastUseMs, place: placeText(desk.site) };
}

/** The head of what is being filled in. */
function headNow(visit: Visit, filling: Filling): PageOf<'check'>['head'] {
  const name = findSubjectName(visit, filling);
  return headOf(filling.matter, name === null ? null : maskName(name));
}
