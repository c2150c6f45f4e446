/** What leaves the visit: a case, a "not me", and the slips they are printed on. */
import type { Text } from '../../../catalog/schema.ts';
import type { Refusal } from '../../api.ts';
import { actsOn } from '../../cases/case-acts.ts';
import { checkCase } from '../../cases/check.ts';
import { type FilingTools, fileFreeze, refusalOfKeep } from '../../cases/file.ts';
import { makeCaseIds } from '../../cases/ids.ts';
import type { RememberedCase } from '../../keeper.ts';
import { findStop, findWholeStop } from '../../limits/standing.ts';
import { findAppointment } from '../booking-part.ts';
import { findLost, isUndecided, onOneSlip, withChoice } from '../bundle.ts';
import { findCallTrouble } from '../call-wish.ts';
import { asDeclared, findLastDeclaration } from '../declaring.ts';
import { contentPlace, type Desk } from '../desk.ts';
import { maskName } from '../mask.ts';
import { casesOfLastUse, findCase, listedName, NOT_ME_MATTER_ID } from '../my-cases.ts';
import { type Person, withCasesAgain } from '../person.ts';
import { printSlipOf, type SlipSubject } from '../slip-of.ts';
import { asRemembered, findThere } from '../there.ts';
import { type Filling, goTo, type Visit, wipeFilling } from '../visit.ts';
import {
  BUNDLE_UNDECIDED,
  bundleLost,
  COPIES_ENOUGH,
  COPY_NOT_PRINTED,
  PRINTER_NOT_READY,
  refusal,
} from '../words.ts';
import { fileWithBundle, offersOf } from './bundle.ts';
import { wishOf } from './fill.ts';
import { submitAnswer } from './notices.ts';
import { submitCollection, submitSupplement } from './own-case.ts';
import { type Handler, on, refuse, type Step } from './step.ts';

/** Copies one visit may ask for: paper is far from here. */
const MOST_COPIES = 5;

export const submit: Handler<'submit'> = (visit, { declares }, desk) => {
  const { filling } = visit;
  if (filling === null || visit.spot.at !== 'check') return refuse(visit, 'not-here');
  const isDeclared = declares !== undefined && findLastDeclaration(filling)?.id === declares;
  if (filling.notice !== null) return submitAnswer(visit, filling, filling.notice, desk);
  if (filling.supplement !== null)
    return submitSupplement(visit, isDeclared ? asDeclared(filling) : filling, desk);
  if (filling.collects !== null) return submitCollection(visit, filling, filling.collects, desk);
  const stop = findStop(filling.matter, desk.standing(), desk.site.support);
  if (stop !== undefined)
    return refuseAtCheck(visit, filling, 'matter-not-available', { words: stop.words, questionId: null });
  const called = findCallTrouble(filling.matter, visit, desk);
  if (called !== undefined)
    return refuseAtCheck(visit, filling, 'matter-not-available', { words: called, questionId: null });
  const context = { crypto: desk.crypto, time: desk.time, online: desk.online() };
  const checked = checkCase(wishOf(visit, isDeclared ? asDeclared(filling) : filling, desk), context);
  if (!checked.ok && checked.error.code === 'needs-proof')
    return refuse(goTo(visit, { at: 'prove-person', next: visit.spot }), 'needs-proof');
  if (!checked.ok) return refuseAtCheck(visit, filling, checked.error.code, checked.error);
  const offers = offersOf(visit, desk);
  const lost = findLost(filling, offers);
  if (lost !== undefined) return refuseLost(visit, filling, lost.matterId, desk);
  if (isUndecided(offers)) return refuse(goTo(visit, { at: 'bundle' }), 'incomplete', BUNDLE_UNDECIDED);
  const first = { checked: checked.value, ids: filling.ids };
  const filed = fileWithBundle(first, offers, filingTools(visit, desk));
  // What came with it may have been kept all the same.
  const person = visit.person && withCasesAgain(visit.person);
  if (!filed.ok) return refuseAtCheck({ ...visit, person }, filling, filed.error);

  const { subject, matter } = checked.value;
  // Whoever asks to be called half way through something finds that again.
  const draft = matter.callBack === true ? visit.draft : null;
  if (draft === null) visit.person?.memory?.dropDraft();
  if (matter.callBack === true && visit.person === null) desk.callPace.noted();
  wipeFilling(filling);
  const kept = {
    ...filed.value,
    matter,
    matterId: matter.id,
    forWhom: subject && maskName(subject.name),
    ratingId: desk.random.bytes(16),
    rating: null,
    appointment: findAppointment(matter, checked.value.answers) ?? null,
  };
  const there = goTo({ ...visit, person, draft, filling: null, filed: kept }, { at: 'kept' });
  return on(withSlip({ ...there, trail: [] }, kept, desk));
};

export const printSlip: Handler<'print-slip'> = (visit, _action, desk) => {
  const subject = slipShown(visit, desk);
  if (subject === undefined) return refuse(visit, 'not-here');
  // Nothing would come out, and nothing may be counted as if it had.
  if (desk.devices().slipPrinter === 'down') return refuse(visit, 'not-here', PRINTER_NOT_READY);
  // One that surely did not come out cost no paper.
  const copies = visit.copiesAsked + (desk.slips.findState(subject.entryId) === 'not-printed' ? 0 : 1);
  if (copies > MOST_COPIES) return refuse(visit, 'not-here', COPIES_ENOUGH);
  const printed = printSlipOf(subject, visit, desk);
  return printed.ok
    ? on({ ...withSlipOf(visit, subject), copiesAsked: copies })
    : refuse(visit, refusalOfKeep(printed.error), COPY_NOT_PRINTED);
};

export const notMe: Handler<'not-me'> = (visit, _action, desk) => {
  const { person } = visit;
  if (person === null || person.lastUseMs === null || visit.spot.at !== 'last-use' || visit.frozen !== null)
    return refuse(visit, 'not-here');
  const stopped = findWholeStop(desk.standing(), desk.site.support);
  // A full or long journal must not keep anybody from saying that it was not them: only a revoked machine does.
  if (desk.standing().revoked) return refuse(visit, 'out-of-service', stopped);
  const ids = makeCaseIds(desk.random);
  const report = {
    submitter: person.card,
    frozenCaseIds: casesOfLastUse(person).map(({ caseId }) => caseId),
    lastUseMs: person.lastUseMs,
    rowName: NOT_ME_MATTER_ID,
  };
  const filed = fileFreeze(report, ids, filingTools(visit, desk));
  ids.replyKeyPrivate.fill(0);
  if (!filed.ok) return refuse(visit, filed.error);
  const frozen = { ...filed.value, matterId: NOT_ME_MATTER_ID };
  return on(withSlip({ ...visit, person: withCasesAgain(person), frozen }, frozen, desk));
};

/** The case whose slip the present page speaks of. */
function slipShown(visit: Visit, desk: Desk): SlipSubject | undefined {
  const { spot, person } = visit;
  if (spot.at === 'kept') return visit.filed ?? undefined;
  if (spot.at === 'last-use') return visit.frozen ?? undefined;
  if (person === null || spot.at !== 'case') return undefined;
  const remembered = findCase(person, spot.ref);
  if (remembered === undefined) {
    const told = findThere(person, spot.ref, desk)?.told;
    return told && findSlipOfSupplement(asRemembered(told), person, desk);
  }
  const supplied = findSlipOfSupplement(remembered, person, desk);
  if (supplied !== undefined) return supplied;
  const { first, bundle } = onOneSlip(remembered, person, desk.crypto);
  return { ...first, bundle };
}

/** What was supplied last, where its slip did not surely come out: that is wanted before another of the case. */
function findSlipOfSupplement(
  remembered: RememberedCase,
  person: Person,
  desk: Desk,
): SlipSubject | undefined {
  const supplied = actsOn(remembered, person.acts).findLast(({ deed }) => deed.did === 'supplement');
  if (supplied === undefined || desk.slips.findState(supplied.entryId) === 'printed') return undefined;
  const { entryId, atMs: keptAtMs } = supplied;
  const { matterId, localNumber, slipCode } = remembered;
  return { entryId, matterId, localNumber, slipCode, keptAtMs, supplements: true };
}

/** Prints the first slip of what was just kept: its job was kept with it, so nothing more need be written. */
function withSlip(visit: Visit, subject: SlipSubject, desk: Desk): Visit {
  printSlipOf(subject, visit, desk);
  return withSlipOf(visit, subject);
}

function withSlipOf(visit: Visit, subject: SlipSubject): Visit {
  return { ...visit, slipsOf: [...visit.slipsOf, subject.entryId] };
}

/** What was wished for beside this cannot be filed any more: said, and the rest can be handed in. */
function refuseLost(visit: Visit, filling: Filling, matterId: string, desk: Desk): Step {
  const words = bundleLost(listedName(matterId, desk).name);
  const rest = withChoice(filling, matterId, null);
  return refuseAtCheck(visit, rest, 'matter-not-available', { words, questionId: null });
}

function refuseAtCheck(
  visit: Visit,
  filling: Filling,
  code: Refusal['code'],
  more: { readonly words: Text | null; readonly questionId: string | null } = {
    words: null,
    questionId: null,
  },
): Step {
  const refused = refusal(code, more.words ?? undefined, more.questionId ?? undefined);
  const shown = { ...filling, problem: { code, words: refused.words } };
  return { visit: { ...visit, filling: shown }, refusal: refused };
}

/** What filing needs of this visit. */
export function filingTools(visit: Visit, desk: Desk): FilingTools {
  return {
    keeper: desk.keeper,
    crypto: desk.crypto,
    nowMs: desk.clock.wallMs(),
    lang: visit.language,
    place: contentPlace(desk.site),
    memory: visit.person?.memory ?? null,
  };
}
