/** Which questions are asked: decided by the basis and the answers given so far, and by nothing else. */
import type { Answers, AnswerValue, Basis, Condition, Matter, Question } from './schema.ts';

/** The answer to `questionId`, or `undefined`; safe against names every object has, such as `constructor`. */
export function findAnswer(answers: Answers, questionId: string): AnswerValue | undefined {
  return Object.hasOwn(answers, questionId) ? answers[questionId] : undefined;
}

/** Whether a condition holds. Of several choices, one that is chosen counts; what is unanswered is not met. */
export function isMet(condition: Condition, basis: Basis, answers: Answers): boolean {
  if ('basis' in condition) return condition.basis === basis;
  if ('all' in condition) return condition.all.every((part) => isMet(part, basis, answers));
  if ('any' in condition) return condition.any.some((part) => isMet(part, basis, answers));
  if ('not' in condition) return !isMet(condition.not, basis, answers);
  return isAnswered(findAnswer(answers, condition.question), condition.is);
}

/**
 * The questions to ask, in order. A question looks at earlier ones only, and at those only while they are
 * asked themselves: an answer left over from a question that is no longer asked opens nothing.
 */
export function visibleQuestions(matter: Matter, basis: Basis, answers: Answers): readonly Question[] {
  const visible: Question[] = [];
  const counted: Record<string, AnswerValue> = {};
  for (const question of matter.questions) {
    if (question.when !== undefined && !isMet(question.when, basis, counted)) continue;
    visible.push(question);
    const answer = findAnswer(answers, question.id);
    if (answer !== undefined) counted[question.id] = answer;
  }
  return visible;
}

/** The answers to questions that are asked, leaving out those a changed answer has hidden. */
export function answersInView(matter: Matter, basis: Basis, answers: Answers): Answers {
  const inView = visibleQuestions(matter, basis, answers).flatMap(({ id }) => {
    const answer = findAnswer(answers, id);
    return answer === undefined ? [] : [[id, answer] as const];
  });
  return Object.fromEntries(inView);
}

function isAnswered(answer: AnswerValue | undefined, wanted: AnswerValue): boolean {
  if (!isChoiceList(answer)) return answer === wanted;
  return isChoiceList(wanted)
    ? wanted.length === answer.length && wanted.every((value) => answer.includes(value))
    : typeof wanted === 'string' && answer.includes(wanted);
}

function isChoiceList(value: AnswerValue | undefined): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
