/** What a matter in hand asks of the state: what was agreed to, what is due next, and which answers came of it. */
import { findAnswer, visibleQuestions } from '../../catalog/conditions.ts';
import { type SharedAsk, sharedAsks } from '../../catalog/fill-shared.ts';
import { isRead } from '../../catalog/kind-rules.ts';
import type { Basis, Matter } from '../../catalog/schema.ts';
import type { SharedEvidence } from '../cases/content.ts';
import type { Desk } from './desk.ts';
import { findSubjectCard } from './subject.ts';
import type { Filling, Spot, Visit } from './visit.ts';

/** How one ask of a matter was decided. */
export interface SharedFetch {
  readonly dataSet: string;
  /** The fetch at the query desk; null where the person did not agree. */
  readonly fetchId: number | null;
  /** What came was read and the person went on. */
  readonly done: boolean;
}

/** Where an answer that was fetched comes from. */
export interface FetchedFrom {
  readonly dataSet: string;
  readonly consentId: Uint8Array;
}

/** What was fetched for a matter in hand. */
export interface Sharing {
  readonly fetches: readonly SharedFetch[];
  /** Answers that were fetched and stand, by question. */
  readonly fetched: Readonly<Record<string, FetchedFrom>>;
  /** Fetched answers that the person called wrong, by question: they were asked instead. */
  readonly disputed: Readonly<Record<string, FetchedFrom>>;
}

/** Nothing asked for yet. */
export const NOTHING_SHARED: Sharing = { fetches: [], fetched: {}, disputed: {} };

/** The ask of a data set in a matter. */
export function findAsk(matter: Matter, dataSet: string): SharedAsk | undefined {
  return sharedAsks(matter).find((ask) => ask.dataSet === dataSet);
}

/** How the ask of a data set was decided; `undefined` while it was not. */
export function findFetch({ sharing }: Filling, dataSet: string): SharedFetch | undefined {
  return sharing.fetches.find((fetch) => fetch.dataSet === dataSet);
}

/**
 * The page that is due before anything further is asked: a consent that may save questions, or what came of one. None
 * without network, or while it is not known whom the matter is for.
 */
export function findDueSpot(visit: Visit, filling: Filling, desk: Pick<Desk, 'online'>): Spot | undefined {
  for (const ask of filling.matter.shared) {
    const decided = findFetch(filling, ask.dataSet);
    if (decided === undefined && !ask.beside && desk.online() && saves(visit, filling, ask))
      return { at: 'consent', dataSet: ask.dataSet };
    if (decided !== undefined && decided.fetchId !== null && !decided.done)
      return { at: 'fetched', dataSet: ask.dataSet };
  }
  return undefined;
}

/** The ask that is offered on the page of a question, beside other ways to answer it. */
export function findAskBeside(
  visit: Visit,
  filling: Filling,
  questionId: string,
  desk: Pick<Desk, 'online'>,
): SharedAsk | undefined {
  const ask = filling.matter.shared.find(
    ({ beside, fills }) => beside === true && Object.hasOwn(fills, questionId),
  );
  if (ask === undefined || findFetch(filling, ask.dataSet) !== undefined || !desk.online()) return undefined;
  return saves(visit, filling, ask) ? ask : undefined;
}

/**
 * The fields that answer questions of a matter in hand. Whose telephone is asked for is whoever hands it in: what is kept
 * of somebody else is not theirs.
 */
export function fillsOf({ matter, basis }: Filling, { fills }: SharedAsk): SharedAsk['fills'] {
  const isTheirs = (id: string) =>
    basis === 'self' || matter.questions.find((one) => one.id === id)?.type !== 'phone';
  return Object.fromEntries(Object.entries(fills).filter(([id]) => isTheirs(id)));
}

/** Whether there is a question left that it could answer. */
function saves(visit: Visit, filling: Filling, ask: SharedAsk): boolean {
  // The state tells nobody anything by a code alone: a consent rests on a card.
  if (findSubjectCard(visit, filling) === undefined || visit.person?.phone != null) return false;
  const { matter, basis, answers } = filling;
  const fills = fillsOf(filling, ask);
  return visibleQuestions(matter, basis, answers).some(
    ({ id }) => Object.hasOwn(fills, id) && findAnswer(answers, id) === undefined,
  );
}

/** Whether whom it is about can be asked about on this basis: their own card is laid, on which the consent rests. */
export function canBeAsked(matter: Matter, basis: Basis): boolean {
  if (basis === 'self' || sharedAsks(matter).every(({ fills }) => Object.keys(fills).length > 0)) return true;
  const allowed = matter.bases.find((one) => one.basis === basis);
  return allowed?.evidence.some(({ type }) => type === 'subject-card') ?? false;
}

/**
 * Where a matter that leaves no case leads once its questions are answered: to the consent it rests on, or to what is
 * read or printed.
 */
export function readingSpot({ matter, sharing }: Filling): Spot {
  const whole = sharedAsks(matter).find(({ fills }) => Object.keys(fills).length === 0);
  const isDecided = sharing.fetches.some(({ dataSet }) => dataSet === whole?.dataSet);
  if (whole !== undefined && !isDecided) return { at: 'consent', dataSet: whole.dataSet };
  return matter.kind === 'print' ? { at: 'print' } : { at: 'records', page: 0 };
}

/** Whether a matter can be started though it asks nothing: what it says is read, or printed. */
export function hasAnswerToRead(matter: Matter): boolean {
  return (isRead(matter) && typeof matter.source === 'object') || matter.kind === 'print';
}

/** The fetches whose answers a visit still waits for or shows. */
export function fetchesShown({ filling }: Visit): readonly number[] {
  const open = filling?.sharing.fetches.filter(({ done }) => !done) ?? [];
  return open.flatMap(({ fetchId }) => (fetchId === null ? [] : [fetchId]));
}

/** What stands in the case of what was fetched: by consent, the questions it answered and those it answered wrongly. */
export function sharedEvidence({ sharing }: Filling): readonly SharedEvidence[] {
  const { fetched, disputed } = sharing;
  const all = new Map(
    [...Object.values(fetched), ...Object.values(disputed)].map((one) => [one.dataSet, one]),
  );
  const of = (answers: Sharing['fetched'], dataSet: string) =>
    Object.keys(answers).filter((id) => answers[id]?.dataSet === dataSet);
  return [...all.values()].map(({ dataSet, consentId }) => ({
    ...{ dataSet, consentId },
    ...{ questions: of(fetched, dataSet), disputed: of(disputed, dataSet) },
  }));
}
