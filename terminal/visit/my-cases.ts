/** A person's own cases as this terminal remembers them: lines, stages and history. */
import { displayName } from '../../catalog/describe.ts';
import type { Text } from '../../catalog/schema.ts';
import type { Page, SlipState } from '../api.ts';
import { actsOn, type CaseAct } from '../cases/case-acts.ts';
import type { Progress, RememberedCase } from '../keeper.ts';
import {
  askPart,
  findCrossed,
  findDuplicate,
  findResult,
  hasArrived,
  mayWithdraw,
  STAGE_OF_DEED,
  stageNow,
} from './after-filing.ts';
import { onOneSlip } from './bundle.ts';
import type { Desk } from './desk.ts';
import { ENTRUST_NAME } from './entrust-words.ts';
import { ENTRUST_MATTER_ID } from './entrusting.ts';
import type { Person } from './person.ts';
import { findPicture, pictureRef } from './result-picture.ts';
import { findOpenAsk } from './supplement.ts';
import { FORMER_MATTER_NAME, NOT_ME_NAME } from './words.ts';

/** Stands as matter in the remembered row of a "not me" report, which belongs to no matter file. */
export const NOT_ME_MATTER_ID = 'not-me';

/** One line of the list of cases. */
export type CaseLine = Extract<Page, { kind: 'my-cases' }>['items'][number];
type CasePage = Extract<Page, { kind: 'case' }>;

/** A person's cases, newest first, each with the name it has in this visit. */
export function casesWithRefs(
  person: Person,
): { readonly ref: string; readonly remembered: RememberedCase }[] {
  return person.cases.map((remembered, index) => ({ ref: `case-${index + 1}`, remembered })).reverse();
}

/** The case of a name of this visit. */
export function findCase(person: Person, ref: string): RememberedCase | undefined {
  return casesWithRefs(person).find((one) => one.ref === ref)?.remembered;
}

/** The cases "not me" speaks of: kept since this card's last use began, and before this visit. */
export function casesOfLastUse(person: Person): readonly RememberedCase[] {
  const { lastUseMs } = person;
  if (lastUseMs === null) return [];
  return person.cases.slice(0, person.casesBefore).filter(({ keptAtMs }) => keptAtMs >= lastUseMs);
}

/** What a case is called in lists and on slips: neutral where its matter is private, or no longer known. */
export function listedName(matterId: string, desk: Desk): { readonly name: Text; readonly private: boolean } {
  if (matterId === ENTRUST_MATTER_ID) return { name: ENTRUST_NAME, private: false };
  if (matterId === NOT_ME_MATTER_ID) return { name: NOT_ME_NAME, private: false };
  const matter = desk.catalog().matters.find(({ id }) => id === matterId);
  // A matter that is gone may have been a private one.
  if (matter === undefined) return { name: FORMER_MATTER_NAME, private: true };
  return { name: displayName(matter, { inLists: true }), private: matter.private };
}

/** The line of a case. */
export function caseLine(ref: string, remembered: RememberedCase, person: Person, desk: Desk): CaseLine {
  const slip = desk.slips.findState(remembered.entryId);
  return {
    ref,
    ...listedName(remembered.matterId, desk),
    keptAtMs: remembered.keptAtMs,
    stage: stageNow(remembered, person, desk),
    slipOwed: isOwed(slip),
  };
}

/** The slip a case stands on, which may be that of the case it was filed with. One that has none yet can be printed. */
function slipOnPage(remembered: RememberedCase, person: Person, desk: Desk): SlipState {
  const { first } = onOneSlip(remembered, person, desk.crypto);
  const supplied = actsOn(remembered, person.acts).findLast(({ deed }) => deed.did === 'supplement');
  const ofSupplement = supplied && desk.slips.findState(supplied.entryId);
  if (ofSupplement && ofSupplement !== 'printed') return ofSupplement;
  return desk.slips.findState(first.entryId) ?? 'not-printed';
}

/** How many of a person's cases still owe a slip. */
export function countSlipsOwed(person: Person, desk: Desk): number {
  return person.cases.filter(({ entryId }) => isOwed(desk.slips.findState(entryId))).length;
}

/** The page of one case; whether a call is promised about it, the visit knows. */
export function casePage(
  ref: string,
  remembered: RememberedCase,
  person: Person,
  desk: Desk,
): Omit<CasePage, 'callBack'> {
  const progress = progressOf(remembered, person);
  const acts = actsOn(remembered, person.acts);
  const line = caseLine(ref, remembered, person, desk);
  const open = findOpenAsk(remembered, person);
  return {
    kind: 'case',
    line,
    place: null,
    ask: open === undefined ? null : askPart(open, remembered.matterId, desk),
    crossed: findCrossed(line.stage, progress, acts),
    result: findResult(remembered, person, desk),
    remedy: findDuplicate(progress)
      ? null
      : (progress.findLast(({ status }) => status === 'refused')?.remedy ?? null),
    duplicateOf: findDuplicate(progress),
    picture: pictureRef(findPicture(progress)),
    canWithdraw: mayWithdraw(remembered, person, desk),
    localNumber: remembered.localNumber,
    slipCode: remembered.slipCode,
    provinceNumber: progress.findLast((step) => step.provinceNumber !== null)?.provinceNumber ?? null,
    history: historyOf(remembered.keptAtMs, desk.keeper.entryState(remembered.entryId), progress, acts),
    slip: slipOnPage(remembered, person, desk),
    asOfMs: desk.keeper.lastContactMs(),
  };
}

/** The page of what is about to be done to a case; nothing where it cannot be done any more. */
export function findDeedPage(
  { at, ref }: { readonly at: 'withdraw' | 'collect'; readonly ref: string },
  person: Person,
  desk: Desk,
): Page | undefined {
  const remembered = findCase(person, ref);
  if (remembered === undefined) return undefined;
  const line = caseLine(ref, remembered, person, desk);
  if (at === 'withdraw') {
    const matter = desk.catalog().matters.find(({ id }) => id === remembered.matterId);
    return { kind: 'withdraw', line, books: matter?.kind === 'book' };
  }
  const result = findResult(remembered, person, desk);
  return result === null ? undefined : { kind: 'collect', line, result };
}

/**
 * Every step a case has come, oldest first; a step nobody knows the time of has none. What the person did stands after
 * what it answers, else by its time, of which two clocks may think differently.
 */
export function historyOf(
  keptAtMs: number | null,
  entry: 'kept' | 'delivered' | 'refused',
  progress: readonly Progress[],
  acts: readonly CaseAct[] = [],
): CasePage['history'] {
  const steps: CasePage['history'][number][] = progress.map(({ status, atMs, words, duplicate }) => ({
    ...{ stage: duplicate === undefined ? status : 'duplicate', atMs, words },
  }));
  for (const { deed, atMs } of acts) {
    const stage = STAGE_OF_DEED[deed.did];
    if (stage === null) continue;
    const after = deed.did === 'supplement' ? deed.askedMs : atMs;
    let place = steps.findLastIndex((step) => (step.atMs ?? 0) <= after) + 1;
    // The province's number may come between an ask and its answer: how the case stands is the answer then.
    while (steps[place]?.stage === 'registered') place += 1;
    steps.splice(place, 0, { stage, atMs, words: null });
  }
  return [
    { stage: 'kept', atMs: keptAtMs, words: null },
    ...(hasArrived(entry, progress) ? [{ stage: 'delivered' as const, atMs: null, words: null }] : []),
    ...steps,
  ];
}

function progressOf(remembered: RememberedCase, person: Person): readonly Progress[] {
  return person.memory?.progressOf(remembered) ?? [];
}

function isOwed(slip: SlipState | null): boolean {
  return slip === 'not-printed' || slip === 'unknown' || slip === 'no-printer';
}
