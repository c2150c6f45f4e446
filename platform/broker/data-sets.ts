/** Data sets as data: one file each says what may be asked for, from whom it comes, and which fields go on to a terminal. */
import { parse } from 'yaml';
import { z } from 'zod';
import { findDateStartMs } from '../../base/calendar.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { type DataField, dataFieldSchema, type FieldType } from '../../sync/contents.ts';
import { DATA_SET_ID, type Question } from '../../sync/formats/query.ts';

const words = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });

/** A file of `data-sets/`. */
export const dataSetSchema = z.strictObject({
  id: z.string().regex(DATA_SET_ID),
  name: words,
  /** The authority that keeps it. */
  from: words,
  /** The most records one person can have. */
  maxRecords: z.int().min(1).max(200),
  /** What a question may say beside whom it is about: a name, and the form of its value. */
  parameters: z
    .record(
      z.string(),
      z.string().transform((form) => new RegExp(`^(?:${form})$`)),
    )
    .default({}),
  fields: z.array(dataFieldSchema.extend({ id: z.string().regex(/^[a-z][A-Za-z0-9]*$/) })).min(1),
});
/** One data set. */
export type DataSet = z.output<typeof dataSetSchema>;

/** A value of one field, as it goes on to a terminal. */
export type FieldValue = string | number | boolean | null;

/** Text files by name: those of `data-sets/`. */
interface TextFiles {
  readonly names: readonly string[];
  findText(name: string): string | undefined;
}

/** Reads every data set. Throws when one is broken: a platform does not start on half of what may be asked. */
export function readDataSets(files: TextFiles): readonly DataSet[] {
  return files.names
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => {
      const read = dataSetSchema.safeParse(parse(files.findText(name) ?? ''));
      if (!read.success) throw new Error(`broken data set ${name}: ${z.prettifyError(read.error)}`);
      if (`${read.data.id}.yaml` !== name) throw new Error(`the data set of ${name} calls itself otherwise`);
      return read.data;
    });
}

/** A question's parameters by name, when each is one that this data set takes, and stands there once. */
export function takeParameters(
  { parameters }: Pick<DataSet, 'parameters'>,
  given: Question['parameters'],
): Result<Readonly<Record<string, string>>, 'misfit'> {
  const names = new Set(given.map(({ name }) => name));
  const fit = given.every(
    ({ name, value }) => Object.hasOwn(parameters, name) && parameters[name]?.test(value) === true,
  );
  if (!fit || names.size !== given.length) return err('misfit');
  return ok(Object.fromEntries(given.map(({ name, value }) => [name, value])));
}

/**
 * A source's records with the fields of the data set and no other: what nobody agreed to goes no further. `misfit` names
 * the field, never what stood in it.
 */
export function takeRecords(
  { fields, maxRecords }: Pick<DataSet, 'fields' | 'maxRecords'>,
  records: readonly Readonly<Record<string, unknown>>[],
): Result<readonly Record<string, FieldValue>[], { readonly code: 'misfit'; readonly at: string }> {
  if (records.length > maxRecords) return err({ code: 'misfit', at: 'records' });
  const taken: Record<string, FieldValue>[] = [];
  for (const record of records) {
    const misfit = fields.find(({ id, type }) => !fits(type, record[id] ?? null));
    if (misfit) return err({ code: 'misfit', at: misfit.id });
    taken.push(Object.fromEntries(fields.map(({ id }) => [id, (record[id] ?? null) as FieldValue])));
  }
  return ok(taken);
}

/** The fields as an answer carries them. */
export function fieldsOf({ fields }: Pick<DataSet, 'fields'>): DataField[] {
  return fields.map(({ id, label, type }) => ({ id, label: { zh: label.zh, en: label.en }, type }));
}

const isInt = (value: unknown) => Number.isSafeInteger(value);
const isLike = (pattern: RegExp) => (value: unknown) => typeof value === 'string' && pattern.test(value);

const FITS: Readonly<Record<FieldType, (value: unknown) => boolean>> = {
  // One line: no control characters.
  text: isLike(/^[^\p{Cc}]{1,200}$/u),
  date: (value) => typeof value === 'string' && findDateStartMs(value) !== undefined,
  month: isLike(/^\d{4}-(0[1-9]|1[0-2])$/),
  fen: isInt,
  count: (value) => isInt(value) && Number(value) >= 0,
  'yes-no': (value) => typeof value === 'boolean',
  // A source that sends the whole number has sent too much.
  tail: isLike(/^[0-9A-Z]{4}$/),
};

function fits(type: FieldType, value: unknown): boolean {
  return value === null || FITS[type](value);
}
