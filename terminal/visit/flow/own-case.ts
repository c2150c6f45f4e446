/** What a person does to a case of theirs: supplies what was asked for, takes it back, has its result. */
import { equalBytes } from '../../../base/bytes.ts';
import { checkCase } from '../../cases/check.ts';
import { fileDeed, fileSupplement } from '../../cases/file.ts';
import type { RememberedCase } from '../../keeper.ts';
import { findWholeStop } from '../../limits/standing.ts';
import { isThere } from '../../queries/cases-there.ts';
import { findResult, mayWithdraw } from '../after-filing.ts';
import type { Desk } from '../desk.ts';
import { casesWithRefs, findCase } from '../my-cases.ts';
import { type Person, withCasesAgain } from '../person.ts';
import { provedFirst } from '../proof-events.ts';
import { printSlipOf } from '../slip-of.ts';
import { findOpenAsk, signatureMatter, supplementMatter } from '../supplement.ts';
import { atSpot, type Filling, goTo, type Spot, type Visit, wipeFilling } from '../visit.ts';
import { ASKED_NO_MORE, NOT_TO_BE_WITHDRAWN } from '../words.ts';
import { newFilling, onward, resumeDraft, wishOf } from './fill.ts';
import { judgeSupplement, refuseHere } from './judge-supplement.ts';
import { setDown } from './set-down.ts';
import { type Handler, on, refuse, type Step } from './step.ts';
import { openWithdrawalThere, submitThere, supplementThere, withdrawThere } from './there.ts';

/** Begins to supply what was asked for; a draft of it goes on where it stood. */
export const supplement: Handler<'supplement'> = (visit, _action, desk) => {
  if (visit.spot.at === 'case' && isThere(visit.spot.ref))
    return supplementThere(visit, visit.spot.ref, desk);
  const here = findHere(visit, 'case');
  const open = here && findOpenAsk(here.remembered, here.person);
  if (here === undefined || open === undefined) return refuse(visit, 'not-here');
  const whole = desk.catalog().matters.find(({ id }) => id === here.remembered.matterId);
  if (whole === undefined) return refuse(visit, 'unknown-matter');
  const stop = findWholeStop(desk.standing(), desk.site.support);
  if (stop !== undefined) return refuse(visit, 'matter-not-available', stop);
  const { caseId } = here.remembered;
  const begun = visit.draft?.supplement;
  if (begun && equalBytes(begun.caseId, caseId) && begun.askedMs === open.askedMs)
    return resumeDraft(visit, { type: 'resume-draft' }, desk);
  const matter = supplementMatter(whole, open.ask);
  const filling = {
    ...newFilling(matter, 'self', desk),
    supplement: { caseId, askedMs: open.askedMs },
  };
  const clear = setDown(visit);
  const first = provedFirst(clear, matter, onward({ ...clear, filling }, filling, null, desk));
  return on(goTo({ ...clear, filling }, first));
};

/** Hands in what was asked for, judged as a case is; what was not asked for is no question of it. */
export function submitSupplement(visit: Visit, filling: Filling, desk: Desk): Step {
  if (filling.supplement?.isThere) return submitThere(visit, filling, desk);
  const { person } = visit;
  const { supplement } = filling;
  const remembered = supplement && person?.cases.find((one) => equalBytes(one.caseId, supplement.caseId));
  if (person?.memory == null || !remembered) return refuse(visit, 'not-here');
  const open = findOpenAsk(remembered, person);
  if (open === undefined || open.askedMs !== supplement.askedMs)
    return askedNoMore(visit, remembered, filling);
  const checked = judgeSupplement(visit, filling, desk);
  if (!checked.ok) return checked.error;
  const { submissionId } = filling.ids;
  const nowMs = desk.clock.wallMs();
  const what = { remembered, person: person.memory, submissionId, askedMs: supplement.askedMs };
  const kept = fileSupplement(checked.value, what, { keeper: desk.keeper, nowMs });
  if (!kept.ok) return refuseHere(visit, filling, refuse(visit, kept.error));

  person.memory.dropDraft();
  wipeFilling(filling);
  const there = atCase({ ...visit, draft: null, filling: null }, remembered, person);
  const { entryId, keptAtMs } = kept.value;
  const { matterId, localNumber, slipCode } = remembered;
  printSlipOf({ entryId, matterId, localNumber, slipCode, keptAtMs, supplements: true }, there, desk);
  return on({ ...there, slipsOf: [...there.slipsOf, entryId] });
}

/** The one question before a case is taken back. */
export const openWithdrawal: Handler<'open-withdrawal'> = (visit, _action, desk) => {
  if (visit.spot.at === 'case' && isThere(visit.spot.ref))
    return openWithdrawalThere(visit, visit.spot.ref, desk);
  const here = findHere(visit, 'case');
  if (here === undefined) return refuse(visit, 'not-here');
  if (!mayWithdraw(here.remembered, here.person, desk)) return refuse(visit, 'not-here', NOT_TO_BE_WITHDRAWN);
  return on(goTo(visit, { at: 'withdraw', ref: here.ref }));
};

export const withdraw: Handler<'withdraw'> = (visit, _action, desk) => {
  if (visit.spot.at === 'withdraw' && isThere(visit.spot.ref))
    return withdrawThere(visit, visit.spot.ref, desk);
  const here = findHere(visit, 'withdraw');
  if (here === undefined) return refuse(visit, 'not-here');
  if (!mayWithdraw(here.remembered, here.person, desk))
    return refuse(atCase(visit, here.remembered, here.person), 'not-here', NOT_TO_BE_WITHDRAWN);
  return deed(visit, here, 'withdraw', desk);
};

/** Before somebody says that they have a result, their card is laid again. */
export const openCollection: Handler<'open-collection'> = (visit, _action, desk) => {
  const here = findHere(visit, 'case');
  const result = here && findResult(here.remembered, here.person, desk);
  if (here === undefined || !result || result.collected) return refuse(visit, 'not-here');
  return on(goTo(visit, { at: 'prove-again', ref: here.ref, next: 'collect' }));
};

export const collect: Handler<'collect'> = (visit, _action, desk) => {
  const here = findHere(visit, 'collect');
  const result = here && findResult(here.remembered, here.person, desk);
  if (here === undefined || !result || result.collected) return refuse(visit, 'not-here');
  const matter = desk.catalog().matters.find(({ id }) => id === here.remembered.matterId);
  // What came out of this machine nobody handed over.
  if (matter === undefined || result.how === 'print') return deed(visit, here, 'collect', desk);
  const { caseId } = here.remembered;
  const filling = { ...newFilling(signatureMatter(matter), 'self', desk), collects: caseId };
  const clear = { ...setDown(visit), filling };
  return on(goTo(clear, onward(clear, filling, null, desk)));
};

/** Keeps that the result was taken, with the signature of whoever took it. */
export function submitCollection(visit: Visit, filling: Filling, of: Uint8Array, desk: Desk): Step {
  const { person } = visit;
  const remembered = person?.cases.find(({ caseId }) => equalBytes(caseId, of));
  const result = person && remembered && findResult(remembered, person, desk);
  if (person?.memory == null || !remembered || !result || result.collected) return refuse(visit, 'not-here');
  const context = { crypto: desk.crypto, time: desk.time, online: desk.online() };
  const signed = checkCase(wishOf(visit, filling, desk), context);
  if (!signed.ok) {
    const { code, words, questionId } = signed.error;
    return refuseHere(visit, filling, refuse(visit, code, words ?? undefined, questionId ?? undefined));
  }
  const what = { remembered, person: person.memory, submissionId: filling.ids.submissionId };
  const tools = { keeper: desk.keeper, nowMs: desk.clock.wallMs() };
  const kept = fileDeed('collect', { ...what, signed: signed.value }, tools);
  if (!kept.ok) return refuseHere(visit, filling, refuse(visit, kept.error));
  wipeFilling(filling);
  return on(atCase({ ...visit, filling: null }, remembered, person));
}

/** The matter that prints the result of the case shown. */
export const openResult: Handler<'open-result'> = (visit, _action, desk) => {
  const here = findHere(visit, 'case');
  const paper = here && findResult(here.remembered, here.person, desk)?.paper;
  if (!paper) return refuse(visit, 'not-here');
  return on(goTo(setDown(visit), { at: 'matter', matterId: paper.matterId }));
};

interface Here {
  readonly ref: string;
  readonly person: Person;
  readonly remembered: RememberedCase;
}

/** The case of the page shown, where that is such a page and somebody is remembered. */
function findHere({ spot, person }: Visit, at: 'case' | 'withdraw' | 'collect'): Here | undefined {
  if (person?.memory == null || spot.at !== at) return undefined;
  const remembered = findCase(person, spot.ref);
  return remembered && { ref: spot.ref, person, remembered };
}

function deed(visit: Visit, { person, remembered }: Here, did: 'withdraw' | 'collect', desk: Desk): Step {
  if (person.memory === null) return refuse(visit, 'not-here');
  const what = { remembered, person: person.memory, submissionId: desk.random.bytes(16) };
  const kept = fileDeed(did, what, { keeper: desk.keeper, nowMs: desk.clock.wallMs() });
  return kept.ok ? on(atCase(visit, remembered, person)) : refuse(visit, kept.error);
}

/** Back on the page of a case, whose person is read again; the pages of what was done there are passed. */
function atCase(visit: Visit, { caseId }: RememberedCase, before: Person): Visit {
  const person = withCasesAgain(before);
  const again = casesWithRefs(person).find(({ remembered }) => equalBytes(remembered.caseId, caseId));
  const spot: Spot = again ? { at: 'case', ref: again.ref } : { at: 'my-cases' };
  const first = visit.trail.findIndex(({ at }) => at === 'case' || at === 'prove-again');
  const trail = first < 0 ? visit.trail.slice(0, 1) : visit.trail.slice(0, first);
  return { ...atSpot({ ...visit, person }, spot), trail };
}

function askedNoMore(visit: Visit, remembered: RememberedCase, filling: Filling): Step {
  visit.person?.memory?.dropDraft();
  wipeFilling(filling);
  const clear = { ...visit, draft: null, filling: null };
  const there = visit.person === null ? clear : atCase(clear, remembered, visit.person);
  return refuse(there, 'not-here', ASKED_NO_MORE);
}
