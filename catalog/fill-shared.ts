/** Answers that what the state keeps can give: record by record, field by field, and never more than is there. */
import type { FieldValue } from './data-field.ts';
import { findVillageCode } from './places.ts';
import type { AnswerValue, Choice, Matter, Question, SharedFill, Text } from './schema.ts';

/** A record as it came: a value, or null, by field. */
export type SharedRecord = Readonly<Record<string, FieldValue>>;

/** What a matter asks of the state: of which data set, on which words, and which questions it would answer. */
export interface SharedAsk {
  readonly dataSet: string;
  /** What is read aloud and agreed to. */
  readonly consent: Text;
  /** The field that answers each question; empty where what comes is shown or printed. */
  readonly fills: SharedFill['fills'];
  /** Asked on the page of the question it fills, beside the other ways to answer that. */
  readonly beside?: true | undefined;
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

/** Between several that one field names. */
const BETWEEN = /[、,，;；]\s*/;

/**
 * The answer that a record gives to a question, not judged yet. A choice is known by its value or by its words, a
 * village by its code or by the words for it; of several, each must be known.
 */
export function findSharedAnswer(
  question: Question,
  fieldId: string,
  record: SharedRecord,
): AnswerValue | undefined {
  const value = record[fieldId] ?? null;
  if (value === null) return undefined;
  const words = String(value);
  switch (question.type) {
    case 'one-of':
      return findChoice(question.choices, words);
    case 'several-of': {
      const known = words.split(BETWEEN).map((one) => findChoice(question.choices, one));
      return known.every((one) => one !== undefined) ? known : undefined;
    }
    case 'village':
      return findVillageCode(words);
    default:
      return value;
  }
}

function findChoice(choices: readonly Choice[], words: string): string | undefined {
  return choices.find((choice) => choice.value === words || choice.label.zh === words)?.value;
}
