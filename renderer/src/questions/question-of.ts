import type { AnswerParts, AnswerValue, Question } from '../../../catalog/schema.ts';

/** The question of one type. */
export type QuestionOf<Type extends Question['type']> = Extract<Question, { type: Type }>;

/** What every kind of question is drawn from: itself, its answer so far, and where a new answer goes. */
export interface Asked<Type extends Question['type']> {
  readonly question: QuestionOf<Type>;
  readonly value: AnswerValue | null;
  readonly onChange: (value: AnswerValue | null) => void;
}

/** The types that have pages of their own: what is taken leads on, or one answer takes several pages. */
const OWN_PAGES = [
  'photo',
  'signature',
  'voice',
  'address',
  'bank-account',
  'members',
  'slot',
] as const satisfies readonly Question['type'][];

/** A question with a page of its own. */
export type PageQuestion = QuestionOf<(typeof OWN_PAGES)[number]>;

/** A question that is answered on one page. */
export type PlainQuestion = Exclude<Question, PageQuestion>;

/** Whether a question is answered on one page. */
export function isPlain(question: Question): question is PlainQuestion {
  return !OWN_PAGES.some((type) => type === question.type);
}

/** The types of which one touch is the whole answer. */
const AT_ONCE = ['one-of', 'yes-no', 'village', 'declaration'] as const satisfies readonly Question['type'][];

/** Whether the touch that answers a question leads on by itself. */
export function isAtOnce({ type }: Question): boolean {
  return AT_ONCE.some((one) => one === type);
}

/** The parts of an answer that has such; none where it has none yet. */
export function partsOf(value: AnswerValue | null): AnswerParts {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

/** A part that is words; empty where there is none. */
export function wordsAt(parts: AnswerParts, name: string): string {
  const part = parts[name];
  return typeof part === 'string' ? part : '';
}
