/** What a person does, at this machine, to a case that they handed in at another: supplies what is asked for, takes it back. */
import { equalBytes } from '../../../base/bytes.ts';
import { findCardMark } from '../../../sync/card-mark.ts';
import { fileDeed, fileSupplement } from '../../cases/file.ts';
import { findWholeStop } from '../../limits/standing.ts';
import type { NamedCase } from '../../queries/cases-there.ts';
import type { Desk } from '../desk.ts';
import { type Person, withCasesAgain } from '../person.ts';
import { provedFirst } from '../proof-events.ts';
import { printSlipOf } from '../slip-of.ts';
import { supplementMatter } from '../supplement.ts';
import { asRemembered, casesThere, findAskThere, findThere, mayWithdrawThere } from '../there.ts';
import { atSpot, type Filling, goTo, type Spot, type Visit, wipeFilling } from '../visit.ts';
import { ASKED_NO_MORE, NOT_TO_BE_WITHDRAWN } from '../words.ts';
import { newFilling, onward } from './fill.ts';
import { judgeSupplement, refuseHere } from './judge-supplement.ts';
import { setDown } from './set-down.ts';
import { on, refuse, type Step } from './step.ts';

/** Begins to supply what was asked for of the case shown. What is left half done is in no draft: it is asked anew. */
export function supplementThere(visit: Visit, ref: string, desk: Desk): Step {
  const here = findHere(visit, ref, desk);
  const open = here && findAskThere(here.named.told, here.person);
  if (here === undefined || open === undefined) return refuse(visit, 'not-here');
  const { caseId, matterId } = here.named.told;
  const whole = desk.catalog().matters.find(({ id }) => id === matterId);
  if (whole === undefined) return refuse(visit, 'unknown-matter');
  const stop = findWholeStop(desk.standing(), desk.site.support);
  if (stop !== undefined) return refuse(visit, 'matter-not-available', stop);
  const matter = supplementMatter(whole, open.ask);
  const supplement = { caseId, askedMs: open.askedMs, isThere: true };
  const filling = { ...newFilling(matter, 'self', desk), supplement };
  const clear = setDown(visit);
  const first = provedFirst(clear, matter, onward({ ...clear, filling }, filling, null, desk));
  return on(goTo({ ...clear, filling }, first));
}

/** Hands it in, with the mark of the card that lies here: the platform takes it for that, and for nothing else. */
export function submitThere(visit: Visit, filling: Filling, desk: Desk): Step {
  const { supplement } = filling;
  const named = supplement && findByCase(visit, supplement.caseId, desk);
  const here = named && findHere(visit, named.ref, desk);
  const cardMark = here && findCardMark(desk.crypto, here.person.card);
  if (!supplement || !here || here.person.memory === null || !cardMark) return refuse(visit, 'not-here');
  const { person } = here;
  const open = findAskThere(here.named.told, person);
  if (open?.askedMs !== supplement.askedMs) {
    wipeFilling(filling);
    return refuse(atCase({ ...visit, filling: null }, here.named, person), 'not-here', ASKED_NO_MORE);
  }
  const checked = judgeSupplement(visit, filling, desk);
  if (!checked.ok) return checked.error;
  const { submissionId } = filling.ids;
  const remembered = asRemembered(here.named.told);
  const what = {
    remembered,
    person: here.person.memory,
    submissionId,
    askedMs: supplement.askedMs,
    cardMark,
  };
  const kept = fileSupplement(checked.value, what, { keeper: desk.keeper, nowMs: desk.clock.wallMs() });
  if (!kept.ok) return refuseHere(visit, filling, refuse(visit, kept.error));
  wipeFilling(filling);
  const there = atCase({ ...visit, filling: null }, here.named, person);
  const { entryId, keptAtMs } = kept.value;
  const { matterId, localNumber, slipCode } = remembered;
  printSlipOf({ entryId, matterId, localNumber, slipCode, keptAtMs, supplements: true }, there, desk);
  return on({ ...there, slipsOf: [...there.slipsOf, entryId] });
}

/** The one question before it is taken back. */
export function openWithdrawalThere(visit: Visit, ref: string, desk: Desk): Step {
  const here = findHere(visit, ref, desk);
  if (here === undefined) return refuse(visit, 'not-here');
  if (!mayWithdrawThere(here.named.told, here.person, desk))
    return refuse(visit, 'not-here', NOT_TO_BE_WITHDRAWN);
  return on(goTo(visit, { at: 'withdraw', ref }));
}

/** Takes it back, with the mark of the card that lies here. */
export function withdrawThere(visit: Visit, ref: string, desk: Desk): Step {
  const here = findHere(visit, ref, desk);
  const cardMark = here && findCardMark(desk.crypto, here.person.card);
  if (!here || here.person.memory === null || cardMark === undefined) return refuse(visit, 'not-here');
  const { named, person } = here;
  if (!mayWithdrawThere(named.told, person, desk))
    return refuse(atCase(visit, named, person), 'not-here', NOT_TO_BE_WITHDRAWN);
  const submissionId = desk.random.bytes(16);
  const what = { remembered: asRemembered(named.told), person: here.person.memory, submissionId, cardMark };
  const kept = fileDeed('withdraw', what, { keeper: desk.keeper, nowMs: desk.clock.wallMs() });
  return kept.ok ? on(atCase(visit, named, person)) : refuse(visit, kept.error);
}

interface Here {
  readonly named: NamedCase;
  readonly person: Person;
}

function findHere({ person }: Visit, ref: string, desk: Desk): Here | undefined {
  if (person?.memory == null) return undefined;
  const named = findThere(person, ref, desk);
  return named && { named, person };
}

function findByCase({ person }: Visit, caseId: Uint8Array, desk: Desk): NamedCase | undefined {
  return person === null
    ? undefined
    : casesThere(person, desk).find(({ told }) => equalBytes(told.caseId, caseId));
}

/** Back on its page, whose person is read again; the pages of what was done there are passed. */
function atCase(visit: Visit, { ref }: NamedCase, before: Person): Visit {
  const spot: Spot = { at: 'case', ref };
  const first = visit.trail.findIndex(({ at }) => at === 'case');
  const trail = first < 0 ? visit.trail.slice(0, 1) : visit.trail.slice(0, first);
  return { ...atSpot({ ...visit, person: withCasesAgain(before) }, spot), trail };
}
