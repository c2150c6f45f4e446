/** Data sets: what the state keeps of people, or tells anyone, that may be asked for. One file each in `data-sets/`. */
import { z } from 'zod';
import { sharedFieldSchema } from './data-field.ts';
import { slug, textSchema } from './words.ts';

/** Names that a question gives its own meaning beside a data set's: `sync/own-questions.ts`, `CERTIFICATES_WANTED`. */
const RESERVED_PARAMETERS: ReadonlySet<string> = new Set(['certificates']);

const parameterName = slug.refine((name) => !RESERVED_PARAMETERS.has(name), 'is a name that is taken');

/** The form of a parameter's value: a regular expression that the whole of it must fit. */
const formSchema = z.string().max(200).refine(isForm, 'is no regular expression');

export const dataSetSchema = z.strictObject({
  id: slug,
  name: textSchema,
  /** The authority that keeps it. */
  from: textSchema,
  /** Of a person, who must agree to each fetch, or open to anyone, about nobody. */
  about: z.enum(['person', 'anyone']).default('person'),
  /** The most records one person, or one question, can have. */
  maxRecords: z.int().min(1).max(200),
  /** What a question may say beside whom it is about: a name, and the form of its value. */
  parameters: z.record(parameterName, formSchema).default({}),
  fields: z.array(sharedFieldSchema).min(1).max(16),
});
/** One data set. */
export type DataSet = z.output<typeof dataSetSchema>;

/** Whether a parameter's value is of the form that its data set wants. */
export function fitsForm(form: string, value: string): boolean {
  return new RegExp(`^(?:${form})$`).test(value);
}

function isForm(form: string): boolean {
  try {
    new RegExp(`^(?:${form})$`);
    return true;
  } catch {
    return false;
  }
}
