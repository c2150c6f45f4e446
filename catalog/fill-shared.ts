/** Answers that what the state keeps can give: record by record, field by field, and never more than is there. */
import type { FieldValue } from './data-field.ts';
import type { AnswerValue, Matter, Question, SharedFill, Text } from './schema.ts';

/** A record as it came: a value, or null, by field. */
export type SharedRecord = Readonly<Record<string, FieldValue>>;

/** What a matter asks of the state: of which data set, on which words, and which questions it would answer. */
export interface SharedAsk {
  readonly dataSet: string;
  /** What is read aloud and agreed to. */
  readonly consent: Text;
  /** The field that answers each question; empty where what comes is shown or printed. */
  readonly fills: SharedFill['fills'];
}

/** Everything a matter asks of the state about its subject, in order. */
export function sharedAsks({ source, certificate, shared }: Matter): readonly SharedAsk[] {
  const whole = (ask: { readonly dataSet: string; readonly consent: Text }) => ({ ...ask, fills: {} });
  return [
    ...(typeof source === 'object' && 'shared' in source
      ? [whole({ dataSet: source.shared, consent: source.consent })]
      : []),
    ...(certificate?.shared ? [whole(certificate.shared)] : []),
    ...shared,
  ];
}

/** The answer that a record gives to a question, not judged yet. A choice is known by its value or by its words. */
export function findSharedAnswer(
  question: Question,
  fieldId: string,
  record: SharedRecord,
): AnswerValue | undefined {
  const value = record[fieldId] ?? null;
  if (value === null) return undefined;
  if (question.type !== 'one-of') return value;
  const words = String(value);
  return question.choices.find((choice) => choice.value === words || choice.label.zh === words)?.value;
}
