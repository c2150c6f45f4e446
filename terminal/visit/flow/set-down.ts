/** Putting a matter out of hand: it becomes a draft where somebody can find it again. */
import { isFiled } from '../../../catalog/kind-rules.ts';
import type { AnswerValue, Question } from '../../../catalog/schema.ts';
import { findSpoken } from '../../../catalog/spoken.ts';
import type { Desk } from '../desk.ts';
import { encodeDraft, findDraft } from '../draft.ts';
import { noteOffer } from '../rating.ts';
import type { Filling, Visit } from '../visit.ts';
import { wipeFilling } from '../visit.ts';

/**
 * Questions whose answer only names what this visit holds, or is a token of this moment as many codes are: it is in
 * no draft, and is asked for again.
 */
export const HELD_HERE: ReadonlySet<Question['type']> = new Set([
  'person-card',
  'photo',
  'signature',
  'voice',
  'code',
]);

/** What outlasts a visit that ends: its draft, and that it was offered to rate a case. */
export function keepForNextTime(visit: Visit, desk: Desk): void {
  keepDraft(visit);
  noteOffer(visit, desk);
}

/**
 * Writes the matter in hand as the person's draft; nothing where nobody is remembered, nothing is filled in, or no
 * case comes of it.
 */
export function keepDraft(visit: Visit): void {
  const memory = visit.person?.memory;
  if (visit.filling === null || memory == null) return;
  const { matter, basis, ids } = visit.filling;
  const bundle = visit.filling.bundle.flatMap(({ matterId, chosen }) =>
    chosen === null ? [] : [{ matterId, chosen }],
  );
  // A wish to be called is two touches, and never takes the place of what is half filled in.
  // What is asked for of another machine's case is asked anew.
  if (visit.filling.supplement?.isThere) return;
  if (!isFiled(matter) || matter.callBack === true || visit.filling.authority !== null) return;
  const answers = answersForDraft(visit.filling);
  const typed = visit.filling.typing;
  const isHeld = typed !== null && (isHeldHere(visit.filling, typed.questionId) || isSaid(typed.value));
  const typing = isHeld ? null : typed;
  const said = saidIn(visit.filling);
  if (Object.keys(answers).length === 0 && typing === null && said.length === 0) return;
  const { submissionId, caseId } = ids;
  // A full disk loses the draft, never a case; nothing was promised, so nothing is said.
  const { supplement } = visit.filling;
  const draft = {
    matterId: matter.id,
    basis,
    answers,
    typing,
    said,
    submissionId,
    caseId,
    bundle,
    supplement,
  };
  void memory.saveDraft(encodeDraft(draft));
}

/** The visit without the matter in hand, which is offered again as a draft. */
export function setDown(visit: Visit): Visit {
  if (visit.filling === null) return visit;
  keepDraft(visit);
  wipeFilling(visit.filling);
  const inMatter = new Set<string>([
    ...['matter', 'prove-person', 'question', 'bundle', 'bill', 'cash', 'check'],
    ...['consent', 'fetched', 'records', 'print'],
  ]);
  return {
    ...visit,
    filling: null,
    draft: visit.person === null ? null : findDraft(visit.person),
    trail: visit.trail.filter(({ at }) => !inMatter.has(at)),
  };
}

function answersForDraft(filling: Filling): Filling['answers'] {
  // What was fetched belongs to this visit alone: it is fetched again, on another consent.
  const isFetched = (id: string) => Object.hasOwn(filling.sharing.fetched, id);
  return Object.fromEntries(
    Object.entries(filling.answers).filter(
      ([id, value]) => !isHeldHere(filling, id) && !isSaid(value) && !isFetched(id),
    ),
  );
}

function isHeldHere({ matter }: Filling, questionId: string): boolean {
  return matter.questions.some(({ id, type }) => id === questionId && HELD_HERE.has(type));
}

function isSaid(value: AnswerValue): boolean {
  return findSpoken(value) !== undefined;
}

/** Questions for words that were answered aloud, or were about to be. */
function saidIn({ answers, typing }: Filling): string[] {
  const given = Object.entries(answers).filter(([, value]) => isSaid(value));
  const ids = [...given.map(([id]) => id), ...(typing && isSaid(typing.value) ? [typing.questionId] : [])];
  return [...new Set(ids)];
}
