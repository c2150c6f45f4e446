/** From the data of one file to a {@link Matter}, or to what is wrong with it in plain words. */
import type { z } from 'zod';
import { err, ok, type Result } from '../base/result.ts';
import { findUnplain } from './plain.ts';
import { findRuleProblems } from './rules.ts';
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
