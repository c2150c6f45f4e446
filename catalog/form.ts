/** Whether a whole form is right: nothing unknown, nothing hidden, nothing missing, and the person may. */
import { err, ok, type Result } from '../base/result.ts';
import { type AnswerContext, type AnswerProblemCode, checkAnswer } from './answers.ts';
import { findAnswer, visibleQuestions } from './conditions.ts';
import { findIneligibility, type KnownDay, type ShownCard } from './eligibility.ts';
import { birthOfIdNumber } from './id-number.ts';
import type { Answers, AnswerValue, Basis, Matter, Question, Text } from './schema.ts';

/** Why a form is refused; in the order in which they are looked for. */
export type FormProblemCode =
  | 'basis-not-allowed'
  | 'unknown-question'
  | 'evidence-missing'
  | 'incomplete'
  | 'bad-answer'
  | 'not-eligible';

/** What is wrong with a form, the question it is about (null for the whole), and words for the person. */
export interface FormProblem {
  readonly code: FormProblemCode;
  readonly questionId: string | null;
  readonly words: Text;
  /** For `bad-answer`, what is wrong with it. */
  readonly answer: AnswerProblemCode | null;
}

/** What a form is judged against. */
export interface FormContext extends AnswerContext {
  /** Birth of whoever submits, ISO; null when no card was laid or it told none. */
  readonly submitterBirth: string | null;
  /** The card of whoever submits, for rules about home and kind of card; none when none was laid. */
  readonly submitterCard?: ShownCard | null;
  /** What is sure of today, for age limits; `todayIso` is the best guess, for dates to choose from. */
  readonly day: KnownDay;
}

/**
 * The answers in their settled form, or the first thing that is wrong. An answer to a question that the
 * matter does not ask, or does not ask on these answers, is refused: {@link answersInView} leaves out what a
 * changed answer has hidden.
 */
export function checkAnswers(
  matter: Matter,
  basis: Basis,
  answers: Readonly<Record<string, unknown>>,
  context: FormContext,
): Result<Answers, FormProblem> {
  if (!matter.bases.some((allowed) => allowed.basis === basis))
    return refuse('basis-not-allowed', null, WORDS.basis);

  const settled = settleAnswers(matter, answers, context);
  if (!settled.ok) return settled;
  const asked = visibleQuestions(matter, basis, settled.value);
  const hidden = Object.keys(settled.value).find((id) => !asked.some((question) => question.id === id));
  if (hidden !== undefined) return refuse('unknown-question', hidden, WORDS.unknown);

  const missing = findMissing(matter, basis, asked, settled.value);
  if (missing !== undefined) return err(missing);
  const birth = findSubjectBirth(matter, basis, settled.value, context);
  const ineligible = findIneligibility(matter, { birth, card: context.submitterCard }, context.day);
  return ineligible === undefined ? settled : refuse('not-eligible', null, ineligible);
}

/** The `readId` of the subject's own card where the basis asks for it, or `undefined`. */
export function findSubjectReadId(matter: Matter, basis: Basis, answers: Answers): string | undefined {
  const questionId = findEvidenceQuestion(matter, basis, 'subject-card');
  const readId = questionId === undefined ? undefined : findAnswer(answers, questionId);
  return typeof readId === 'string' ? readId : undefined;
}

/** Somebody without a card to lay, by the number that was typed for them and the name asked beside it. */
export interface TypedSubject {
  readonly name: string;
  readonly number: string;
  /** ISO, as the number tells it. */
  readonly birth: string;
}

/** The subject whose number stands as evidence on this basis, once name and number were answered. */
export function findTypedSubject(matter: Matter, basis: Basis, answers: Answers): TypedSubject | undefined {
  const questionId = findEvidenceQuestion(matter, basis, 'number');
  const number = questionId === undefined ? undefined : findAnswer(answers, questionId);
  const asked = findNameBeside(visibleQuestions(matter, basis, answers), questionId);
  const name = asked && findAnswer(answers, asked.id);
  if (typeof number !== 'string' || typeof name !== 'string') return undefined;
  return { name, number, birth: birthOfIdNumber(number) };
}

function findEvidenceQuestion(matter: Matter, basis: Basis, wanted: string): string | undefined {
  const allowed = matter.bases.find((other) => other.basis === basis);
  return allowed?.evidence.find(({ type }) => type === wanted)?.question;
}

/** The question for a name that stands nearest to another, the one before it first. */
function findNameBeside(asked: readonly Question[], questionId: string | undefined): Question | undefined {
  const at = asked.findIndex(({ id }) => id === questionId);
  const names = asked.flatMap((question, index) =>
    question.type === 'name' ? [{ question, away: Math.abs(index - at) }] : [],
  );
  return at < 0 ? undefined : names.sort((a, b) => a.away - b.away)[0]?.question;
}

const WORDS = {
  basis: {
    zh: '这件事不能这样办，请找代办员',
    en: 'It cannot be done this way. Please ask the village agent',
  },
  unknown: { zh: '请从头再填一次', en: 'Please start again' },
} as const satisfies Record<string, Text>;

function refuse(
  code: FormProblemCode,
  questionId: string | null,
  words: Text,
): { ok: false; error: FormProblem } {
  return err({ code, questionId, words, answer: null });
}

/** Every answer settled, whether it is asked or not; refuses what no question of the matter takes. */
function settleAnswers(
  matter: Matter,
  answers: Readonly<Record<string, unknown>>,
  context: AnswerContext,
): Result<Answers, FormProblem> {
  const settled = new Map<string, AnswerValue>();
  for (const [id, value] of Object.entries(answers)) {
    const question = matter.questions.find((other) => other.id === id);
    if (question === undefined) return refuse('unknown-question', id, WORDS.unknown);
    const checked = checkAnswer(question, value, context);
    if (!checked.ok)
      return err({
        code: 'bad-answer',
        questionId: id,
        words: checked.error.words,
        answer: checked.error.code,
      });
    settled.set(id, checked.value);
  }
  return ok(Object.fromEntries(settled));
}

/** The first question that must be answered and is not; evidence is named as such. */
function findMissing(
  matter: Matter,
  basis: Basis,
  asked: readonly Question[],
  answers: Answers,
): FormProblem | undefined {
  const evidence = matter.bases.find((allowed) => allowed.basis === basis)?.evidence ?? [];
  const isMissing = (id: string) => findAnswer(answers, id) === undefined;
  const unproven = evidence.find(({ question }) => isMissing(question));
  const unanswered = asked.find(({ id, optional }) => !optional && isMissing(id));
  const questionId = unproven?.question ?? unanswered?.id;
  if (questionId === undefined) return undefined;
  const question = matter.questions.find(({ id }) => id === questionId);
  return {
    code: unproven ? 'evidence-missing' : 'incomplete',
    questionId,
    words: question
      ? { zh: `还缺：${question.label.zh}`, en: `Still missing: ${question.label.en}` }
      : WORDS.unknown,
    answer: null,
  };
}

/** Birth of the person the case concerns: from their own card where one was laid, else from the number typed for them. */
function findSubjectBirth(
  matter: Matter,
  basis: Basis,
  answers: Answers,
  context: FormContext,
): string | null {
  // Of whoever entrusted an agent it is said as of one who submits.
  if (basis === 'self' || basis === 'agent') return context.submitterBirth;
  const readId = findSubjectReadId(matter, basis, answers);
  const laid = readId === undefined ? undefined : context.knownCards.get(readId)?.birth;
  return laid ?? findTypedSubject(matter, basis, answers)?.birth ?? null;
}
