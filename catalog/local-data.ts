/** Data that comes with the catalog and so is there without network: timetables, addresses. One file each in `local-data/`. */
import { z } from 'zod';
import { findDateStartMs } from '../base/calendar.ts';
import { type FieldValue, fieldIdSchema, fitsField, localFieldSchema } from './data-field.ts';
import type { Answers, Question } from './question-schema.ts';
import { problem, type RuleProblem, when } from './rule-problem.ts';
import { slug, type Text, textSchema } from './words.ts';

/** A value in a row: that of its field's type, or for text that people read a pair of both languages. */
const localValueSchema = z.union([textSchema, z.string(), z.int(), z.boolean(), z.null()]);
export type LocalValue = FieldValue | Text;

export const localDataSchema = z.strictObject({
  id: slug,
  name: textSchema,
  /** The day it was right, shown beside it. */
  asOf: z.string().refine((iso) => findDateStartMs(iso) !== undefined, 'is no date'),
  /** Who keeps it. */
  from: textSchema,
  /** Made up until the county has put its own there; 示例 stands beside it. */
  sample: z.boolean(),
  fields: z.array(localFieldSchema).min(1).max(12),
  rows: z.array(z.record(fieldIdSchema, localValueSchema)).min(1).max(200),
  /** Questions of the matter whose answer a row must have in the field of that id. */
  filter: z.array(fieldIdSchema).max(4).default([]),
});
/** Data that came with the catalog. */
export type LocalData = z.output<typeof localDataSchema>;

/** A row, with a value or null for each field. */
export type LocalRow = LocalData['rows'][number];

/** What is wrong within a file that fits the schema: values of another type, fields nobody declared. */
export function findLocalDataProblems({ fields, rows, filter }: LocalData): readonly RuleProblem[] {
  const ids = fields.map(({ id }) => id);
  return [
    ...ids.flatMap((id, index) =>
      when(ids.indexOf(id) !== index, `fields[${index}].id`, `${id} is there twice`),
    ),
    ...filter.flatMap((id, index) => when(!ids.includes(id), `filter[${index}]`, `there is no field ${id}`)),
    ...rows.flatMap((row, index) =>
      Object.entries(row).flatMap(([id, value]) => {
        const field = fields.find((one) => one.id === id);
        const path = `rows[${index}].${id}`;
        if (field === undefined) return [problem(path, 'is no field')];
        const fits = isText(value) ? field.type === 'text' : fitsField(field.type, value);
        return when(!fits, path, `is not of the type ${field.type}`);
      }),
    ),
  ];
}

/** The rows that fit the answers; a question left open leaves every row in. */
export function filterRows(
  { rows, filter }: LocalData,
  questions: readonly Question[],
  answers: Answers,
): readonly LocalRow[] {
  const wanted = filter.flatMap((id) => {
    const question = questions.find((one) => one.id === id);
    const answer = answers[id];
    return question === undefined || answer === undefined ? [] : [{ id, names: namesOf(question, answer) }];
  });
  return rows.filter((row) => wanted.every(({ id, names }) => names.includes(nameOf(row[id]))));
}

/** A choice's value stands in rows as itself or as its words. */
function namesOf(question: Question, answer: Answers[string]): readonly string[] {
  const choices = question.type === 'one-of' ? question.choices : [];
  const chosen = choices.find(({ value }) => value === answer);
  return [String(answer), ...(chosen ? [chosen.label.zh] : [])];
}

function nameOf(value: LocalValue | undefined): string {
  return isText(value) ? value.zh : String(value ?? '');
}

/** The words of the choice that stands in a row by its value, where the question of that field has such. */
export function findFieldChoice(
  questions: readonly Question[],
  fieldId: string,
  value: LocalValue,
): Text | undefined {
  const question = questions.find(({ id }) => id === fieldId);
  return question?.type === 'one-of'
    ? question.choices.find((choice) => choice.value === value)?.label
    : undefined;
}

/** Whether a value is a pair of both languages. */
export function isText(value: LocalValue | undefined): value is Text {
  return typeof value === 'object' && value !== null;
}

/** The choices of a question that no row has: whoever chose them would find nothing. */
export function unfoundChoices({ rows }: LocalData, question: Question): readonly string[] {
  if (question.type !== 'one-of') return [];
  const there = new Set(rows.map((row) => nameOf(row[question.id])));
  return question.choices
    .filter(({ value, label }) => !there.has(value) && !there.has(label.zh))
    .map(({ value }) => value);
}
