/** A person's own cases as this terminal remembers them: lines, stages and history. */
import { displayName } from '../../catalog/describe.ts';
import type { Text } from '../../catalog/schema.ts';
import type { Page, SlipState, Stage } from '../api.ts';
import { actsOn, type CaseAct } from '../cases/case-acts.ts';
import type { Progress, RememberedCase } from '../keeper.ts';
import {
  askPart,
  findCrossed,
  findDuplicate,
  findResult,
  mayWithdraw,
  STAGE_OF_DEED,
  stageNow,
} from './after-filing.ts';
import { onOneSlip } from './bundle.ts';
import type { Desk } from './desk.ts';
import type { Person } from './person.ts';
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

/** The page of one case. */
export function casePage(ref: string, remembered: RememberedCase, person: Person, desk: Desk): CasePage {
  const progress = progressOf(remembered, person);
  const acts = actsOn(remembered, person.acts);
  const line = caseLine(ref, remembered, person, desk);
  return {
    kind: 'case',
    line,
    ask: askPart(remembered, person, desk),
    crossed: findCrossed(line.stage, progress, acts),
    result: findResult(remembered, person, desk),
    remedy: findDuplicate(progress)
      ? null
      : (progress.findLast(({ status }) => status === 'refused')?.remedy ?? null),
    duplicateOf: findDuplicate(progress),
    canWithdraw: mayWithdraw(remembered, person, desk),
    localNumber: remembered.localNumber,
    slipCode: remembered.slipCode,
    provinceNumber: progress.findLast((step) => step.provinceNumber !== null)?.provinceNumber ?? null,
    history: historyOf(remembered.keptAtMs, desk.keeper.entryState(remembered.entryId), progress, acts),
    slip: slipOnPage(remembered, person, desk),
    asOfMs: desk.keeper.lastContactMs(),
  };
}

/**
 * How far a case has come, from durable facts: the last progress that came down, else whether a verified
 * receipt holds it. A case stays frozen until it is resumed or has ended, whatever else comes down. An entry the
 * platform refused stays *kept*: it waits here for a person.
 */
export function stageOf(entry: 'kept' | 'delivered' | 'refused', progress: readonly Progress[]): Stage {
  const steps = progress.map(({ status }) => status);
  const sinceFrozen = steps.slice(steps.lastIndexOf('frozen'));
  const isFrozen = sinceFrozen[0] === 'frozen' && !sinceFrozen.some((status) => ENDS_FREEZE.has(status));
  if (isFrozen) return 'frozen';
  const standing =
    steps.findLast((status) => !SAYS_NO_STANDING.has(status)) ??
    steps.find((status) => status === 'registered');
  return standing ?? (hasArrived(entry, progress) ? 'delivered' : 'kept');
}

/**
 * What leaves a case where it stood. The province's number can come late, after the town accepted the case: it is then
 * shown as a number, and takes nothing back.
 */
const SAYS_NO_STANDING: ReadonlySet<Progress['status']> = new Set(['frozen', 'resumed', 'registered']);

/** A case that is refused or withdrawn while it is frozen is over. */
const ENDS_FREEZE: ReadonlySet<Progress['status']> = new Set(['resumed', 'refused', 'withdrawn']);

/** Progress alone shows it too: a receipt can be late. */
function hasArrived(entry: 'kept' | 'delivered' | 'refused', progress: readonly Progress[]): boolean {
  return entry === 'delivered' || progress.length > 0;
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
    const after = deed.did === 'supplement' ? deed.askedMs : atMs;
    const place = steps.findLastIndex((step) => (step.atMs ?? 0) <= after) + 1;
    steps.splice(place, 0, { stage: STAGE_OF_DEED[deed.did], atMs, words: null });
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
