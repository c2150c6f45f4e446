import type { AnswerValue, Question } from '../../../catalog/schema.ts';

/** The question of one type. */
export type QuestionOf<Type extends Question['type']> = Extract<Question, { type: Type }>;

/** What every kind of question is drawn from: itself, its answer so far, and where a new answer goes. */
export interface Asked<Type extends Question['type']> {
  readonly question: QuestionOf<Type>;
  readonly value: AnswerValue | null;
  readonly onChange: (value: AnswerValue | null) => void;
}
