/**
 * What became of a case after it was filed, and what its person can still do: what is asked for, whether it can be taken
 * back, where its result is, and which act was first where two crossed. Derived from what came down and what was kept.
 */
import type { Matter } from '../../catalog/schema.ts';
import type { Page, Stage } from '../api.ts';
import { actsOn, type CaseAct } from '../cases/case-acts.ts';
import type { Progress, RememberedCase } from '../keeper.ts';
import type { Desk } from './desk.ts';
import { type CaseLine, caseLine, casesWithRefs, findCase, stageOf } from './my-cases.ts';
import type { Person } from './person.ts';
import { askedNames, findOpenAsk, findStandingAsk } from './supplement.ts';

type CasePage = Extract<Page, { kind: 'case' }>;

/** How a deed stands among the steps of a case. */
export const STAGE_OF_DEED = {
  supplement: 'answered',
  withdraw: 'withdrawing',
  collect: 'collected',
} as const satisfies Record<CaseAct['deed']['did'], Stage>;

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

/** Kinds of which one case at a time is mostly enough: a second is not refused, but nobody files one unawares. */
const ONCE: ReadonlySet<Matter['kind']> = new Set(['apply', 'book']);

/** The newest case of this matter that is under way, told before another is begun; never of a private matter. */
export function findUnderWay(matter: Matter, person: Person | null, desk: Desk): CaseLine | null {
  if (person === null || matter.private || !ONCE.has(matter.kind)) return null;
  const found = casesWithRefs(person).find(
    ({ remembered }) => remembered.matterId === matter.id && OPEN.has(stageNow(remembered, person, desk)),
  );
  return found === undefined ? null : caseLine(found.ref, found.remembered, person, desk);
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

/** What is asked for, as its page says; null where nothing is. */
export function askPart(remembered: RememberedCase, person: Person, desk: Desk): CasePage['ask'] {
  const open = findOpenAsk(remembered, person);
  if (open === undefined) return null;
  const matter = desk.catalog().matters.find(({ id }) => id === remembered.matterId);
  const { by, note } = open.ask;
  return { items: [...askedNames(open.ask, matter)], by, words: note, canStart: matter !== undefined };
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

/** Whether a case can be taken back: nothing was decided, and nobody took it back yet. */
export function mayWithdraw(remembered: RememberedCase, person: Person, desk: Desk): boolean {
  const matter = desk.catalog().matters.find(({ id }) => id === remembered.matterId);
  // A payment is closed or given back by the county; a "not me" is looked into whatever is said later.
  if (matter === undefined || matter.kind === 'pay') return false;
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
