/** Filling in a matter: one question a page, then the check page. */
import { checkAnswer } from '../../../catalog/answers.ts';
import { answersInView, findAnswer, visibleQuestions } from '../../../catalog/conditions.ts';
import { findDeadlineProblem } from '../../../catalog/deadline.ts';
import { findIneligibility } from '../../../catalog/eligibility.ts';
import { findSubjectReadId, findTypedSubject } from '../../../catalog/form.ts';
import { isFiled } from '../../../catalog/kind-rules.ts';
import type { Answers, AnswerValue, Basis, Matter, Question, Text } from '../../../catalog/schema.ts';
import { type CaseWish, formContext } from '../../cases/check.ts';
import { GUARDIAN_WORDS, mayDoAlone } from '../../cases/children.ts';
import { asksForFile, findFileRef } from '../../cases/held-files.ts';
import { makeCaseIds } from '../../cases/ids.ts';
import { earliestMs, knownDay } from '../../cases/sure-time.ts';
import { isAgentAlone } from '../agent-here.ts';
import { bundleOf, bundleOffers, isUndecided } from '../bundle.ts';
import { asDeclared, findLastDeclaration } from '../declaring.ts';
import type { Desk } from '../desk.ts';
import { findValidPerson } from '../person.ts';
import { provedFirst } from '../proof-events.ts';
import {
  canBeAsked,
  findDueSpot,
  hasAnswerToRead,
  NOTHING_SHARED,
  readingSpot,
  sharedEvidence,
} from '../sharing.ts';
import { slotsOffered } from '../slots.ts';
import { findDraftMatter } from '../supplement.ts';
import { availabilityOf, blockedWords, opensByPhone, youngHolder } from '../tiles.ts';
import { type Filling, goTo, type Spot, type Visit } from '../visit.ts';
import { RESIDENT_NEEDED, THEIR_CARD_NEEDED } from '../words.ts';
import { withoutFilesBut } from './attach.ts';
import { HELD_HERE, keepDraft, setDown } from './set-down.ts';
import { type Handler, on, refuse, type Step } from './step.ts';

/** What the terminal knows of a matter in hand, as checks want it. */
export function wishOf(visit: Visit, filling: Filling, desk: Desk): CaseWish {
  const { person, absent, agent } = visit;
  const isFor = filling.authority?.for === 'using' ? absent : null;
  const submitter = findValidPerson(person)?.card ?? isFor?.person.card ?? null;
  return {
    matter: filling.matter,
    basis: filling.basis,
    answers: filling.answers,
    submitter,
    proof: visit.proving.proved,
    phone: person?.phone ?? null,
    cards: filling.cards,
    files: filling.files,
    slots: slotsOffered(filling.matter, desk),
    shared: sharedEvidence(filling),
    authority:
      isFor !== null && agent !== null && filling.authority?.for === 'using'
        ? { authorityId: isFor.authorityId, agentCard: agent.card, whole: filling.authority.whole }
        : null,
  };
}

/** The questions of a matter in hand, as its answers stand. */
export function questionsOf({ matter, basis, answers }: Filling): readonly Question[] {
  return visibleQuestions(matter, basis, answers);
}

/** Those of them that have pages: what was fetched and stands is not asked, and what is declared last is on the check page. */
export function questionsToAsk(filling: Filling): readonly Question[] {
  const last = findLastDeclaration(filling)?.id;
  return questionsOf(filling).filter(({ id }) => id !== last && !Object.hasOwn(filling.sharing.fetched, id));
}

export const start: Handler<'start'> = (visit, { basis }, desk) => {
  const { spot } = visit;
  const matter =
    spot.at === 'matter' ? desk.catalog().matters.find(({ id }) => id === spot.matterId) : undefined;
  if (matter === undefined || (matter.questions.length === 0 && !hasAnswerToRead(matter)))
    return refuse(visit, 'not-here');
  if (!matter.bases.some((allowed) => allowed.basis === basis)) return refuse(visit, 'basis-not-allowed');
  if (opensByPhone(matter, visit.person) && basis !== 'self') return refuse(visit, 'basis-not-allowed');
  if (!canBeAsked(matter, basis)) return refuse(visit, 'basis-not-allowed', THEIR_CARD_NEEDED);
  if (isAgentAlone(visit)) return refuse(visit, 'evidence-missing', RESIDENT_NEEDED);
  const availability = availabilityOf(matter, visit.person, desk);
  if (availability !== 'open')
    return refuse(visit, 'matter-not-available', blockedWords(matter, visit.person, availability, desk));

  const young = youngHolder(visit.person, desk);
  if (young !== null && !mayDoAlone(young, matter, basis))
    return refuse(visit, 'matter-not-available', GUARDIAN_WORDS[young]);

  // Back to the first page and on again: what was filled in for this matter and basis still stands.
  const inHand =
    visit.filling?.matter.id === matter.id && visit.filling.basis === basis ? visit.filling : null;
  const filling = inHand ?? newFilling(matter, basis, desk);
  if (basis === 'self') {
    const ineligible = findIneligibility(
      matter,
      { birth: visit.person?.card.birth ?? null, card: visit.person?.card ?? null },
      knownDay(desk.time),
    );
    if (ineligible !== undefined) return refuse(visit, 'not-eligible', ineligible);
  }
  const clear = inHand === null ? setDown(visit) : visit;
  const first = provedFirst(visit, matter, onward({ ...visit, filling }, filling, null, desk));
  return on(goTo({ ...clear, trail: visit.trail, filling }, first));
};

export const typing: Handler<'typing'> = (visit, { questionId, value }) => {
  // Typing that arrives after the page moved on is nothing to bother anybody with.
  if (visit.filling === null || !isAt(visit.spot, questionId) || !mayBeTyped(visit.filling, questionId))
    return on(visit);
  const typed = value === null ? null : { questionId, value };
  const filling = { ...visit.filling, typing: typed, problem: null };
  return on({ ...visit, codeMoment: 'waiting', filling });
};

export const answer: Handler<'answer'> = (visit, { questionId, value }, desk) => {
  const { filling } = visit;
  if (filling === null) return refuse(visit, 'not-here');
  const question = filling.matter.questions.find(({ id }) => id === questionId);
  if (question === undefined) return refuse(visit, 'unknown-question');
  const isOnCheck = visit.spot.at === 'check' && findLastDeclaration(filling)?.id === questionId;
  if (!isOnCheck && !isAt(visit.spot, questionId)) return refuse(visit, 'stale');

  if (value !== null && !mayBeTyped(filling, questionId)) return refuse(visit, 'bad-answer');
  const given = HELD_HERE.has(question.type) && value === null ? heldRead(filling, questionId) : value;
  const judged = judge(question, given, visit, filling, desk);
  if ('code' in judged) {
    const typed = given === null ? null : { questionId, value: given };
    const shown = { ...filling, typing: typed, problem: { code: judged.code, words: judged.words } };
    return refuse({ ...visit, filling: shown }, judged.refusal, judged.words, questionId);
  }
  // Words written at last take the place of what was said before.
  const ref = findFileRef(question, findAnswer(judged.answers, questionId));
  const kept = withoutFilesBut({ ...filling, answers: judged.answers }, questionId, ref);
  return settle({ ...visit, filling: kept }, questionId, desk);
};

export const change: Handler<'change'> = (visit, { questionId }) => {
  if (visit.filling === null || visit.spot.at !== 'check') return refuse(visit, 'not-here');
  if (!questionsOf(visit.filling).some(({ id }) => id === questionId))
    return refuse(visit, 'unknown-question');
  const filling = { ...visit.filling, problem: null };
  return on(goTo({ ...visit, filling }, { at: 'question', questionId }));
};

export const resumeDraft: Handler<'resume-draft'> = (visit, _action, desk) => {
  const { draft } = visit;
  if (draft === null || (visit.spot.at !== 'home' && visit.spot.at !== 'case'))
    return refuse(visit, 'not-here');
  const matter = findDraftMatter(draft, visit.person, desk);
  if (matter === undefined || !matter.bases.some(({ basis }) => basis === draft.basis)) {
    visit.person?.memory?.dropDraft();
    return refuse({ ...visit, draft: null }, 'unknown-matter');
  }
  const availability = availabilityOf(matter, visit.person, desk);
  if (availability !== 'open')
    return refuse(visit, 'matter-not-available', blockedWords(matter, visit.person, availability, desk));

  const fresh = newFilling(matter, draft.basis, desk);
  const ids = makeCaseIds(desk.random, draft);
  const bundle = bundleOf(matter, ids, desk, draft.bundle);
  const known = { ...fresh, ids, bundle, typing: draft.typing, supplement: draft.supplement };
  const isLost = (id: string) => draft.said.includes(id);
  const answered = { ...known, answers: stillRight(draft.answers, visit, known, desk) };
  const filling = { ...answered, passed: passedIn(answered, isLost) };
  const before: Spot = draft.supplement === null ? { at: 'matter', matterId: matter.id } : visit.spot;
  const next =
    findDueSpot(visit, filling, desk) ?? bundleFirst(visit, filling, resumedSpot(filling, isLost), desk);
  const first = provedFirst(visit, matter, next);
  const trail = draft.supplement === null ? [visit.spot] : visit.trail;
  return on(goTo({ ...visit, draft: null, filling, trail, spot: before }, first));
};

export const dropDraft: Handler<'drop-draft'> = (visit) => {
  if (visit.draft === null || visit.spot.at !== 'home') return refuse(visit, 'not-here');
  visit.person?.memory?.dropDraft();
  return on({ ...visit, draft: null });
};

/** At which question, of 1 and up, a draft would go on. */
export function draftStep(
  visit: Visit,
  desk: Desk,
): { readonly matter: Matter; readonly step: number } | null {
  const { draft } = visit;
  const matter = draft === null ? undefined : findDraftMatter(draft, visit.person, desk);
  if (draft === null || matter === undefined) return null;
  const last = findLastDeclaration({ ...draft, matter })?.id;
  const asked = visibleQuestions(matter, draft.basis, draft.answers).filter(({ id }) => id !== last);
  const open = asked.findIndex(
    (question) => draft.said.includes(question.id) || isLeftOpen(question, draft.answers),
  );
  return { matter, step: (open < 0 ? asked.length - 1 : open) + 1 };
}

/** Nothing filled in yet. */
export function newFilling(matter: Matter, basis: Filling['basis'], desk: Desk): Filling {
  const ids = makeCaseIds(desk.random);
  return {
    matter,
    basis,
    ids,
    answers: {},
    typing: null,
    cards: [],
    files: [],
    problem: null,
    checking: false,
    sharing: NOTHING_SHARED,
    billsAskId: null,
    printing: null,
    bundle: bundleOf(matter, ids, desk),
    passed: new Set(),
    supplement: null,
    authority: null,
    notice: null,
    collects: null,
  };
}

type Judged =
  | { readonly answers: Answers }
  | {
      readonly refusal: 'bad-answer' | 'not-eligible' | 'too-late';
      readonly code: string;
      readonly words: Text;
    };

/** The answers with this one among them, or why it cannot be. */
function judge(
  question: Question,
  value: AnswerValue | null,
  visit: Visit,
  filling: Filling,
  desk: Desk,
): Judged {
  const { matter, basis } = filling;
  const { [question.id]: _before, ...others } = filling.answers;
  if (question.optional && isEmpty(value)) return { answers: answersInView(matter, basis, others) };
  const wish = wishOf(visit, filling, desk);
  // A file answers the question it was made for, and no other.
  const files = wish.files.filter(({ questionId }) => questionId === question.id);
  const checked = checkAnswer(question, value, formContext({ ...wish, files }, desk.time));
  if (!checked.ok) return { refusal: 'bad-answer', ...checked.error };

  const answers = answersInView(matter, basis, { ...filling.answers, [question.id]: checked.value });
  if (matter.deadline?.question === question.id) {
    const late = findDeadlineProblem(matter, answers, {
      nowMs: earliestMs(desk.time),
      online: desk.online(),
    });
    if (late !== undefined) return { refusal: 'too-late', code: late.code, words: late.words };
  }
  const birth = findBirthNamed(checked.value, matter, basis, answers, filling);
  if (birth !== undefined) {
    const card = findValidPerson(visit.person)?.card ?? null;
    const words = findIneligibility(matter, { birth, card }, knownDay(desk.time));
    if (words !== undefined) return { refusal: 'not-eligible', code: 'not-eligible', words };
  }
  return { answers };
}

/** The birth of the one the case concerns, when this answer is what names them; `undefined` when it is not. */
function findBirthNamed(
  answer: AnswerValue,
  matter: Matter,
  basis: Basis,
  answers: Answers,
  { cards }: Filling,
): string | null | undefined {
  if (findSubjectReadId(matter, basis, answers) === answer)
    return cards.find(({ readId }) => readId === answer)?.birth ?? null;
  const typed = findTypedSubject(matter, basis, answers);
  return typed !== undefined && (answer === typed.number || answer === typed.name) ? typed.birth : undefined;
}

/** An answer was taken: it is written to the draft at once, and the next page follows. */
function settle(visit: Visit, questionId: string, desk: Desk): Step {
  if (visit.filling === null) return on(visit);
  // Whoever asks for something else is asked for their consent anew.
  const sharing = isFiled(visit.filling.matter) ? visit.filling.sharing : NOTHING_SHARED;
  const answered = { ...visit.filling, sharing, billsAskId: null };
  const spot = onward(visit, answered, questionId, desk);
  const checking = answered.checking || spot.at === 'check';
  const filling = { ...answered, typing: null, problem: null, checking };
  const next = goTo({ ...visit, filling }, spot);
  keepDraft(next);
  // From the check page "back" leads to the questions in their order, not to it again.
  return on({ ...next, trail: next.trail.filter(({ at }) => at !== 'check') });
}

/** The page after a question, or at the start: what may save questions first; a matter that is read ends with its answer. */
export function onward(visit: Visit, filling: Filling, after: string | null, desk: Desk): Spot {
  const due = findDueSpot(visit, filling, desk);
  if (due !== undefined) return due;
  const spot = nextSpot(filling, after);
  if (spot.at === 'check' && !isFiled(filling.matter)) return readingSpot(filling);
  if (spot.at === 'check' && filling.matter.kind === 'pay') return { at: 'bill' };
  return bundleFirst(visit, filling, spot, desk);
}

/** Before the check page it is asked what else the same answers are to open. */
function bundleFirst(visit: Visit, filling: Filling, spot: Spot, desk: Desk): Spot {
  if (spot.at !== 'check' || filling.bundle.length === 0) return spot;
  const offers = bundleOffers(wishOf(visit, asDeclared(filling), desk), filling, visit.person, desk);
  return isUndecided(offers) ? { at: 'bundle' } : spot;
}

/**
 * The page after a question (or at the start): the next question in order; once everything was seen, the
 * first that is still open, else the check page.
 */
function nextSpot(filling: Filling, after: string | null): Spot {
  const asked = questionsToAsk(filling);
  const open = asked.find((question) => isOpen(question, filling.answers));
  // What was asked last may have been fetched since.
  const all = questionsOf(filling);
  const position = all.findIndex(({ id }) => id === after);
  const isBegun = asked.some(({ id }) => findAnswer(filling.answers, id) !== undefined);
  const isInOrder = !filling.checking && (after === null ? !isBegun : true);
  const isPassed = (question: Question) =>
    filling.passed.has(question.id) && !isLeftOpen(question, filling.answers);
  const inOrder = isInOrder
    ? asked.find((question) => all.indexOf(question) > position && !isPassed(question))
    : undefined;
  const next = inOrder ?? open;
  return next === undefined ? { at: 'check' } : { at: 'question', questionId: next.id };
}

/** Where a draft goes on: files and what was said are in none, so what may be skipped is asked for again too. */
function resumedSpot(filling: Filling, isLost: (id: string) => boolean): Spot {
  const open = questionsToAsk(filling).find(
    (question) => isLost(question.id) || isLeftOpen(question, filling.answers),
  );
  return open === undefined ? { at: 'check' } : { at: 'question', questionId: open.id };
}

/** What was done with in a draft: all up to its last answer, but what is in no draft. */
function passedIn(filling: Filling, isLost: (id: string) => boolean): ReadonlySet<string> {
  const asked = questionsToAsk(filling);
  const last = asked.findLastIndex(({ id }) => findAnswer(filling.answers, id) !== undefined);
  const done = asked.slice(0, last + 1).filter(({ id }) => !isLost(id));
  return new Set(done.map(({ id }) => id));
}

function isLeftOpen(question: Question, answers: Answers): boolean {
  return asksForFile(question) || isOpen(question, answers);
}

function isOpen({ id, optional }: Question, answers: Answers): boolean {
  return !optional && findAnswer(answers, id) === undefined;
}

function isEmpty(value: AnswerValue | null): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function isAt(spot: Spot, questionId: string): boolean {
  return spot.at === 'question' && spot.questionId === questionId;
}

/** Whether the screen may give this answer in words: some codes come from the scanner alone. */
function mayBeTyped({ matter }: Filling, questionId: string): boolean {
  const question = matter.questions.find(({ id }) => id === questionId);
  return question?.type !== 'code' || question.typed;
}

/** The card laid on this page, the code scanned or the file made, which the screen need not name. */
function heldRead(filling: Filling, questionId: string): AnswerValue | null {
  if (filling.typing?.questionId === questionId) return filling.typing.value;
  return findAnswer(filling.answers, questionId) ?? null;
}

/** The answers of a draft that its matter, which may be a newer version, still takes. */
function stillRight(answers: Answers, visit: Visit, filling: Filling, desk: Desk): Answers {
  const context = formContext(wishOf(visit, filling, desk), desk.time);
  const right = filling.matter.questions.flatMap((question) => {
    const given = findAnswer(answers, question.id);
    const checked = given === undefined ? undefined : checkAnswer(question, given, context);
    return checked?.ok ? [[question.id, checked.value] as const] : [];
  });
  return answersInView(filling.matter, filling.basis, Object.fromEntries(right));
}
