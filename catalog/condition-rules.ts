import { type RuleProblem, when } from './rule-problem.ts';
import type { AnswerValue, Condition, Matter, Question } from './schema.ts';

/**
 * What is wrong with the condition of the question at `index`. It may look only at questions before it, so no
 * question can wait for itself, not even round a circle; and only at answers and bases that can happen.
 */
export function findConditionProblems(
  matter: Matter,
  index: number,
  condition: Condition,
  path: string,
): readonly RuleProblem[] {
  if ('all' in condition) return partProblems(matter, index, condition.all, `${path}.all`);
  if ('any' in condition) return partProblems(matter, index, condition.any, `${path}.any`);
  if ('not' in condition) return findConditionProblems(matter, index, condition.not, `${path}.not`);
  if ('basis' in condition) {
    const known = matter.bases.some(({ basis }) => basis === condition.basis);
    return when(!known, `${path}.basis`, `${condition.basis} is no basis of this matter`);
  }
  const at = matter.questions.findIndex(({ id }) => id === condition.question);
  const question = matter.questions[at];
  if (question === undefined) return when(true, `${path}.question`, `there is no ${condition.question}`);
  const tooLate = at >= index;
  return [
    ...when(tooLate, `${path}.question`, `${question.id} is not asked before it: it would wait for ever`),
    ...when(
      !tooLate && !canBeAnswered(question, condition.is),
      `${path}.is`,
      `${question.id} can have no such answer`,
    ),
  ];
}

function partProblems(
  matter: Matter,
  index: number,
  parts: readonly Condition[],
  path: string,
): readonly RuleProblem[] {
  return parts.flatMap((part, at) => findConditionProblems(matter, index, part, `${path}[${at}]`));
}

/** Whether a condition may wait for this answer. Words and numbers people type are nothing to wait for. */
function canBeAnswered(question: Question, wanted: AnswerValue): boolean {
  switch (question.type) {
    case 'one-of':
      return question.choices.some(({ value }) => value === wanted);
    case 'several-of':
      return [wanted].flat().every((one) => question.choices.some(({ value }) => value === one));
    case 'yes-no':
      return typeof wanted === 'boolean';
    case 'quantity':
      return typeof wanted === 'number' && wanted >= question.min && wanted <= question.max;
    default:
      return false;
  }
}
