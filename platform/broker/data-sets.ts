/** What a data set of the catalog lets through: parameters on the way to its source, records on the way back. */
import { err, ok, type Result } from '../../base/result.ts';
import { type FieldValue, fitsField } from '../../catalog/data-field.ts';
import { type DataSet, fitsForm } from '../../catalog/data-set.ts';
import type { DataField } from '../../sync/contents.ts';
import type { Question } from '../../sync/formats/query.ts';

/** A question's parameters by name, when each is one that this data set takes, and stands there once. */
export function takeParameters(
  { parameters }: Pick<DataSet, 'parameters'>,
  given: Question['parameters'],
): Result<Readonly<Record<string, string>>, 'misfit'> {
  const names = new Set(given.map(({ name }) => name));
  const fit = given.every(
    ({ name, value }) => Object.hasOwn(parameters, name) && fitsForm(parameters[name] ?? '', value),
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
    const misfit = fields.find(({ id, type }) => !fitsField(type, record[id] ?? null));
    if (misfit) return err({ code: 'misfit', at: misfit.id });
    taken.push(Object.fromEntries(fields.map(({ id }) => [id, (record[id] ?? null) as FieldValue])));
  }
  return ok(taken);
}

/** The fields as an answer carries them. */
export function fieldsOf({ fields }: Pick<DataSet, 'fields'>): DataField[] {
  return fields.map(({ id, label, type }) => ({ id, label: { zh: label.zh, en: label.en }, type }));
}
