/**
 * What became of a case after it was filed, and what its person can still do: what is asked for, whether it can be taken
 * back, where its result is, and which act was first where two crossed. Derived from what came down and what was kept.
 */
import { isoDate } from '../../base/calendar.ts';
import type { Page, Stage } from '../api.ts';
import { actsOn, type CaseAct } from '../cases/case-acts.ts';
import { earliestMs } from '../cases/sure-time.ts';
import type { Progress, RememberedCase } from '../keeper.ts';
import type { Desk } from './desk.ts';
import type { Person } from './person.ts';
import { askedNames, findOpenAsk, findStandingAsk, type OpenAsk } from './supplement.ts';

type CasePage = Extract<Page, { kind: 'case' }>;

/** How a deed stands among the steps of a case; a rating is no step of it. */
export const STAGE_OF_DEED = {
  supplement: 'answered',
  withdraw: 'withdrawing',
  collect: 'collected',
  rate: null,
} as const satisfies Record<CaseAct['deed']['did'], Stage | null>;

const DECIDED: ReadonlySet<Stage> = new Set(['finished', 'refused', 'withdrawn', 'unpaid', 'refunded']);

/** Stages at which a case may still be taken back. */
const OPEN: ReadonlySet<Stage> = new Set([
  ...(['kept', 'delivered', 'registered', 'accepted', 'supplement', 'supplemented', 'answered'] as const),
  ...(['resumed', 'booked', 'arranging'] as const),
]);

/** How far a case has come, with what its person did and the platform has not said anything of yet. */
export function stageNow(remembered: RememberedCase, person: Person, desk: Desk): Stage {
  const progress = progressOf(remembered, person);
  const stage = stageOf(desk.keeper.entryState(remembered.entryId), progress);
  const acts = actsOn(remembered, person.acts);
  if (stage === 'finished' && has(acts, 'collect')) return 'collected';
  if (stage === 'refused' && findDuplicate(progress) !== null) return 'duplicate';
  if (DECIDED.has(stage) || stage === 'frozen') return stage;
  if (has(acts, 'withdraw')) return 'withdrawing';
  const answer = findAnswerTo(findStandingAsk(progress), acts);
  if (answer === undefined) return stage;
  return desk.keeper.entryState(answer.entryId) === 'delivered' ? 'supplemented' : 'answered';
}

/** The number of the case that goes on, where one was refused for being the same again. */
export function findDuplicate(progress: readonly Progress[]): string | null {
  return progress.findLast(({ duplicate }) => duplicate !== undefined)?.duplicate?.number ?? null;
}

/** How many cases wait for their person: to supply something, or to fetch a result. */
export function countWaiting(
  person: Person,
  desk: Desk,
): { readonly asks: number; readonly results: number } {
  const asks = person.cases.filter((one) => findOpenAsk(one, person) !== undefined).length;
  const results = person.cases.filter((one) => findResult(one, person, desk)?.collected === false).length;
  return { asks, results };
}

/** What is asked for, as the page of its case says. */
export function askPart({ ask }: OpenAsk, matterId: string, desk: Desk): NonNullable<CasePage['ask']> {
  const matter = desk.catalog().matters.find(({ id }) => id === matterId);
  const { by, note } = ask;
  const passed = by !== null && isoDate(earliestMs(desk.time)) > by;
  return {
    items: [...askedNames(ask, matter)],
    by,
    passed,
    words: note,
    canStart: matter !== undefined,
  };
}

/** Whether a case can be taken back: nothing was decided, and nobody took it back yet. */
export function mayWithdraw(remembered: RememberedCase, person: Person, desk: Desk): boolean {
  return canBeTakenBack(remembered.matterId, stageNow(remembered, person, desk), desk);
}

/** Whether a case of this matter can be taken back at this stage. */
export function canBeTakenBack(matterId: string, stage: Stage, desk: Desk): boolean {
  const matter = desk.catalog().matters.find(({ id }) => id === matterId);
  // A payment is closed or given back by the county; a "not me" is looked into whatever is said later.
  return matter !== undefined && matter.kind !== 'pay' && OPEN.has(stage);
}

/** Whether nothing was decided of a case, and nobody took it back. */
export function isUnderWay(remembered: RememberedCase, person: Person, desk: Desk): boolean {
  return OPEN.has(stageNow(remembered, person, desk));
}

/** Where the result of a finished case is; null where there is none to fetch. */
export function findResult(remembered: RememberedCase, person: Person, desk: Desk): CasePage['result'] {
  const progress = progressOf(remembered, person);
  const result = progress.findLast(({ status }) => status === 'finished')?.result;
  if (result === undefined || !STILL_FINISHED.has(stageNow(remembered, person, desk))) return null;
  const { where, matterId } = result;
  const collected = has(actsOn(remembered, person.acts), 'collect');
  if (result.how === 'collect') return { how: 'collect', where, paper: null, collected };
  const matter = desk.catalog().matters.find(({ id }) => id === matterId);
  if (result.how !== 'print' || matter?.certificate === undefined) return null;
  return { how: 'print', where: null, paper: { matterId: matter.id, name: matter.name.short }, collected };
}

const STILL_FINISHED: ReadonlySet<Stage> = new Set(['finished', 'collected']);

/** Which act of the person the decision was faster than; the platform's order says so. */
export function findCrossed(
  stage: Stage,
  progress: readonly Progress[],
  acts: readonly CaseAct[],
): CasePage['crossed'] {
  if (stage !== 'finished' && stage !== 'collected' && stage !== 'refused') return null;
  if (has(acts, 'withdraw')) return 'withdrawal-late';
  const askedAt = progress.findLastIndex(({ status }) => status === 'supplement');
  const wasTaken = progress.slice(askedAt + 1).some(({ status }) => status === 'supplemented');
  return findAnswerTo(progress[askedAt], acts) !== undefined && !wasTaken ? 'supplement-late' : null;
}

function findAnswerTo(asked: Progress | undefined, acts: readonly CaseAct[]): CaseAct | undefined {
  return acts.find(({ deed }) => deed.did === 'supplement' && deed.askedMs === asked?.atMs);
}

function has(acts: readonly CaseAct[], did: CaseAct['deed']['did']): boolean {
  return acts.some(({ deed }) => deed.did === did);
}

function progressOf(remembered: RememberedCase, person: Person): readonly Progress[] {
  return person.memory?.progressOf(remembered) ?? [];
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
export function hasArrived(entry: 'kept' | 'delivered' | 'refused', progress: readonly Progress[]): boolean {
  return entry === 'delivered' || progress.length > 0;
}
