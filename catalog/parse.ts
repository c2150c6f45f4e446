/** From the data of one file to a {@link Matter}, or to what is wrong with it in plain words. */
import type { z } from 'zod';
import { err, ok, type Result } from '../base/result.ts';
import {
  type CertificateTemplate,
  certificateTemplateSchema,
  findTemplateProblems,
} from './certificate-template.ts';
import { type DataSet, dataSetSchema } from './data-set.ts';
import { findLocalDataProblems, type LocalData, localDataSchema } from './local-data.ts';
import { findUnplain } from './plain.ts';
import type { RuleProblem } from './rule-problem.ts';
import { findMisplaced, findRuleProblems } from './rules.ts';
import {
  type Category,
  categorySchema,
  type EmergencyNumber,
  emergencyNumberSchema,
  type Matter,
  matterSchema,
} from './schema.ts';

/** One thing wrong with a file: where in it (`questions[2].when`; empty for the whole file), and what. */
export interface MatterProblem {
  readonly file: string;
  readonly path: string;
  readonly words: string;
}

/** What the matters of one catalog must agree with. */
export interface ParseContext {
  /** The ids of the categories; left out where they are not known, and then not checked. */
  readonly categoryIds?: ReadonlySet<string>;
}

/**
 * Checks one matter: the schema first, then the rules that tie its parts together (`rules.ts`).
 * `fileName` must be the matter's id and `.yaml`. All problems are told at once, never just the first.
 */
export function parseMatter(
  data: unknown,
  fileName: string,
  context: ParseContext = {},
): Result<Matter, readonly MatterProblem[]> {
  const shaped = parseShape(matterSchema, data, fileName);
  if (!shaped.ok) return shaped;
  const problems = findRuleProblems(shaped.value, fileName, context.categoryIds);
  return problems.length > 0 ? err(problems.map((problem) => ({ file: fileName, ...problem }))) : shaped;
}

/** Checks the list of categories: their ids differ. */
export function parseCategories(
  data: unknown,
  fileName: string,
): Result<readonly Category[], readonly MatterProblem[]> {
  const shaped = parseShape(categorySchema.array().min(1).max(24), data, fileName);
  if (!shaped.ok) return shaped;
  const ids = shaped.value.map(({ id }) => id);
  const twice = ids.findIndex((id, index) => ids.indexOf(id) !== index);
  return twice < 0
    ? shaped
    : err([{ file: fileName, path: `[${twice}].id`, words: `${ids[twice]} is there twice` }]);
}

/** Checks the list of emergency numbers. */
export function parseEmergencyNumbers(
  data: unknown,
  fileName: string,
): Result<readonly EmergencyNumber[], readonly MatterProblem[]> {
  return parseShape(emergencyNumberSchema.array().min(1).max(24), data, fileName);
}

/** Checks one data set. `fileName` must be its id and `.yaml`. */
export function parseDataSet(data: unknown, fileName: string): Result<DataSet, readonly MatterProblem[]> {
  return parseNamed(dataSetSchema, data, fileName, ({ fields }) =>
    fields.flatMap(({ id }, index) =>
      fields.findIndex((one) => one.id === id) === index
        ? []
        : [{ path: `fields[${index}].id`, words: `${id} is there twice` }],
    ),
  );
}

/** Checks data that came with the catalog. `fileName` must be their id and `.yaml`. */
export function parseLocalData(data: unknown, fileName: string): Result<LocalData, readonly MatterProblem[]> {
  return parseNamed(localDataSchema, data, fileName, findLocalDataProblems);
}

/** Checks one template of a printed paper. `fileName` must be its id and `.yaml`. */
export function parseTemplate(
  data: unknown,
  fileName: string,
): Result<CertificateTemplate, readonly MatterProblem[]> {
  return parseNamed(certificateTemplateSchema, data, fileName, findTemplateProblems);
}

/** Checks a file that is called as what is in it: its shape, its languages, and the rules of its kind. */
function parseNamed<Schema extends z.ZodType<{ readonly id: string }>>(
  schema: Schema,
  data: unknown,
  file: string,
  rules: (value: z.output<Schema>) => readonly RuleProblem[],
): Result<z.output<Schema>, readonly MatterProblem[]> {
  const shaped = parseShape(schema, data, file);
  if (!shaped.ok) return shaped;
  const { id } = shaped.value;
  const problems = [
    ...(file === `${id}.yaml` ? [] : [{ path: 'id', words: `the file must be ${id}.yaml` }]),
    ...findMisplaced(shaped.value, ''),
    ...rules(shaped.value),
  ];
  return problems.length > 0 ? err(problems.map((one) => ({ file, ...one }))) : shaped;
}

function parseShape<Schema extends z.ZodType>(
  schema: Schema,
  data: unknown,
  file: string,
): Result<z.output<Schema>, readonly MatterProblem[]> {
  const unplain = findUnplain(data);
  if (unplain !== undefined) return err([{ file, path: '', words: unplain }]);
  const parsed = schema.safeParse(data);
  if (parsed.success) return ok(parsed.data);
  return err(
    parsed.error.issues.map((issue) => ({ file, path: pathText(issue.path), words: issue.message })),
  );
}

/** `questions[2].when` from its parts. */
function pathText(parts: readonly PropertyKey[]): string {
  return parts
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}
